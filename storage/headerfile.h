// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/header.h"

#include <QString>

#include <functional>

namespace Waymark {

/// vault.waymark on disk, and how it is replaced so that a crash at any moment leaves a header
/// that opens the vault. Blocking; whoever writes holds the vault's lock.
class HeaderFile
{
public:
    /// Given a header that was read, says whether it opens the vault.
    using Opens = std::function<Status(const Header&)>;

    explicit HeaderFile(QString folder) : m_folder(std::move(folder)) { }

    /// The header to ask a passphrase for: vault.waymark, or where that is missing or damaged and
    /// a replacing was cut off by a crash, the previous one. VaultHeaderMissing,
    /// VaultHeaderDamaged, VaultNewer.
    [[nodiscard]] Result<Header> read() const;
    /// The previous header, where a crash left one beside a newer header that can be read.
    [[nodiscard]] std::optional<Header> readPrevious() const;

    /// Writes the first header of a new vault. After an error there is none.
    Status create(BytesView content) const;
    /// Puts a new header in the place of the present one. The present one stays as
    /// vault.waymark.previous until the new one was read back and `opens` it; otherwise it comes
    /// back. `afterStep` is called after each change on disk.
    Status replace(
        BytesView content, const Opens& opens, const std::function<void()>& afterStep = {}) const;
    /// Ends a replacing that a crash cut off, once this header opened the vault: it becomes
    /// vault.waymark, and what else is left of the replacing is removed. A damaged vault.waymark
    /// is kept as vault.waymark.damaged.
    Status settle(const Header& opened) const;

private:
    [[nodiscard]] QString path(const char* suffix = "") const;
    [[nodiscard]] Result<Header> readFrom(const QString& path) const;
    Status swapIn(BytesView content, const Opens& opens, const std::function<void()>& step) const;

    QString m_folder;
};

} // namespace Waymark
