// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/handshake/linkreading.h"
#include "sync/handshake/pairing.h"

namespace Waymark {

namespace {

constexpr qint64 kForm = 1;
constexpr qsizetype kMaxMessage = Noise::kMaxMessage + 1;
constexpr qsizetype kMaxSession = 2 * 1024 * 1024; // 10,000 kept keys are under 1 MiB

Error notInForm()
{
    return {ErrorCode::Failed, QStringLiteral("a saved step of a pairing is not in form")};
}

} // namespace

Bytes PairingInvitation::encode() const
{
    Cbor::Writer out;
    out.array(3).integer(kForm).raw(encodeLink(link));
    queue.write(out);
    return out.take();
}

Result<PairingInvitation> PairingInvitation::decode(BytesView bytes)
{
    Cbor::Reader in(bytes);
    in.arrayOf(3);
    in.integer(kForm, kForm);
    Link link = readLink(in);
    QueueKeys queue = QueueKeys::read(in);
    if (!in.finished())
        return notInForm();
    return PairingInvitation{std::move(link), std::move(queue)};
}

Bytes Asking::encode() const
{
    Cbor::Writer out;
    out.array(6).integer(kForm).raw(encodeLink(link));
    queue.write(out);
    out.bytes(ephemeral.view()).bytes(payload.view()).bytes(message);
    return out.take();
}

Result<Asking> Asking::decode(BytesView bytes)
{
    Cbor::Reader in(bytes);
    in.arrayOf(6);
    in.integer(kForm, kForm);
    Link link = readLink(in);
    QueueKeys queue = QueueKeys::read(in);
    SecretBytes ephemeral = SecretBytes::copyOf(in.bytes(AgreementKey::kSize));
    SecretBytes payload = SecretBytes::copyOf(in.bytes(kMaxMessage));
    Bytes message = in.bytes(kMaxMessage).toByteArray();
    if (!in.finished() || ephemeral.size() != AgreementKey::kSize)
        return notInForm();
    return Asking{std::move(link), std::move(queue), std::move(ephemeral), std::move(payload),
        std::move(message)};
}

Bytes PairingAnswer::encode() const
{
    Cbor::Writer out;
    out.array(4).integer(kForm).bytes(message).bytes(session.encode());
    queue.write(out);
    return out.take();
}

Result<PairingAnswer> PairingAnswer::decode(BytesView bytes)
{
    Cbor::Reader in(bytes);
    in.arrayOf(4);
    in.integer(kForm, kForm);
    Bytes message = in.bytes(kMaxMessage).toByteArray();
    auto session = RatchetState::decode(in.bytes(kMaxSession));
    QueueKeys queue = QueueKeys::read(in);
    if (!in.finished() || !session)
        return notInForm();
    return PairingAnswer{std::move(message), std::move(*session), std::move(queue)};
}

} // namespace Waymark
