// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/phrases.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTextBoundaryFinder>
#include <QTimeZone>

namespace Waymark {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Waymark::Phrases)
};

constexpr qint64 kMinuteMs = 60'000;

QString minutesAgo(int n)
{
    return n == 1 ? Words::tr("1 minute ago") : Words::tr("%n minutes ago", nullptr, n);
}

QString daysAgo(int n)
{
    return n == 1 ? Words::tr("1 day ago") : Words::tr("%n days ago", nullptr, n);
}

} // namespace

QDateTime Phrases::local(qint64 ms) const
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::OffsetFromUTC, m_clock.offsetMinutes() * 60);
}

QDate Phrases::today() const
{
    return local(m_clock.nowMs()).date();
}

QString Phrases::timeOfDay(qint64 ms) const
{
    return QLocale().toString(local(ms).time(), QLocale::ShortFormat);
}

QString Phrases::day(const QDate& day) const
{
    const bool sameYear
        = day.year() == today().year() || (day > today() && today().daysTo(day) < 300);
    return QLocale().toString(day, sameYear ? Words::tr("d MMMM") : Words::tr("d MMMM yyyy"));
}

QString Phrases::dayWithName(const QDate& day) const
{
    return QLocale().toString(day, Words::tr("dddd d MMMM"));
}

QString Phrases::moment(qint64 ms) const
{
    if (ms <= 0)
        return {};
    const qint64 age = m_clock.nowMs() - ms;
    const QDate day = local(ms).date();
    const qint64 days = day.daysTo(today());
    if (days == 0 && age < kMinuteMs)
        return Words::tr("just now");
    if (days == 0 && age < 60 * kMinuteMs)
        return minutesAgo(int(age / kMinuteMs));
    if (days == 0)
        return timeOfDay(ms);
    if (days == 1)
        return Words::tr("yesterday, %1").arg(timeOfDay(ms));
    if (days > 1 && days < 7)
        return QLocale().toString(day, QStringLiteral("dddd"));
    return this->day(day);
}

QString Phrases::exactly(qint64 ms) const
{
    if (ms <= 0)
        return {};
    const QDateTime when = local(ms);
    return Words::tr("%1, %2 (%3)")
        .arg(QLocale().toString(when.date(), Words::tr("dddd d MMMM yyyy")), timeOfDay(ms),
            when.timeZoneAbbreviation());
}

QString Phrases::distance(const QDate& day) const
{
    const qint64 days = today().daysTo(day);
    if (days == 0)
        return Words::tr("today");
    if (days == 1)
        return Words::tr("tomorrow");
    if (days < 0)
        return daysAgo(int(-days));
    if (days < 21)
        return Words::tr("in %n days", nullptr, int(days));
    if (days < 120)
        return Words::tr("in %n weeks", nullptr, int((days + 3) / 7));
    return Words::tr("in %n months", nullptr, int((days + 15) / 30));
}

QString Phrases::dueIn(const QDate& day) const
{
    return Words::tr("%1, %2").arg(this->day(day), distance(day));
}

int Phrases::secondsUntil(qint64 ms) const
{
    return int(std::max<qint64>(0, (ms - m_clock.nowMs() + 999) / 1000));
}

QString firstName(const QString& name)
{
    return inSentence(name).section(u' ', 0, 0, QString::SectionSkipEmpty);
}

QString initials(const QString& name)
{
    const QStringList words = inSentence(name).split(u' ', Qt::SkipEmptyParts);
    const auto letter = [](const QString& word) {
        QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, word);
        const qsizetype end = finder.toNextBoundary();
        return end > 0 && end <= 8 ? word.first(end).toUpper() : QString();
    };
    if (words.isEmpty())
        return QStringLiteral("·");
    return words.size() == 1 ? letter(words.first()) : letter(words.first()) + letter(words.last());
}

int tint(const QString& name)
{
    uint sum = 0;
    for (const QChar c : name)
        sum = sum * 31 + c.unicode();
    return int(sum % 5);
}

QString roleWord(const QString& role)
{
    if (role == QLatin1String("mentor"))
        return Words::tr("mentor");
    if (role == QLatin1String("mentee"))
        return Words::tr("mentee");
    return Words::tr("equal");
}

QString statusName(const QString& status)
{
    if (status == QLatin1String("active"))
        return Words::tr("Under way");
    if (status == QLatin1String("paused"))
        return Words::tr("Paused");
    if (status == QLatin1String("done"))
        return Words::tr("Reached");
    if (status == QLatin1String("dropped"))
        return Words::tr("Let go");
    if (status == QLatin1String("proposed"))
        return Words::tr("Suggested");
    return Words::tr("Open");
}

QString toneName(const QString& tone)
{
    if (tone == QLatin1String("celebrating"))
        return Words::tr("Celebrating");
    if (tone == QLatin1String("curious"))
        return Words::tr("Curious");
    if (tone == QLatin1String("concerned"))
        return Words::tr("Concerned");
    if (tone == QLatin1String("challenging"))
        return Words::tr("Challenging");
    return Words::tr("Plain");
}

QString inSentence(const QString& text)
{
    QString out;
    for (const QChar c : text) {
        const char16_t unit = c.unicode();
        const bool steers = (unit >= 0x202a && unit <= 0x202e) || (unit >= 0x2066 && unit <= 0x2069)
            || unit == 0x200e || unit == 0x200f || unit == 0x061c || unit == 0xfeff;
        if (!steers)
            out += c.isSpace() || unit < 0x20 ? QChar(u' ') : c;
    }
    return out.simplified();
}

