// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Runs published Noise vectors in the JSON form of cacophony and snow: noise_vectors FILE…
// Each vector is played by both sides. Exit status 0 when every vector of a known pattern and of
// our algorithms agrees and at least one ran, else 1.
#include "sync/handshake/noise.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

using namespace Waymark;

namespace {

Bytes hex(const QJsonValue& value)
{
    return Bytes::fromHex(value.toString().toLatin1());
}

std::optional<AgreementPair> pairOf(const QJsonValue& secret)
{
    if (!secret.isString())
        return std::nullopt;
    return AgreementPair::fromSecret(SecretBytes::copyOf(hex(secret)));
}

Result<Noise::Handshake> side(
    const Noise::Pattern& pattern, const QJsonObject& vector, Noise::Role role)
{
    const QLatin1String prefix(role == Noise::Role::Initiator ? "init_" : "resp_");
    const auto field = [&](const char* name) { return vector[prefix + QLatin1String(name)]; };
    Noise::Keys keys{pairOf(field("static")), pairOf(field("ephemeral")), {}, {}};
    if (field("remote_static").isString())
        keys.remote = AgreementKey::fromBytes(hex(field("remote_static")));
    for (const QJsonValue psk : field("psks").toArray())
        keys.psks.push_back(SecretBytes::copyOf(hex(psk)));
    return Noise::Handshake::begin(pattern, role, hex(field("prologue")), std::move(keys));
}

/// The keys after the handshake: of what the initiator sends, of what the responder sends.
struct Transport
{
    Noise::CipherState fromInitiator;
    Noise::CipherState fromResponder;

    explicit Transport(std::pair<SecretBytes, SecretBytes> keys)
        : fromInitiator(std::move(keys.first)), fromResponder(std::move(keys.second))
    {
    }
};

bool transportAgrees(const Noise::Pattern& pattern, Noise::Handshake& initiator,
    Noise::Handshake& responder, const QJsonArray& messages)
{
    Transport sending(initiator.split());
    Transport receiving(responder.split());
    for (qsizetype i = qsizetype(pattern.messages.size()); i < messages.size(); ++i) {
        const bool byInitiator = pattern.isOneWay() || i % 2 == 0;
        auto& from = byInitiator ? sending.fromInitiator : sending.fromResponder;
        auto& to = byInitiator ? receiving.fromInitiator : receiving.fromResponder;
        const Bytes payload = hex(messages[i].toObject()[QLatin1String("payload")]);
        const Bytes cipher = from.encrypt({}, payload);
        const auto plain = to.decrypt({}, cipher);
        if (cipher != hex(messages[i].toObject()[QLatin1String("ciphertext")]) || !plain
            || !plain->equals(payload))
            return false;
    }
    return true;
}

bool agrees(const Noise::Pattern& pattern, const QJsonObject& vector)
{
    auto initiator = side(pattern, vector, Noise::Role::Initiator);
    auto responder = side(pattern, vector, Noise::Role::Responder);
    const QJsonArray messages = vector[QLatin1String("messages")].toArray();
    if (!initiator || !responder || messages.size() < qsizetype(pattern.messages.size()))
        return false;
    for (std::size_t i = 0; i < pattern.messages.size(); ++i) {
        Noise::Handshake& from = i % 2 == 0 ? *initiator : *responder;
        Noise::Handshake& to = i % 2 == 0 ? *responder : *initiator;
        const QJsonObject message = messages[qsizetype(i)].toObject();
        const Bytes payload = hex(message[QLatin1String("payload")]);
        const auto cipher = from.write(payload);
        if (!cipher || *cipher != hex(message[QLatin1String("ciphertext")]))
            return false;
        const auto plain = to.read(*cipher);
        if (!plain || !plain->equals(payload))
            return false;
    }
    const QJsonValue hash = vector[QLatin1String("handshake_hash")];
    if (initiator->hash() != responder->hash()
        || (hash.isString() && initiator->hash() != hex(hash)))
        return false;
    return transportAgrees(pattern, *initiator, *responder, messages);
}

struct Tally
{
    int ran = 0;
    int failed = 0;
    int skipped = 0;
};

void runVector(const QJsonObject& vector, Tally& tally)
{
    QString name = vector[QLatin1String("protocol_name")].toString();
    if (name.isEmpty())
        name = vector[QLatin1String("name")].toString();
    const QStringList words = name.split(u'_');
    const bool ours = words.size() == 5 && words[0] == QLatin1String("Noise")
        && words[2] == QLatin1String("25519") && words[3] == QLatin1String("ChaChaPoly")
        && words[4] == QLatin1String("BLAKE2b");
    const auto pattern = ours ? Noise::patternNamed(words[1].toLatin1()) : std::nullopt;
    if (!pattern || vector[QLatin1String("fallback")].toBool()
        || vector[QLatin1String("fail")].toBool()) {
        ++tally.skipped;
        return;
    }
    ++tally.ran;
    if (!agrees(*pattern, vector)) {
        ++tally.failed;
        std::printf("MISMATCH %s\n", qPrintable(name));
    }
}

bool runFile(const char* path, Tally& tally)
{
    QFile file(QString::fromLocal8Bit(path));
    if (!file.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "%s: cannot be read\n", path);
        return false;
    }
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    const QJsonArray vectors = document.object()[QLatin1String("vectors")].toArray();
    if (vectors.isEmpty()) {
        std::fprintf(stderr, "%s: no vectors in it\n", path);
        return false;
    }
    for (const QJsonValue vector : vectors)
        runVector(vector.toObject(), tally);
    return true;
}

} // namespace

int main(int argc, char** argv)
{
    Tally tally;
    bool ok = argc > 1;
    if (!ok)
        std::fprintf(stderr, "noise_vectors FILE…\n");
    for (int i = 1; i < argc; ++i)
        ok = runFile(argv[i], tally) && ok;
    std::printf("%d vectors ran, %d failed, %d of other patterns or algorithms passed over\n",
        tally.ran, tally.failed, tally.skipped);
    return ok && tally.ran > 0 && tally.failed == 0 ? 0 : 1;
}
