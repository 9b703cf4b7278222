// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/crypto/mnemonic.h"

#include "app/crypto/recoverywordlist.h"
#include "app/crypto/sodium.h"

#include <sodium.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace Waymark {

namespace {

constexpr std::size_t kBitsPerWord = 11;
constexpr std::size_t kPrefix = 4; ///< letters that name one word of the list
constexpr std::size_t kLongest = 32; ///< what is longer is compared by its beginning only
constexpr std::size_t kMostText = 4096;

unsigned char checksum(const SecretBytes& secret)
{
    ensureSodium();
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), secret.data(), secret.size());
    const unsigned char first = hash[0];
    sodium_memzero(hash.data(), hash.size());
    return first;
}

/// The secret and its checksum: 264 bits, 24 times eleven.
SecretBytes withChecksum(const SecretBytes& secret)
{
    SecretBytes out(kRecoverySecretSize + 1);
    std::copy_n(secret.data(), kRecoverySecretSize, out.data());
    out.data()[kRecoverySecretSize] = checksum(secret);
    return out;
}

std::optional<std::size_t> indexOf(std::string_view word)
{
    const auto from = std::lower_bound(kRecoveryWordList.begin(), kRecoveryWordList.end(), word,
        [](const char* a, std::string_view b) { return std::string_view(a) < b; });
    if (from == kRecoveryWordList.end() || !std::string_view(*from).starts_with(word))
        return std::nullopt;
    // Words that begin alike stand together, the shortest first.
    if (word.size() < kPrefix && std::string_view(*from) != word)
        return std::nullopt;
    return std::size_t(from - kRecoveryWordList.begin());
}

/// The number of letters to put in, take out or change (Levenshtein's distance).
std::size_t distance(std::string_view a, std::string_view b)
{
    std::array<std::size_t, kLongest + 1> row{};
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({change, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

QLatin1String nearestTo(std::string_view word)
{
    word = word.substr(0, kLongest);
    return QLatin1String(*std::min_element(kRecoveryWordList.begin(), kRecoveryWordList.end(),
        [word](const char* a, const char* b) { return distance(word, a) < distance(word, b); }));
}

bool isBetween(unsigned char c)
{
    return c <= ' ' || c == ',';
}

bool isNumber(std::string_view token)
{
    return token.find_first_not_of("0123456789.):") == std::string_view::npos;
}

/// The words of the text, in lower case; views into `lower`.
std::vector<std::string_view> tokensOf(SecretBytes& lower)
{
    auto* text = reinterpret_cast<char*>(lower.data());
    std::vector<std::string_view> tokens;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= lower.size(); ++i) {
        if (i < lower.size() && !isBetween(lower.data()[i])) {
            if (text[i] >= 'A' && text[i] <= 'Z')
                text[i] = char(text[i] - 'A' + 'a');
            continue;
        }
        const std::string_view token(text + begin, i - begin);
        if (!token.empty() && !isNumber(token))
            tokens.push_back(token);
        begin = i + 1;
    }
    return tokens;
}

} // namespace

RecoveryWords recoveryWords(const SecretBytes& secret)
{
    Q_ASSERT(secret.size() == kRecoverySecretSize);
    const SecretBytes bits = withChecksum(secret);
    RecoveryWords words;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::size_t index = 0;
        for (std::size_t bit = i * kBitsPerWord; bit < (i + 1) * kBitsPerWord; ++bit)
            index = index << 1 | (bits.data()[bit / 8] >> (7 - bit % 8) & 1U);
        words[i] = QLatin1String(kRecoveryWordList[index]);
    }
    return words;
}

RecoveryReading readRecoveryWords(BytesView text)
{
    SecretBytes lower
        = SecretBytes::copyOf(text.first(std::min(text.size(), qsizetype(kMostText))));
    const std::vector<std::string_view> tokens = tokensOf(lower);
    SecretBytes bits(kRecoverySecretSize + 1);
    // A wrong word is more telling than a wrong count: "ab andon" is both.
    for (std::size_t i = 0; i < tokens.size() && i < std::size_t(kRecoveryWordCount); ++i) {
        const auto index = indexOf(tokens[i]);
        if (!index)
            return {std::nullopt, {RecoveryFault::Kind::Word, int(i) + 1, nearestTo(tokens[i])}};
        for (std::size_t b = 0; b < kBitsPerWord; ++b) {
            const std::size_t bit = i * kBitsPerWord + b;
            const auto value = (*index >> (kBitsPerWord - 1 - b)) & 1U;
            bits.data()[bit / 8] |= static_cast<unsigned char>(value << (7 - bit % 8));
        }
    }
    if (tokens.size() != std::size_t(kRecoveryWordCount))
        return {std::nullopt, {RecoveryFault::Kind::Count, int(tokens.size()), {}}};
    SecretBytes secret = bits.slice(0, kRecoverySecretSize);
    if (checksum(secret) != bits.data()[kRecoverySecretSize])
        return {std::nullopt, {RecoveryFault::Kind::Checksum, 0, {}}};
    return {std::move(secret), {}};
}

Result<SecretBytes> recoverySecret(BytesView text)
{
    RecoveryReading reading = readRecoveryWords(text);
    if (reading.secret)
        return std::move(*reading.secret);
    QString detail;
    switch (reading.fault.kind) {
    case RecoveryFault::Kind::Count:
        detail = QStringLiteral("%1 words instead of %2")
                     .arg(reading.fault.number)
                     .arg(kRecoveryWordCount);
        break;
    case RecoveryFault::Kind::Word:
        detail = QStringLiteral("word %1 is not on the list").arg(reading.fault.number);
        break;
    case RecoveryFault::Kind::Checksum:
        detail = QStringLiteral("the words do not fit together");
        break;
    }
    return Error{ErrorCode::VaultRecoveryForm, detail};
}

} // namespace Waymark
