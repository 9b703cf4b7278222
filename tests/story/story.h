// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/commands/linerunner.h"
#include "app/core/clock.h"

#include <QJsonObject>

#include <functional>
#include <map>
#include <set>

namespace Waymark::Story {

/// The moment that a line of the story was written at, in its writer's own zone.
class StoryClock final : public Clock
{
public:
    [[nodiscard]] qint64 nowMs() const override { return m_nowMs; }
    [[nodiscard]] int offsetMinutes() const override { return m_offset; }
    /// RFC 3339; a clock never goes back.
    void set(const QString& at);

private:
    qint64 m_nowMs = 0;
    int m_offset = 0;
};

/// Who is in the story, and with whom.
struct Cast
{
    QString by; ///< as lines name them
    QString name;
    QString called;
};
struct Pair
{
    QString space; ///< without the @
    QString inviter;
    Role inviterRole;
    QString asker;
    Role askerRole;
    QString title;
};
[[nodiscard]] const QList<Cast>& cast();
[[nodiscard]] const QList<Pair>& pairs();

struct Line
{
    qint64 atMs = 0;
    QString at;
    QString by;
    QString file; ///< whose names it uses: a file that continues another shares its names
    int number = 0;
    bool apart = false;
    QJsonObject object; ///< as `entry apply` takes it, but for names
    QString as;
};
/// The lines for the app up to `until` (milliseconds), in the order of time.
[[nodiscard]] Result<QList<Line>> read(const QString& folder, bool withLater, qint64 until);

/// One writer's vault.
struct Writer
{
    StoryClock* clock = nullptr;
    Ports* ports = nullptr;
};

/// Tells lines in the vaults of their writers.
class Teller
{
public:
    std::map<QString, Writer> writers;
    std::map<QString, SpaceId> spaces;
    /// Brings what these wrote to the reader, and the reader's own to them.
    std::function<void(const std::set<QString>& wrote, const QString& reader)> level;

    /// Brings everybody what was told so far.
    void levelAll();
    /// What went wrong with a line, in words; null where nothing did.
    [[nodiscard]] QString tell(const Line& line);
    [[nodiscard]] int told() const { return m_told; }
    /// The id of what a line made.
    [[nodiscard]] EntryId id(const QString& file, const QString& name) const
    {
        return m_ids.value({file, name});
    }

private:
    [[nodiscard]] QJsonValue named(const QString& file, const QJsonValue& value) const;
    void levelOne(const QString& reader);

    QMap<std::pair<QString, QString>, EntryId> m_ids;
    std::map<QString, std::set<QString>> m_unread; ///< by reader: who wrote since they looked
    bool m_apart = false; ///< the line before was the first of two
    int m_told = 0;
};

} // namespace Waymark::Story
