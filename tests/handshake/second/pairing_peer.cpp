// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inviter's side for a second implementation, line by line on standard input and output:
// tells the link and its send key, takes a request, tells who asked, the answer and the safety
// number, takes a session message and sends one. Exit status 0 when all could be read.
#include "sync/handshake/envelope.h"
#include "sync/handshake/pairing.h"
#include "sync/handshake/safetynumber.h"

#include <cstdio>
#include <iostream>
#include <string>

using namespace Waymark;

namespace {

void tell(const Bytes& line)
{
    std::puts(line.constData());
    std::fflush(stdout);
}

Bytes hear()
{
    std::string line;
    std::getline(std::cin, line);
    return Bytes::fromHex(Bytes::fromStdString(line));
}

Status converse()
{
    const SigningPair identity = SigningPair::generate();
    const SigningPair signing = SigningPair::generate();
    const AgreementPair agreement = AgreementPair::generate();
    const PairingSelf self{identity.publicKey,
        makeRoster(identity, std::array{DeviceKeys{signing.publicKey, agreement.publicKey}}),
        QStringLiteral("Willow"), agreement};
    const auto invitation = makeInvitation(
        {QStringLiteral("ws://localhost:9000"), SpaceId{}, QStringLiteral("mentee")}, self,
        1'700'000'000'000);
    if (!invitation)
        return invitation.error();
    tell(linkText(invitation->link).toLatin1());
    tell(invitation->queue.send.publicKey.hex());

    const Bytes request = hear();
    const auto asker = readRequest(*invitation, self, request);
    if (!asker)
        return asker.error();
    const auto answer = letIn(*invitation, self, request, "genesis");
    if (!answer)
        return answer.error();
    tell(asker->person.hex());
    tell(answer->message.toHex());
    tell(safetyNumber(identity.publicKey, asker->identity).toLatin1());

    const auto received = ratchetReceive(answer->session, hear(), 0);
    if (!received)
        return received.error();
    const auto content = unwrapContent(received->plain.view());
    if (!content)
        return content.error();
    const auto message = decodeMessage(*content);
    if (!message || *message != SessionMessage(OpsMessage{{"an operation"}}))
        return {ErrorCode::Failed, QStringLiteral("not the operation that was to come")};
    const HaveMessage have{
        {{Bytes(16, 'd'), 7, *Hash::fromBytes(Bytes(32, 'h'))}}, 1, received->number};
    const auto reply = ratchetSend(received->state, wrapContent(encodeMessage(have)).value());
    if (!reply)
        return reply.error();
    tell(reply->message.toHex());
    return {};
}

} // namespace

int main()
{
    const Status status = converse();
    if (!status)
        std::fprintf(
            stderr, "%s: %s\n", codeName(status.error().code), qPrintable(status.error().detail));
    return status ? 0 : 1;
}
