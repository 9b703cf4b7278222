// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

namespace Waymark {

/// Tells that somebody is at the keyboard or the mouse.
class Activity final : public QObject
{
public:
    Activity(std::function<void()> seen, QObject* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    std::function<void()> m_seen;
};

} // namespace Waymark
