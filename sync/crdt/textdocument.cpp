// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/crdt/textdocument.h"

#include "sync/crdt/textdiff.h"
#include "sync/crdt/utf8.h"

#include <algorithm>

namespace Waymark {

namespace {

constexpr qint64 kFormat = 1;
/// More than any text: its bound counts what one author knows, and several may reach it at once.
constexpr quint64 kMaxStored = quint64(1) << 26;

QString toString(std::u32string_view text)
{
    // Most texts have no pair, and Qt's own conversion looks at each character for one.
    QString out(qsizetype(text.size()), Qt::Uninitialized);
    QChar* to = out.data();
    for (const char32_t c : text) {
        if (c > 0xffff)
            return QString::fromUcs4(text.data(), qsizetype(text.size()));
        *to++ = QChar(char16_t(c));
    }
    return out;
}

std::u32string toCodePoints(QStringView text)
{
    const QList<uint> points = text.toUcs4();
    return {points.begin(), points.end()};
}

} // namespace

TextDocument::TextDocument() : m_sequence(kMaxTextCharacters), m_characters(1) { }

std::u32string_view TextDocument::characters(
    std::size_t logIndex, quint64 counter, quint64 count) const
{
    const std::u32string_view all = m_characters[logIndex];
    return all.substr(counter - m_sequence.firstCounter(logIndex), count);
}

QString TextDocument::text() const
{
    std::u32string out;
    out.reserve(length());
    m_sequence.visitRuns(std::nullopt, [&](const Sequence::Run& run) {
        if (!run.hidden)
            out += characters(run.logIndex, run.counter, run.length);
        return true;
    });
    return toString(out);
}

QString TextDocument::text(quint64 position, quint64 count) const
{
    std::u32string out;
    if (position < length()) {
        for (const ElementRange& range : m_sequence.visibleRanges(position, count))
            out += characters(m_sequence.logIndex(range.log), range.first, range.count);
    }
    return toString(out);
}

// --- changes from the log

Status TextDocument::checkInto(const TextChange& change, const LogName& author,
    const AuthorPast& past, const ResolveDeletion& resolve,
    std::vector<std::vector<ElementRange>>& resolved) const
{
    const Status unknown{ErrorCode::NotFound, QStringLiteral("character or deletion")};
    SequenceCheck checker(m_sequence, author, past);
    for (const TextStep& step : change.steps) {
        if (const auto* insert = std::get_if<TextInsert>(&step)) {
            const Status status
                = statusOf(checker.insertion(insert->place, insert->first, insert->text.size()));
            if (!status)
                return status;
        } else if (const auto* remove = std::get_if<TextDelete>(&step)) {
            resolved.push_back(remove->ranges);
            normalizeRanges(resolved.back(), author);
            for (const ElementRange& range : resolved.back()) {
                if (!checker.contains(range))
                    return unknown;
            }
        } else if (const auto* undo = std::get_if<TextUndelete>(&step)) {
            auto ranges = resolve ? resolve(undo->deletion) : std::nullopt;
            if (!ranges)
                return unknown;
            normalizeRanges(*ranges, author);
            for (const ElementRange& range : *ranges) {
                if (!m_sequence.contains(range))
                    return unknown;
            }
            resolved.push_back(std::move(*ranges));
        }
    }
    return {};
}

Status TextDocument::check(const TextChange& change, const LogName& author, const AuthorPast& past,
    const ResolveDeletion& resolve) const
{
    std::vector<std::vector<ElementRange>> resolved;
    return checkInto(change, author, past, resolve, resolved);
}

Status TextDocument::apply(const TextChange& change, const LogName& author, const AuthorPast& past,
    const ResolveDeletion& resolve, Effect effect, std::vector<TextEdit>* edits)
{
    std::vector<std::vector<ElementRange>> resolved;
    if (const Status status = checkInto(change, author, past, resolve, resolved); !status)
        return status;

    std::vector<SequenceStep> steps;
    auto* const wanted = edits ? &steps : nullptr;
    auto ranges = resolved.begin();
    for (const TextStep& step : change.steps) {
        if (const auto* insert = std::get_if<TextInsert>(&step)) {
            m_sequence.insertChecked(author, insert->place, insert->first, insert->text.size(),
                effect == Effect::None, wanted);
            const std::size_t index = m_sequence.logIndex(author);
            m_characters.resize(std::max(m_characters.size(), index + 1));
            m_characters[index] += insert->text;
            continue;
        }
        const auto* undo = std::get_if<TextUndelete>(&step);
        const auto& concerned = *ranges++;
        if (effect == Effect::None || (undo && !m_undone.insert(undo->deletion).second))
            continue;
        for (const ElementRange& range : concerned) {
            if (undo)
                m_sequence.unremove(range, wanted);
            else
                m_sequence.remove(range, wanted);
        }
    }
    if (!edits)
        return {};
    EditJoiner joiner(*edits);
    for (const SequenceStep& step : steps) {
        QString shown;
        if (step.shown > 0)
            shown = toString(characters(step.logIndex, step.counter, step.shown));
        joiner.append({step.position, step.removed, std::move(shown)}, step.shown);
    }
    return {};
}

// --- changes made here

Result<TextChange> TextDocument::makeEdit(const TextEdit& edit, const LogName& author) const
{
    return makeEdits({edit}, author);
}

Result<TextChange> TextDocument::makeEdits(
    const std::vector<TextEdit>& edits, const LogName& author) const
{
    TextChange change;
    quint64 counter = m_sequence.nextCounter(author);
    quint64 total = m_sequence.totalLength();
    quint64 end = 0;
    for (const TextEdit& edit : edits) {
        if (edit.position < end || edit.position > length()
            || edit.removed > length() - edit.position)
            return Error{ErrorCode::Usage, QStringLiteral("position beyond the text")};
        end = edit.position + edit.removed;
        if (!edit.inserted.isEmpty()) {
            std::u32string text = toCodePoints(edit.inserted);
            total += text.size();
            if (total > kMaxTextCharacters)
                return Error{ErrorCode::TooLarge, QStringLiteral("characters ever in a text")};
            const Place place = m_sequence.insertPlace(edit.position);
            const quint64 count = text.size();
            change.steps.emplace_back(TextInsert{place, counter, std::move(text)});
            counter += count;
        }
        if (edit.removed > 0) {
            TextDelete step{m_sequence.visibleRanges(edit.position, edit.removed)};
            normalizeRanges(step.ranges, author);
            change.steps.emplace_back(std::move(step));
        }
    }
    return change;
}

Result<TextChange> TextDocument::makeDiff(const QString& newText, const LogName& author) const
{
    return makeEdits(diffTexts(text(), newText), author);
}

// --- quoting

std::optional<TextDocument::Range> TextDocument::range(quint64 position, quint64 count) const
{
    if (count == 0 || position >= length() || count > length() - position)
        return std::nullopt;
    return Range{m_sequence.idAt(position).value(), m_sequence.idAt(position + count - 1).value()};
}

bool TextDocument::stands(const QString& quoted, const Range& range, const AuthorPast& past) const
{
    const auto known = [&](const ElementId& id) {
        return m_sequence.contains(id) && id.counter < past.knownCount(id.log);
    };
    const std::u32string text = toCodePoints(quoted);
    if (text.empty() || text.size() > kMaxQuote || !known(range.first) || !known(range.last)
        || m_sequence.isBefore(range.last, range.first))
        return false;

    // How much of the quote may be found so far: ascending, and one number unless characters were
    // deleted in between. The ends themselves are always in the quote.
    std::vector<std::size_t> found{0};
    quint64 steps = 0;
    bool ended = false;
    const std::size_t lastLog = m_sequence.logIndex(range.last.log);
    const std::size_t firstLog = m_sequence.logIndex(range.first.log);
    bool begun = false;
    m_sequence.visitRuns(range.first, [&](const Sequence::Run& run) {
        const quint64 limit = past.knownCount(m_sequence.logName(run.logIndex));
        for (quint64 i = 0; i < run.length && !ended; ++i) {
            const quint64 counter = run.counter + i;
            const bool isFirst = run.logIndex == firstLog && counter == range.first.counter;
            begun = begun || isFirst;
            if (!begun || counter >= limit)
                continue;
            ended = run.logIndex == lastLog && counter == range.last.counter;
            const char32_t c = characters(run.logIndex, counter, 1).front();
            std::vector<std::size_t> now;
            for (const std::size_t n : found) {
                if (run.hidden && !isFirst && !ended && (now.empty() || now.back() != n))
                    now.push_back(n);
                if (n < text.size() && text[n] == c)
                    now.push_back(n + 1);
            }
            steps += found.size();
            found = std::move(now);
            ended = ended || found.empty() || steps > kMaxQuote * 1'000;
        }
        return !ended;
    });
    return steps <= kMaxQuote * 1'000 && !found.empty() && found.back() == text.size();
}

// --- keeping

Bytes TextDocument::encode() const
{
    const auto logs = m_sequence.storedLogs();
    Cbor::Writer out;
    out.array(4).integer(kFormat).bytes(m_sequence.encode()).array(logs.size());
    for (const std::size_t log : logs)
        out.utf8(log < m_characters.size() ? utf8Of(m_characters[log]) : Bytes());
    out.array(m_undone.size());
    for (const DeletionName& name : m_undone)
        out.array(3).id(name.operation).integer(name.part).integer(name.step);
    return out.take();
}

Result<TextDocument> TextDocument::decode(BytesView bytes)
{
    const Error damaged{ErrorCode::Failed, QStringLiteral("no text document")};
    Cbor::Reader in(bytes);
    in.arrayOf(4);
    (void)in.integer(kFormat, kFormat);
    const BytesView order = in.bytes(bytes.size());
    TextDocument document;
    quint64 total = 0;
    const quint64 logs = in.array(VersionVector::kMaxLogs);
    for (quint64 i = 0; i < logs && in.ok(); ++i) {
        auto text = fromUtf8(in.utf8(bytes.size()));
        if (!text)
            return damaged;
        total += text->size();
        document.m_characters.push_back(std::move(*text));
    }
    const quint64 undone = in.array(quint64(bytes.size()));
    for (quint64 i = 0; i < undone && in.ok(); ++i) {
        in.arrayOf(3);
        DeletionName name;
        name.operation = in.id<Hash>();
        name.part = quint32(in.integer(0, ~quint32(0)));
        name.step = quint32(in.integer(0, ~quint32(0)));
        if (!document.m_undone.empty() && !(*document.m_undone.rbegin() < name))
            return damaged;
        document.m_undone.insert(document.m_undone.end(), name);
    }
    if (!in.finished() || total > kMaxStored)
        return damaged;
    auto sequence = Sequence::decode(order, total, kMaxTextCharacters);
    if (!sequence || sequence->storedLogs().size() + 1 != document.m_characters.size())
        return damaged;
    document.m_sequence = std::move(*sequence);
    for (std::size_t i = 1; i < document.m_characters.size(); ++i) {
        const LogName& log = document.m_sequence.logName(i);
        if (document.m_characters[i].size()
            != document.m_sequence.nextCounter(log) - document.m_sequence.firstCounter(i))
            return damaged;
    }
    return document;
}

} // namespace Waymark
