// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/crypto/secretbytes.h"

#include <QObject>
#include <QQmlEngine>

namespace Waymark {

class Random;

/// What is being typed into a passphrase field, kept where nobody else reads. The field hands its
/// text over and keeps nothing; QML sees only what is said about it.
class Passphrase final : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("A passphrase comes with a view model")
    Q_PROPERTY(bool empty READ isEmpty NOTIFY changed FINAL)
    Q_PROPERTY(bool strong READ isStrong NOTIFY changed FINAL)
    /// How strong it is, in two parts: the verdict, and why or what to do.
    Q_PROPERTY(QString verdict READ verdict NOTIFY changed FINAL)
    Q_PROPERTY(QString reason READ reason NOTIFY changed FINAL)
public:
    explicit Passphrase(QObject* parent) : QObject(parent) { }

    /// Where suggestion() draws from; it outlives this.
    void setRandom(Random& random) { m_random = &random; }
    [[nodiscard]] QString suggestion() const;

    /// Takes over what the field holds; the caller overwrites its own copy.
    void set(QStringView typed);
    /// The passphrase as UTF-8; this one is empty afterwards.
    [[nodiscard]] SecretBytes take();
    [[nodiscard]] SecretBytes copy() const { return m_secret.clone(); }
    void forget();

    [[nodiscard]] bool isEmpty() const { return m_secret.isEmpty(); }
    [[nodiscard]] bool isStrong() const { return m_bits >= kEnoughBits; }
    [[nodiscard]] double bits() const { return m_bits; }
    [[nodiscard]] QString verdict() const;
    [[nodiscard]] QString reason() const;

    /// What a guesser who knows how people choose would need, as a power of two; never too high on
    /// purpose. Beyond kEnoughBits, at a cost of half a second a guess, nobody guesses on.
    [[nodiscard]] static double guessBits(QStringView typed);
    static constexpr double kEnoughBits = 50;

Q_SIGNALS:
    void changed();
    /// Everything typed is to leave the field.
    void forgotten();

private:
    SecretBytes m_secret;
    double m_bits = 0;
    int m_words = 0;
    Random* m_random = nullptr;
};

/// Five different words of the recovery sheet's list, with spaces between: 55 bits.
[[nodiscard]] QString suggestedPassphrase(Random& random);

} // namespace Waymark
