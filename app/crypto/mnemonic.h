// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/result.h"
#include "app/crypto/secretbytes.h"

#include <QLatin1String>

#include <array>
#include <optional>

namespace Waymark {

constexpr int kRecoveryWordCount = 24;
constexpr std::size_t kRecoverySecretSize = 32;

/// The words of BIP-39 (English list) for a 256-bit secret: eleven bits a word, the last eight of
/// them a checksum. They point into the list itself; whoever shows them lets go of them soon.
using RecoveryWords = std::array<QLatin1String, kRecoveryWordCount>;
[[nodiscard]] RecoveryWords recoveryWords(const SecretBytes& secret);

/// What is wrong with words that somebody typed.
struct RecoveryFault
{
    enum class Kind {
        Count, ///< not 24 words
        Word, ///< a word that is not on the list
        Checksum, ///< all on the list, but not in this order: one is another or two are swapped
    };
    Kind kind = Kind::Count;
    int number = 0; ///< of the word, from 1; with Count, how many there are
    QLatin1String nearest; ///< the word of the list that differs from it by the fewest letters
};

/// Words that were read: the secret, or why there is none.
struct RecoveryReading
{
    std::optional<SecretBytes> secret;
    RecoveryFault fault;
};

/// Reads words in upper or lower case, between any white space or commas, each whole or by its
/// first four or more letters; numbers between them ("1.") are passed over. `text` is UTF-8.
[[nodiscard]] RecoveryReading readRecoveryWords(BytesView text);

/// The same as a Result: VaultRecoveryForm, whose detail says which word, never what it is.
[[nodiscard]] Result<SecretBytes> recoverySecret(BytesView text);

} // namespace Waymark
