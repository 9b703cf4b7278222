// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewmodels/passphrase.h"

#include "app/core/random.h"
#include "app/crypto/mnemonic.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace Waymark {

namespace {

// What guessers try first. A word of these counts next to nothing.
constexpr std::array kWorn{u"password", u"passphrase", u"passwort", u"qwerty", u"qwertz", u"azerty",
    u"letmein", u"welcome", u"admin", u"iloveyou", u"dragon", u"monkey", u"football", u"abc",
    u"waymark", u"journal", u"mentor", u"mentee", u"secret", u"hello", u"master", u"login"};

bool isWorn(QStringView word)
{
    return std::any_of(kWorn.begin(), kWorn.end(),
        [&](const char16_t* worn) { return word.compare(worn, Qt::CaseInsensitive) == 0; });
}

/// A run of one letter, digits in order, a keyboard's row: each letter after the first is known.
double surpriseOf(QStringView word, double perLetter)
{
    double bits = 0;
    for (qsizetype i = 0; i < word.size(); ++i) {
        const int step = i == 0 ? 99 : word[i].unicode() - word[i - 1].unicode();
        bits += std::abs(step) <= 1 ? 0.5 : perLetter;
    }
    return bits;
}

double bitsOf(QStringView word)
{
    if (isWorn(word))
        return 2;
    const bool letters
        = std::all_of(word.begin(), word.end(), [](QChar c) { return c.isLetter() || c == u'\''; });
    const bool digits = std::all_of(word.begin(), word.end(), [](QChar c) { return c.isDigit(); });
    if (digits)
        return std::min(surpriseOf(word, 3.3), word.size() == 4 ? 8.0 : 40.0); // a year
    // A word of a language: by its length up to what a list of common words holds.
    if (letters)
        return std::min(surpriseOf(word, 3.5), word.size() <= 12 ? 11.0 : 14.0);
    return surpriseOf(word, word.size() <= 8 ? 3.5 : 4.2);
}

} // namespace

double Passphrase::guessBits(QStringView typed)
{
    double bits = 0;
    QList<QStringView> seen;
    qsizetype from = 0;
    const auto take = [&](qsizetype to) {
        const QStringView word = typed.sliced(from, to - from);
        if (!word.isEmpty()) {
            const bool again = std::any_of(seen.begin(), seen.end(),
                [&](QStringView old) { return old.compare(word, Qt::CaseInsensitive) == 0; });
            bits += again ? 1 : bitsOf(word);
            seen.append(word);
        }
    };
    for (qsizetype i = 0; i < typed.size(); ++i) {
        if (typed[i].isSpace() || typed[i] == u'-' || typed[i] == u'.' || typed[i] == u'_') {
            take(i);
            from = i + 1;
        }
    }
    take(typed.size());
    return bits;
}

void Passphrase::set(QStringView typed)
{
    // Encoded by hand: a QByteArray in between would be one more copy to wipe.
    std::size_t size = 0;
    const auto encode = [&](unsigned char* out) {
        std::size_t at = 0;
        for (qsizetype i = 0; i < typed.size(); ++i) {
            char32_t c = typed[i].unicode();
            if (QChar::isHighSurrogate(c) && i + 1 < typed.size() && typed[i + 1].isLowSurrogate())
                c = QChar::surrogateToUcs4(char16_t(c), typed[++i].unicode());
            const int more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
            if (out) {
                static constexpr std::array<unsigned char, 4> kLead{0, 0xc0, 0xe0, 0xf0};
                out[at] = static_cast<unsigned char>(kLead[std::size_t(more)] | (c >> (6 * more)));
                for (int k = more - 1; k >= 0; --k)
                    out[at + std::size_t(more - k)]
                        = static_cast<unsigned char>(0x80 | ((c >> (6 * k)) & 0x3f));
            }
            at += std::size_t(more) + 1;
        }
        return at;
    };
    size = encode(nullptr);
    SecretBytes secret(size);
    if (size > 0)
        encode(secret.data());
    m_secret = std::move(secret);
    m_bits = guessBits(typed);
    m_words = 0;
    bool inside = false;
    for (const QChar c : typed) {
        m_words += c.isLetter() && !inside ? 1 : 0;
        inside = c.isLetter();
    }
    Q_EMIT changed();
}

QString Passphrase::suggestion() const
{
    return m_random ? suggestedPassphrase(*m_random) : QString();
}

SecretBytes Passphrase::take()
{
    SecretBytes secret = std::move(m_secret);
    forget();
    return secret;
}

void Passphrase::forget()
{
    m_secret = SecretBytes();
    m_bits = 0;
    m_words = 0;
    Q_EMIT forgotten();
    Q_EMIT changed();
}

QString Passphrase::verdict() const
{
    if (isEmpty())
        return {};
    if (isStrong())
        return tr("Strong enough.");
    return m_bits < kEnoughBits / 2 ? tr("Too easy to guess.") : tr("Nearly there.");
}

QString Passphrase::reason() const
{
    if (isEmpty())
        return tr("Five words that don't belong together are easy to remember and hard to guess.");
    if (isStrong()) {
        return m_words >= 4
            ? tr("Words that don't belong together: nobody will guess them, and you can still "
                 "remember them.")
            : tr("Nobody will guess it. Make sure that you will remember it.");
    }
    return m_words < 4 ? tr("Add words that have nothing to do with each other, five in all.")
                       : tr("Add one more word, an unusual one.");
}

QString suggestedPassphrase(Random& random)
{
    // Each of the words of a random secret is as likely as any other of the list, eleven bits each.
    QStringList chosen;
    while (chosen.size() < 5) {
        SecretBytes secret(kRecoverySecretSize);
        random.fill({secret.data(), secret.size()});
        const QString word = recoveryWords(secret).front();
        if (!chosen.contains(word))
            chosen.append(word);
    }
    return chosen.join(u' ');
}

} // namespace Waymark
