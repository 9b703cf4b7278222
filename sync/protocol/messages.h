// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/core/bytes.h"
#include "app/core/ids.h"
#include "sync/protocol/limits.h"

#include <optional>
#include <variant>
#include <vector>

/// What a client and a relay say to each other: docs/protocol/relay.md in C++. A frame is a CBOR
/// sequence (RFC 8742) of messages. Payloads are opaque. Pure functions and values; any thread.
namespace Waymark::Wire {

using Key = FixedBytes<struct WireKeyTag, 32>; ///< an Ed25519 public key
using Proof = FixedBytes<struct WireProofTag, 64>; ///< an Ed25519 signature
using Nonce = FixedBytes<struct WireNonceTag, 32>;

/// A client's number for a request; the answer repeats it.
using RequestNumber = qint64;

enum class Purpose { Receive = 0, Send = 1 };

/// Why a relay said no. The numbers are part of the protocol. A later relay may use others, up to
/// kMaxRefusal: a client treats those as a plain refusal.
enum class Refusal {
    Malformed = 1, ///< no message of this protocol; the connection ends
    NotProven = 2, ///< the key that this needs was not proven on this connection
    WrongProof = 3, ///< the signature does not fit
    UnknownName = 4, ///< signed for a host and port that are not this relay's
    QueueMissing = 5,
    QueueTaken = 6, ///< the receive key has a queue with another send key
    QueueFullMessages = 7,
    QueueFullBytes = 8,
    BodyTooLarge = 9,
    BeyondPushed = 10, ///< an acknowledgement of what was not pushed on this connection
    TooManyKeys = 11, ///< on this connection
    TooManySubscriptions = 12, ///< on this connection
    TooManyQueues = 13, ///< made by this address
    TooManyConnections = 14, ///< of this address, or in all; the connection ends
    TooManyRequests = 15, ///< by this address
    StoreFull = 16, ///< the relay's disk
    Stopping = 17, ///< the relay is about to end
};

// From client to relay.

/// Proves a key for this connection: `proof` is the signature over proofBytes under kProofLabel.
struct Prove
{
    RequestNumber request = 0;
    Purpose purpose = Purpose::Receive;
    Key key;
    Bytes host; ///< "name:port" as the client dialled it
    Proof proof;
};

/// Makes the queue of a receive key that is proven; making it again with the same keys is no error.
struct Create
{
    RequestNumber request = 0;
    Key receiveKey;
    Key sendKey;
};

/// `queue` is the send id. Answered when durable.
struct Send
{
    RequestNumber request = 0;
    QueueId queue;
    MessageId id;
    BytesView body; ///< decoded: points into the frame
};

/// `queue` is the receive id. Begins, or begins again, after the last acknowledged message.
struct Subscribe
{
    RequestNumber request = 0;
    QueueId queue;
    int window = kDefaultWindow;
};

/// Deletes every message of the queue up to `upTo`. Answered when durable.
struct Ack
{
    RequestNumber request = 0;
    QueueId queue;
    qint64 upTo = 0;
};

/// Deletes the queue and all in it. Answered when durable.
struct Drop
{
    RequestNumber request = 0;
    QueueId queue;
};

using ClientMessage = std::variant<Prove, Create, Send, Subscribe, Ack, Drop>;

// From relay to client.

/// The first message on every connection.
struct Hello
{
    std::vector<int> versions; ///< of this protocol that the relay speaks, ascending
    Nonce nonce; ///< what proofs of this connection are made over
};

struct Done
{
    RequestNumber request = 0;
};

struct Refused
{
    std::optional<RequestNumber> request; ///< none: it is about the connection
    Refusal why = Refusal::Malformed;
    qint64 retryAfterMs = 0; ///< 0: trying again is of no use
};

struct Pushed
{
    MessageId id;
    BytesView body; ///< decoded: points into the frame
};

/// Messages of a queue in order, numbered from `first` on without gaps.
struct Push
{
    QueueId queue; ///< the receive id
    qint64 first = 0;
    std::vector<Pushed> messages;
};

/// Everything stored in the queue has been pushed; `upTo` is the last number, 0 where there never
/// was a message.
struct Drained
{
    QueueId queue;
    qint64 upTo = 0;
};

/// The subscription is over: another connection took it, or the queue was dropped.
struct Ended
{
    QueueId queue;
};

using RelayMessage = std::variant<Hello, Done, Refused, Push, Drained, Ended>;

constexpr const char* kProofLabel = "relay proof";
constexpr const char* kReceiveLabel = "receive"; ///< receive id = hash over the receive key
constexpr const char* kSendLabel = "send"; ///< send id = hash over the receive key and the send key

/// What the signature of a Prove covers, after its label. Without TLS there is no exporter.
[[nodiscard]] Bytes proofBytes(Purpose purpose, BytesView host, const Nonce& nonce);

/// Appends one message; the caller keeps frames under kMaxFrame.
void append(Bytes& frame, const ClientMessage& message);
void append(Bytes& frame, const RelayMessage& message);
/// The same for the messages a relay sends by the thousand, without the variant.
void append(Bytes& frame, const Send& message);
void append(Bytes& frame, const Done& message);
void append(Bytes& frame, const Push& message);

/// What a push takes beyond the encodings of its messages, and a message beyond its body, at most.
constexpr qsizetype kPushOverhead = 64;
constexpr qsizetype kPushedOverhead = 32;

/// The frame's messages in order. Nothing unless every one is well formed and within the limits;
/// views point into `frame`. A body over kMaxBody is well formed: it is refused with its own code.
[[nodiscard]] std::optional<std::vector<ClientMessage>> decodeFromClient(BytesView frame);
[[nodiscard]] std::optional<std::vector<RelayMessage>> decodeFromRelay(BytesView frame);

} // namespace Waymark::Wire
