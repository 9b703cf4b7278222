// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/handshake/queuekeys.h"

namespace Waymark {

namespace {

SecretBytes seedOf(const SigningPair& pair)
{
    return pair.secret.slice(0, SendAddress::kSeedSize); // libsodium's secret begins with it
}

SecretBytes readSeed(Cbor::Reader& in)
{
    const BytesView seed = in.bytes(qsizetype(SendAddress::kSeedSize));
    if (seed.size() != qsizetype(SendAddress::kSeedSize)) {
        in.fail();
        return SecretBytes(SendAddress::kSeedSize);
    }
    return SecretBytes::copyOf(seed);
}

} // namespace

QueueKeys QueueKeys::generate()
{
    return {SigningPair::generate(), SigningPair::generate()};
}

void QueueKeys::write(Cbor::Writer& out) const
{
    out.array(2).bytes(seedOf(receive).view()).bytes(seedOf(send).view());
}

QueueKeys QueueKeys::read(Cbor::Reader& in)
{
    in.arrayOf(2);
    SigningPair receive = SigningPair::fromSeed(readSeed(in));
    return {std::move(receive), SigningPair::fromSeed(readSeed(in))};
}

SendAddress SendAddress::of(const QueueKeys& keys)
{
    return {keys.sendId(), seedOf(keys.send)};
}

void SendAddress::write(Cbor::Writer& out) const
{
    out.array(2).id(queue).bytes(seed.view());
}

SendAddress SendAddress::read(Cbor::Reader& in)
{
    in.arrayOf(2);
    const auto queue = in.id<QueueId>();
    return {queue, readSeed(in)};
}

} // namespace Waymark
