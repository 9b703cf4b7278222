// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/utterances.h"

#include "ui/viewmodels/desk.h"

#include <QCoreApplication>

namespace Waymark {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Waymark::Utterances)
};

/// "Received · yesterday, 18:05" of one's own; the time alone of another's.
QString stateOf(const Desk& desk, const Utterance& said)
{
    const QString when = desk.phrases().moment(said.atMs);
    if (said.way.resting) {
        const int seconds = desk.phrases().secondsUntil(said.way.goesAtMs);
        if (seconds > 0)
            return Words::tr("Goes in %1 s").arg(seconds);
        return said.way.untilLetIn ? Words::tr("Goes when you are let in · %1").arg(when)
                                   : Words::tr("About to go · %1").arg(when);
    }
    return said.mine ? Words::tr("%1 · %2").arg(deliveryWord(said.way), when) : when;
}

QString iconOf(const Utterance& said)
{
    if (!said.mine)
        return {};
    if (said.way.resting)
        return QStringLiteral("clock");
    switch (said.way.delivery) {
    case Delivery::Private:
    case Delivery::KeptHere:
        return QStringLiteral("clock");
    case Delivery::Sent:
        return QStringLiteral("check");
    case Delivery::Received:
        return QStringLiteral("check-check");
    }
    return {};
}

} // namespace

QString deliveryWord(const Way& way)
{
    if (way.resting)
        return Words::tr("Kept here");
    switch (way.delivery) {
    case Delivery::Private:
    case Delivery::KeptHere:
        return Words::tr("Kept here");
    case Delivery::Sent:
        return Words::tr("Sent");
    case Delivery::Received:
        return Words::tr("Received");
    }
    return {};
}

QString deliverySentence(const Way& way, const QString& partner)
{
    if (way.resting && way.untilLetIn)
        return Words::tr("Saved on this computer. It goes by itself once %1 lets you in.")
            .arg(partner);
    switch (way.delivery) {
    case Delivery::Private:
        return Words::tr("Saved on this computer. Nobody else sees it, or that it exists.");
    case Delivery::KeptHere:
        return Words::tr("Saved on this computer. It goes by itself when the relay answers.");
    case Delivery::Sent:
        return Words::tr("The relay has it. %1 gets it when Waymark is open there.").arg(partner);
    case Delivery::Received:
        return Words::tr("%1's Waymark has it.").arg(partner);
    }
    return {};
}

QList<Rows<Utterance>::Role> utteranceRoles(const Desk& desk)
{
    return {
        {"key", [](const Utterance& said) { return said.id; }},
        {"author",
            [](const Utterance& said) { return said.mine ? Words::tr("You") : said.author; }},
        {"initials", [](const Utterance& said) { return initials(said.author); }},
        {"tint", [](const Utterance& said) { return tint(said.author); }},
        {"mine", [](const Utterance& said) { return said.mine; }},
        {"tone",
            [](const Utterance& said) {
                return said.tone == QLatin1String("plain") ? QString() : said.tone;
            }},
        {"toneText", [](const Utterance& said) { return toneName(said.tone); }},
        {"quote", [](const Utterance& said) { return said.quote; }},
        {"body", [](const Utterance& said) { return said.body; }},
        {"state", [&desk](const Utterance& said) { return stateOf(desk, said); }},
        {"stateIcon", [](const Utterance& said) { return iconOf(said); }},
        {"exactly", [&desk](const Utterance& said) { return desk.phrases().exactly(said.atMs); }},
        {"resting", [](const Utterance& said) { return said.way.resting; }},
        {"acknowledged", [](const Utterance& said) { return said.acknowledged; }},
    };
}

} // namespace Waymark
