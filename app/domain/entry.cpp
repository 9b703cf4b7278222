// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/domain/entry.h"

#include "app/domain/pairing.h"

namespace Waymark {

QString roleName(Role role)
{
    switch (role) {
    case Role::Mentee:
        return QStringLiteral("mentee");
    case Role::Mentor:
        return QStringLiteral("mentor");
    case Role::Peer:
        return QStringLiteral("peer");
    }
    return {};
}

std::optional<Role> roleFromName(QStringView name)
{
    for (const Role role : {Role::Mentee, Role::Mentor, Role::Peer}) {
        if (name == roleName(role))
            return role;
    }
    return std::nullopt;
}

QString pairingStateName(PairingState state)
{
    switch (state) {
    case PairingState::Open:
        return QStringLiteral("open");
    case PairingState::Asked:
        return QStringLiteral("asked");
    case PairingState::Confirmed:
        return QStringLiteral("confirmed");
    case PairingState::Paired:
        return QStringLiteral("paired");
    case PairingState::Used:
        return QStringLiteral("used");
    case PairingState::Expired:
        return QStringLiteral("expired");
    case PairingState::Withdrawn:
        return QStringLiteral("withdrawn");
    }
    return {};
}

} // namespace Waymark