QString sentence(const Error& error)
{
    switch (error.code) {
    case ErrorCode::Failed:
    case ErrorCode::Usage:
    case ErrorCode::NotFound:
    case ErrorCode::Ambiguous:
        return Words::tr("That did not work. What you wrote is still here; please try again.");
    case ErrorCode::Refused:
        return Words::tr("This can't be changed by you. Nothing was changed.");
    case ErrorCode::TooLarge:
        return Words::tr(
            "This is too long to be kept in one piece. Make it shorter, or begin another.");
    case ErrorCode::Cancelled:
        return Words::tr("Stopped. Nothing was changed.");
    case ErrorCode::DiskFull:
        return Words::tr("The disk is full, so this is not saved yet. Make some room; Waymark then "
                         "goes on by itself.");
    case ErrorCode::DiskReadOnly:
        return Words::tr(
            "The folder of your journal can't be written to, so this is not saved. Allow "
            "writing there and try again.");
    case ErrorCode::DiskFailed:
        return Words::tr(
            "The disk reports a fault, so this is not saved. Copy your journal's folder to "
            "another disk soon.");
    case ErrorCode::VaultMissing:
        return Words::tr("There is no journal in this folder.");
    case ErrorCode::VaultExists:
        return Words::tr("There is a journal in this folder already. It was not touched.");
    case ErrorCode::VaultInUse:
        return Words::tr(
            "This journal is open in another window. Use that one, or close it first.");
    case ErrorCode::VaultLocked:
        return Words::tr("Your journal is locked. Open it with your passphrase.");
    case ErrorCode::VaultWrongPassphrase:
        return Words::tr("That is not the passphrase. Look at each word and try again.");
    case ErrorCode::VaultWrongRecovery:
        return Words::tr("These words belong to another recovery sheet.");
    case ErrorCode::VaultRecoveryForm:
        return Words::tr(
            "These are not the 24 words of a recovery sheet. Compare them with the page.");
    case ErrorCode::VaultHeaderDamaged:
    case ErrorCode::VaultHeaderTampered:
    case ErrorCode::VaultDatabaseDamaged:
        return Words::tr(
            "A file of your journal is damaged. Nothing was changed. Put back a copy of "
            "its folder.");
    case ErrorCode::VaultHeaderMissing:
    case ErrorCode::VaultDatabaseMissing:
        return Words::tr("A file of your journal is missing. Put back a copy of its folder.");
    case ErrorCode::VaultDatabaseSwapped:
        return Words::tr(
            "These files belong to two different journals. Put them back as they were.");
    case ErrorCode::VaultNewer:
        return Words::tr("This journal was written by a newer Waymark. Install that to open it.");
    case ErrorCode::VaultCostRefused:
        return Words::tr(
            "Opening this journal would take more memory than Waymark ever asks for. It "
            "may have been tampered with.");
    case ErrorCode::CipherMissing:
        return Words::tr(
            "This installation can't encrypt, so it opens nothing. Install Waymark again.");
    case ErrorCode::OperationDamaged:
    case ErrorCode::LogStopped:
        return Words::tr("Something arrived that can't be read. What you have is untouched.");
    case ErrorCode::LinkInvalid:
        return Words::tr(
            "There is no whole invitation in this text. Copy the whole message and paste "
            "it again.");
    case ErrorCode::LinkExpired:
        return Words::tr("The last day of this invitation is over. Ask for a new one.");
    case ErrorCode::LinkUsed:
        return Words::tr("This invitation was used already. Ask for a new one.");
    case ErrorCode::PairingRefused:
        return Words::tr("You were not let in. Ask the one who invited you, another way.");
    case ErrorCode::HandshakeFailed:
    case ErrorCode::SessionBroken:
    case ErrorCode::MessageUndecryptable:
    case ErrorCode::MessageMalformed:
        return Words::tr("A message could not be opened. Nothing is lost; it is asked for again.");
    case ErrorCode::RelayUnreachable:
    case ErrorCode::Timeout:
        return Words::tr(
            "The relay doesn't answer. Check its address and your connection, then try "
            "again.");
    case ErrorCode::RelayProtocol:
        return Words::tr(
            "Something answers at this address, but it is no relay. Check the address.");
    case ErrorCode::RelayRefused:
    case ErrorCode::RelayStoreDamaged:
    case ErrorCode::RelayStoreNewer:
    case ErrorCode::RelayStoreInUse:
    case ErrorCode::AddressInUse:
    case ErrorCode::RelayNotAuthorized:
    case ErrorCode::RelayQueueMissing:
        return Words::tr("The relay did not take this. What you wrote is saved here.");
    case ErrorCode::RelayQueueFull:
    case ErrorCode::RelayStorageFull:
        return Words::tr(
            "The relay is full. What you wrote is saved here and goes when there is room.");
    case ErrorCode::RelayTooLarge:
        return Words::tr("This is too large for the relay. It is saved here.");
    case ErrorCode::RelayRateLimited:
        return Words::tr("The relay asks to wait a little. What you wrote is saved here.");
    }
    return {};
}

} // namespace Waymark
