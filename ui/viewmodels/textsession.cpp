// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/textsession.h"

#include "ui/viewmodels/desk.h"
#include "ui/viewmodels/textedits.h"

namespace Waymark {

namespace {

constexpr int kPauseMs = 5000;
constexpr int kLongestMs = 60'000;

} // namespace

TextSession::TextSession(Desk& desk, QString field, QObject* parent)
    : QObject(parent), m_desk(desk), m_field(std::move(field))
{
    connect(
        &desk.ports().journal.notifier(), &ChangeNotifier::textChanged, this, &TextSession::onText);
    desk.enrol(this);
    connect(&desk, &Desk::handingOver, this, &TextSession::handOver);
    connect(&desk, &Desk::closed, this, [this] {
        m_lockedCaret = caret;
        m_locked = std::exchange(m_entry, std::nullopt); // locking has sealed it
        close();
    });
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    m_longest.setSingleShot(true);
    m_longest.setInterval(kLongestMs);
    connect(&m_pause, &QTimer::timeout, this, &TextSession::seal);
    m_again.setSingleShot(true);
    m_again.setInterval(50);
    connect(&m_again, &QTimer::timeout, this, &TextSession::dispatch);
    connect(&m_longest, &QTimer::timeout, this, &TextSession::seal);
}

TextSession::~TextSession()
{
    if (m_entry)
        m_desk.ports().journal.closeText(*m_entry, m_field);
}

void TextSession::open(const EntryId& entry)
{
    if (m_entry == entry)
        return;
    close();
    m_entry = entry;
    if (std::exchange(m_locked, std::nullopt) == entry)
        caret = m_lockedCaret;
    const quint64 round = m_round;
    m_desk.after(
        m_desk.ports().journal.openText(entry, m_field), this, [this, round](const TextView& view) {
            if (round == m_round)
                load(view);
        });
}

void TextSession::openLater(Begin begin)
{
    close();
    m_begin = std::move(begin);
    m_ready = true;
    Q_EMIT loaded();
    Q_EMIT changed();
}

void TextSession::load(const TextView& view)
{
    m_number = view.number;
    m_ready = true;
    if (m_begin) {
        // The entry was made for what is typed here already.
        m_begin = nullptr;
        dispatch();
        return;
    }
    m_text = view.text;
    caret = std::min(caret, m_text.size());
    Q_EMIT loaded();
    Q_EMIT changed();
}

void TextSession::close()
{
    if (m_entry) {
        handOver();
        seal();
        m_desk.ports().journal.closeText(*m_entry, m_field);
    }
    ++m_round;
    m_entry.reset();
    m_begin = nullptr;
    m_beginning = m_ready = m_crossed = m_unsealed = false;
    m_text.clear();
    m_flying.clear();
    m_buffer.clear();
    m_number = 0;
    caret = 0;
    m_pause.stop();
    m_longest.stop();
    Q_EMIT loaded();
    Q_EMIT changed();
}

bool TextSession::isKept() const
{
    return m_flying.isEmpty() && !m_beginning && (m_buffer.isEmpty() || (!m_entry && isEmpty()));
}

bool TextSession::isEmpty() const
{
    return m_text.trimmed().isEmpty();
}

void TextSession::edit(const QList<Utf16Edit>& edits)
{
    if (edits.isEmpty() || !m_ready)
        return;
    m_text = applied(m_text, edits);
    m_buffer += edits;
    m_unsealed = true;
    m_pause.start();
    if (!m_longest.isActive())
        m_longest.start();
    dispatch();
    Q_EMIT changed();
}

void TextSession::dispatch()
{
    if (m_buffer.isEmpty() || !m_flying.isEmpty() || m_beginning)
        return;
    if (!m_entry) {
        make();
        return;
    }
    const quint64 round = m_round;
    m_flying = std::exchange(m_buffer, {});
    m_desk.ports()
        .journal.editText(*m_entry, m_field, m_number, m_flying)
        .then(this, [this, round](const Result<quint64>& number) {
            // Queued, so that what others wrote before is looked at before.
            QMetaObject::invokeMethod(
                this,
                [this, round, number] {
                    if (round != m_round)
                        return;
                    if (number.ok()) {
                        acknowledged(number.value());
                    } else {
                        // Kept here and tried again with the next letter or pause.
                        m_buffer = std::exchange(m_flying, {}) + m_buffer;
                        if (number.error().code == ErrorCode::Usage)
                            m_again.start(); // the number that it was made against is on its way
                        else
                            m_desk.fail(number.error());
                    }
                },
                Qt::QueuedConnection);
        });
}

void TextSession::make()
{
    // Nothing is made for mere white space.
    if (!m_begin || isEmpty())
        return;
    m_beginning = true;
    m_buffer.clear();
    const quint64 round = m_round;
    const QString text = m_text;
    m_begin(text).then(this, [this, round, text](const Result<EntryId>& id) {
        if (round != m_round)
            return;
        if (!id.ok()) {
            m_beginning = false;
            m_buffer.prepend({0, 0, text});
            m_desk.fail(id.error());
            return;
        }
        m_entry = id.value();
        m_desk.after(m_desk.ports().journal.openText(*m_entry, m_field), this,
            [this, round](const TextView& view) {
                if (round != m_round)
                    return;
                m_beginning = false;
                load(view);
                Q_EMIT changed();
            });
    });
}

void TextSession::acknowledged(quint64 number)
{
    m_flying.clear();
    m_number = std::max(m_number, number);
    dispatch();
    if (m_flying.isEmpty() && m_crossed)
        compare();
    Q_EMIT changed();
}

void TextSession::compare()
{
    // Where two wrote at one place at once, the journal decides who stands first.
    m_crossed = false;
    const quint64 round = m_round;
    const EntryId entry = *m_entry;
    m_desk.after(m_desk.ports().journal.openText(entry, m_field), this,
        [this, round, entry](const TextView& view) {
            m_desk.ports().journal.closeText(entry, m_field); // this second reader
            if (round != m_round || !isKept() || view.number < m_number)
                return;
            m_number = view.number;
            const QList<Utf16Edit> edits = difference(m_text, view.text);
            m_text = view.text;
            if (!edits.isEmpty()) {
                Q_EMIT incoming(edits);
                Q_EMIT changed();
            }
        });
}

void TextSession::onText(
    const EntryId& entry, const QString& field, const QList<Utf16Edit>& edits, quint64 number)
{
    if (m_entry != entry || field != m_field || !m_ready || m_beginning || number <= m_number)
        return;
    m_number = number;
    m_crossed = m_crossed || !isKept();
    const Crossed flying = crossed(m_flying, edits, /*firstStandsBefore=*/true);
    const Crossed buffer = crossed(m_buffer, flying.second, /*firstStandsBefore=*/true);
    m_flying = flying.first;
    m_buffer = buffer.first;
    if (buffer.second.isEmpty())
        return;
    m_text = applied(m_text, buffer.second);
    Q_EMIT incoming(buffer.second);
    Q_EMIT changed();
}

void TextSession::seal()
{
    m_pause.stop();
    m_longest.stop();
    dispatch();
    if (m_entry && std::exchange(m_unsealed, false))
        m_desk.after(m_desk.ports().journal.seal(*m_entry), this, [](const Written&) {});
}

} // namespace Waymark
