// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/handshake/noise.h"

#include <QList>

#include <algorithm>
#include <array>

namespace Waymark::Noise {

namespace {

/// A pattern as sections 7.4, 7.5 and the appendix of the specification list it: what is known
/// beforehand ("i" the initiator's static key, "r" the responder's), then the messages.
struct Row
{
    const char* name;
    const char* known;
    const char* messages;
};

constexpr std::array kRows{
    Row{"N", "r", "e es"},
    Row{"K", "ir", "e es ss"},
    Row{"X", "r", "e es s ss"},
    Row{"NN", "", "e/e ee"},
    Row{"NK", "r", "e es/e ee"},
    Row{"NX", "", "e/e ee s es"},
    Row{"XN", "", "e/e ee/s se"},
    Row{"XK", "r", "e es/e ee/s se"},
    Row{"XX", "", "e/e ee s es/s se"},
    Row{"KN", "i", "e/e ee se"},
    Row{"KK", "ir", "e es ss/e ee se"},
    Row{"KX", "i", "e/e ee se s es"},
    Row{"IN", "", "e s/e ee se"},
    Row{"IK", "r", "e es s ss/e ee se"},
    Row{"IX", "", "e s/e ee se s es"},
    Row{"NK1", "r", "e/e ee es"},
    Row{"NX1", "", "e/e ee s/es"},
    Row{"X1N", "", "e/e ee/s/se"},
    Row{"X1K", "r", "e es/e ee/s/se"},
    Row{"XK1", "r", "e/e ee es/s se"},
    Row{"X1K1", "r", "e/e ee es/s/se"},
    Row{"X1X", "", "e/e ee s es/s/se"},
    Row{"XX1", "", "e/e ee s/es s se"},
    Row{"X1X1", "", "e/e ee s/es s/se"},
    Row{"K1N", "i", "e/e ee/se"},
    Row{"K1K", "ir", "e es/e ee/se"},
    Row{"KK1", "ir", "e/e ee se es"},
    Row{"K1K1", "ir", "e/e ee es/se"},
    Row{"K1X", "i", "e/e ee s es/se"},
    Row{"KX1", "i", "e/e ee se s/es"},
    Row{"K1X1", "i", "e/e ee s/se es"},
    Row{"I1N", "", "e s/e ee/se"},
    Row{"I1K", "r", "e es s/e ee/se"},
    Row{"IK1", "r", "e s/e ee se es"},
    Row{"I1K1", "r", "e s/e ee es/se"},
    Row{"I1X", "", "e s/e ee s es/se"},
    Row{"IX1", "", "e s/e ee se s/es"},
    Row{"I1X1", "", "e s/e ee s/se es"},
};

Token tokenOf(const Bytes& word)
{
    if (word == "e")
        return Token::E;
    if (word == "s")
        return Token::S;
    if (word == "ee")
        return Token::EE;
    if (word == "es")
        return Token::ES;
    if (word == "se")
        return Token::SE;
    Q_ASSERT(word == "ss");
    return Token::SS;
}

Pattern patternOf(const Row& row)
{
    const Bytes known(row.known);
    Pattern out{row.name, known.contains('i'), known.contains('r'), {}};
    for (const Bytes& message : Bytes(row.messages).split('/')) {
        std::vector<Token> tokens;
        for (const Bytes& word : message.split(' '))
            tokens.push_back(tokenOf(word));
        out.messages.push_back(std::move(tokens));
    }
    return out;
}

/// psk0 stands at the beginning of the first message, pskN at the end of the Nth.
bool addPsk(Pattern& pattern, BytesView modifier)
{
    if (modifier.size() != 4 || !modifier.startsWith("psk"))
        return false;
    const int place = modifier[3] - '0';
    if (place < 0 || place > int(pattern.messages.size()))
        return false;
    auto& tokens = pattern.messages[std::size_t(std::max(place - 1, 0))];
    tokens.insert(place == 0 ? tokens.begin() : tokens.end(), Token::Psk);
    return true;
}

} // namespace

std::size_t Pattern::pskCount() const
{
    std::size_t out = 0;
    for (const auto& tokens : messages)
        out += std::size_t(std::count(tokens.begin(), tokens.end(), Token::Psk));
    return out;
}

std::optional<Pattern> patternNamed(BytesView name)
{
    const Bytes whole = name.toByteArray();
    const qsizetype modifiers = whole.indexOf("psk");
    const Bytes base = modifiers < 0 ? whole : whole.first(modifiers);
    const auto row = std::find_if(
        kRows.begin(), kRows.end(), [&](const Row& candidate) { return base == candidate.name; });
    if (row == kRows.end())
        return std::nullopt;
    Pattern out = patternOf(*row);
    out.name = whole;
    if (modifiers >= 0) {
        for (const Bytes& modifier : whole.sliced(modifiers).split('+')) {
            if (!addPsk(out, modifier))
                return std::nullopt;
        }
    }
    return out;
}

} // namespace Waymark::Noise
