// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"
#include "app/core/result.h"

#include <QString>

#include <memory>

namespace Waymark {

/// Holds a vault for this process (flock on vault.lock): let go when destroyed, and by the system
/// when the process ends in whatever way.
class VaultLock
{
public:
    /// VaultInUse, with the file's name, where another holds it, be it in this process.
    [[nodiscard]] static Result<std::unique_ptr<VaultLock>> take(const QString& folder);
    ~VaultLock();
    VaultLock(const VaultLock&) = delete;
    VaultLock& operator=(const VaultLock&) = delete;

    /// From now on the file stays when this is destroyed. Before, it is removed if take() made it,
    /// so that a failed opening leaves nothing behind.
    void keepFile() { m_made = false; }

private:
    VaultLock(QString path, int file, bool made);
    QString m_path;
    int m_file;
    bool m_made;
};

} // namespace Waymark
