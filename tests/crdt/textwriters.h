// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/crdt/textdocument.h"

#include <random>

namespace Waymark {

/// Several writers of one text who send each other encoded changes, some late.
class TextWriters
{
public:
    TextWriters(unsigned seed, std::size_t count) : m_random(seed), m_writers(count), m_sent(count)
    {
        for (Writer& writer : m_writers)
            writer.applied.resize(count);
    }

    static LogName logOf(std::size_t number)
    {
        DeviceId device;
        device.data[0] = static_cast<unsigned char>(number * 151 + 37);
        return LogName(device);
    }
    [[nodiscard]] std::size_t below(std::size_t n) { return m_random() % n; }
    [[nodiscard]] const TextDocument& document(std::size_t w) const
    {
        return m_writers[w].document;
    }
    /// The text as an editor has it that was only ever told edits.
    [[nodiscard]] const QString& shown(std::size_t w) const { return m_writers[w].shown; }
    [[nodiscard]] std::size_t undone() const { return m_undone; }

    /// False where something that must be taken in was not.
    bool step()
    {
        const std::size_t w = below(m_writers.size());
        return below(3) == 0 ? deliver(w, 1 + below(4)) : write(w);
    }
    bool settle()
    {
        bool ok = true;
        for (std::size_t w = 0; w < m_writers.size(); ++w)
            ok = ok && deliver(w, 100'000);
        return ok;
    }

private:
    struct Message
    {
        Bytes bytes;
        std::vector<quint64> past;
        std::vector<quint64> counts; ///< characters of each writer the author knew
        std::size_t part = 0;
        TextDocument::Effect effect = TextDocument::Effect::Full;
    };
    struct Writer
    {
        TextDocument document;
        QString shown;
        std::vector<quint64> applied;
    };

    static Hash hashOf(std::size_t w, std::size_t i)
    {
        Hash hash;
        hash.data[0] = static_cast<unsigned char>(w);
        hash.data[1] = static_cast<unsigned char>(i);
        hash.data[2] = static_cast<unsigned char>(i >> 8);
        return hash;
    }
    QString words()
    {
        static const QStringList kPieces{QStringLiteral("a"), QStringLiteral("word "),
            QStringLiteral("é"), QStringLiteral("\U0001F600"), QStringLiteral("e\u0301"),
            QStringLiteral("\U0001F469\u200D\U0001F680"), QStringLiteral("\n")};
        QString text;
        for (std::size_t i = 0; i <= below(3); ++i)
            text += kPieces[qsizetype(below(std::size_t(kPieces.size())))];
        return text;
    }
    bool write(std::size_t w)
    {
        Writer& writer = m_writers[w];
        const LogName log = logOf(w);
        const std::size_t length = writer.document.length();
        Message message;
        message.past = writer.applied;
        for (std::size_t v = 0; v < m_writers.size(); ++v)
            message.counts.push_back(writer.document.sequence().nextCounter(logOf(v)));
        TextChange change;
        const std::size_t v = below(m_writers.size());
        if (below(6) == 0 && writer.applied[v] > 0) {
            const std::size_t i = below(writer.applied[v]);
            const auto other = decodeTextChange(m_sent[v][i].bytes, logOf(v));
            for (std::size_t step = 0; step < other->steps.size(); ++step) {
                if (std::holds_alternative<TextDelete>(other->steps[step]))
                    change.steps.emplace_back(TextUndelete{{hashOf(v, i), 0, quint32(step)}});
            }
            m_undone += change.steps.size();
        }
        if (change.isEmpty()) {
            const std::size_t at = below(length + 1);
            const std::size_t removed = below(3) == 0 ? below(length - at + 1) % 6 : 0;
            const QString inserted = removed == 0 || below(2) == 0 ? words() : QString();
            auto made = writer.document.makeEdit({at, removed, inserted}, log);
            if (!made)
                return false;
            change = std::move(*made);
        }
        if (below(15) == 0)
            message.effect = TextDocument::Effect::None;
        message.bytes = encode(change, log);
        m_sent[w].push_back(message);
        return apply(writer, w, message);
    }
    bool apply(Writer& writer, std::size_t author, const Message& message)
    {
        const auto change = decodeTextChange(message.bytes, logOf(author));
        if (!change || encode(*change, logOf(author)) != message.bytes)
            return false;
        ++writer.applied[author];
        const AuthorPast past([&](const LogName& log) {
            for (std::size_t v = 0; v < m_writers.size(); ++v) {
                if (log == logOf(v))
                    return message.counts[v];
            }
            return quint64(0);
        });
        const auto resolve
            = [&](const DeletionName& name) -> std::optional<std::vector<ElementRange>> {
            const std::size_t v = name.operation.data[0];
            const std::size_t i = name.operation.data[1] + 256U * name.operation.data[2];
            if (i >= message.past[v])
                return std::nullopt;
            if (m_sent[v][i].effect == TextDocument::Effect::None)
                return std::vector<ElementRange>{};
            const auto other = decodeTextChange(m_sent[v][i].bytes, logOf(v));
            return std::get<TextDelete>(other->steps[name.step]).ranges;
        };
        std::vector<TextEdit> edits;
        const Status status
            = writer.document.apply(*change, logOf(author), past, resolve, message.effect, &edits);
        writer.shown = applyEdits(writer.shown, edits);
        return status.ok();
    }
    bool deliver(std::size_t w, std::size_t count)
    {
        Writer& writer = m_writers[w];
        for (; count > 0; --count) {
            std::vector<std::size_t> ready;
            for (std::size_t v = 0; v < m_sent.size(); ++v) {
                if (writer.applied[v] == m_sent[v].size())
                    continue;
                const auto& past = m_sent[v][writer.applied[v]].past;
                if (std::equal(past.begin(), past.end(), writer.applied.begin(),
                        [](quint64 needed, quint64 has) { return needed <= has; }))
                    ready.push_back(v);
            }
            if (ready.empty())
                return true;
            const std::size_t v = ready[below(ready.size())];
            if (!apply(writer, v, m_sent[v][writer.applied[v]]))
                return false;
        }
        return true;
    }

    std::mt19937 m_random;
    std::vector<Writer> m_writers;
    std::vector<std::vector<Message>> m_sent;
    std::size_t m_undone = 0;
};

} // namespace Waymark
