// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of Composer that judges a change before anything is made of it.
#include "app/domain/compose_p.h"
#include "app/domain/view.h"

#include <QJsonArray>

namespace Waymark {

namespace {

QString wordOf(const QJsonValue& value)
{
    if (value.isBool())
        return value.toBool() ? QStringLiteral("true") : QStringLiteral("false");
    return value.toString();
}

QString sentenceOf(const Condition& condition)
{
    const QString field = QLatin1String(condition.field);
    const QString subject = condition.word
        ? QStringLiteral("%1=%2").arg(field, QLatin1String(condition.word))
        : field;
    const QString other = condition.otherWord ? QStringLiteral("%1=%2").arg(
                              QLatin1String(condition.other), QLatin1String(condition.otherWord))
                                              : QString(QLatin1String(condition.other));
    switch (condition.needs) {
    case Condition::Needs::With:
        return QStringLiteral("%1: goes with %2 alone").arg(subject, other);
    case Condition::Needs::Without:
        return QStringLiteral("%1: does not go with %2").arg(subject, other);
    case Condition::Needs::InReplyTo:
        return QStringLiteral("%1: answers a message with %2 alone").arg(subject, other);
    }
    return {};
}

} // namespace

Status Composer::checkFields(const Kind& kind, const EntryChange& change) const
{
    const QList<QString> names = change.set.keys() + change.add.keys() + change.remove.keys();
    for (const QString& each : names) {
        const Bytes name = each.toUtf8();
        const auto field = kind.find(name);
        if (!field || !field->isSettable())
            return {ErrorCode::Usage,
                QStringLiteral("%1 has no field %2").arg(QLatin1String(kind.name), each)};
        if (field->privateOnly && !m_states.facts().isPrivate)
            return usage(*field, "only what is not sent yet has it");
        if (change.set.contains(each)
            && (change.add.contains(each) || change.remove.contains(each)))
            return usage(*field, "set it, or add to it and remove from it, not both at once");
    }
    return {};
}

QJsonValue Composer::shownAfter(
    const Kind& kind, EntryState* entry, const EntryChange& change, const char* name) const
{
    const QString key = QLatin1String(name);
    if (change.set.contains(key))
        return change.set.value(key);
    const Bytes bytes(name);
    const auto field = kind.find(bytes);
    const QJsonValue now = entry && field ? fieldOf(m_states, *entry, *field) : QJsonValue();
    if (!field || field->merge == Merge::Register || field->merge == Merge::Text)
        return now;
    QJsonArray elements;
    for (const QJsonValue& each : now.toArray()) {
        if (!change.remove.value(key).contains(each.toString()))
            elements.append(each);
    }
    for (const QString& each : change.add.value(key))
        elements.append(each);
    return elements;
}

Status Composer::checkConditions(
    const Kind& kind, EntryState* entry, const EntryChange& change) const
{
    const auto touched = [&](const char* name) {
        const QString key = QLatin1String(name);
        return change.set.contains(key) || change.add.contains(key) || change.remove.contains(key);
    };
    const auto holds = [](const QJsonValue& value, const char* word) {
        return word ? wordOf(value) == QLatin1String(word) : !isEmptyValue(value);
    };
    for (const Condition& each : kind.conditions) {
        const bool inReplyTo = each.needs == Condition::Needs::InReplyTo;
        const char* other = inReplyTo ? "replyTo" : each.other;
        if (!touched(each.field) && !touched(other))
            continue;
        if (!holds(shownAfter(kind, entry, change, each.field), each.word))
            continue;
        QJsonValue against = shownAfter(kind, entry, change, other);
        if (inReplyTo) {
            const auto id = m_finders.entry(against.toString());
            against = id && m_finders.shown ? m_finders.shown(*id, each.other) : QJsonValue();
        }
        const bool needed = each.needs != Condition::Needs::Without;
        if (holds(against, each.otherWord) == needed)
            continue;
        return {ErrorCode::Usage, sentenceOf(each)};
    }
    return {};
}

} // namespace Waymark
