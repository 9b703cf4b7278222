// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/verbs.h"

#include "app/commands/commands.h"

#include <array>

namespace Waymark {

namespace {

using Form = Option::Form;

constexpr Option kId{Form::Positional, "id", "ID", "an id, shortened while it is unique", true};
constexpr Option kInSpace{Form::Value, "space", "ID", "the space", true};
constexpr Option kSets{
    Form::List, "set", "FIELD=VALUE", "a new value; nothing after = clears; an array is JSON"};
constexpr Option kAdds{
    Form::List, "add", "FIELD=VALUE", "one more in a set, or at the end of a list"};
constexpr Option kRemoves{
    Form::List, "remove", "FIELD=VALUE", "one less in a set; the first equal one of a list"};
constexpr Option kSetFiles{
    Form::List, "set-file", "FIELD=FILE", "a new value, read from a file (- is standard input)"};

constexpr std::array kVaultCreate{
    Option{Form::Value, "name", "NAME", "your first name, as partners will see it", true},
    Option{Form::Value, "kdf-cost", "floor",
        "'floor' derives the key at the least cost allowed, for tests and small machines"},
};
constexpr std::array kSpaceCreate{
    Option{Form::Value, "name", "NAME", "what the space is called", true},
    Option{Form::Value, "role", "ROLE", "yours: mentee, mentor or peer", true},
};
constexpr std::array kOnlyId{kId};
constexpr std::array kPairInvite{
    kInSpace,
    Option{Form::Value, "relay", "ADDRESS", "the relay that carries, as ws://host:port", true},
    Option{Form::Value, "role", "ROLE", "theirs: mentee, mentor or peer", true},
    Option{Form::Flag, "accept-first", "", "let the first who asks in without another question"},
};
constexpr std::array kPairAccept{
    Option{Form::Positional, "link", "LINK", "the invitation's link", true}};
constexpr std::array kPairAsker{
    Option{Form::Positional, "id", "ASKER", "the asker's id, from 'pair list'", true}};
constexpr std::array kEntryAdd{
    Option{Form::Positional, "kind", "KIND",
        "goal, feedback, message, session, reflection, milestone, action, reaction, checkin or "
        "note",
        true},
    Option{Form::Value, "space", "ID", "the space; without it your private one"},
    kSets,
    kAdds,
    kSetFiles,
};
constexpr Option kSubject{Form::Positional, "id", "ID",
    "an entry's id, a space's, or 'me'; shortened while it is unique", true};
constexpr Option kMemberOf{Form::Value, "space", "ID",
    "the space in which a member is meant; without it your private one"};
constexpr Option kLine{Form::Value, "line", "TEXT",
    "a line of the agenda, by its words or its id: --set then sets fields of the line"};
constexpr std::array kEntrySet{kSubject, kMemberOf, kLine, kSets, kAdds, kRemoves, kSetFiles};
constexpr std::array kEntryShow{kSubject, kMemberOf};
constexpr std::array kEntryShare{
    kId,
    kInSpace,
    Option{Form::List, "only", "FIELD,FIELD", "these fields alone, of what is copied"},
};
constexpr std::array kEntrySend{kId, kInSpace};
constexpr std::array kEntryMove{
    kId,
    Option{Form::Value, "after", "ID", "right after this one"},
    Option{Form::Value, "before", "ID", "right before this one"},
    Option{Form::Flag, "first", "", "before all others"},
    Option{Form::Flag, "last", "", "after all others"},
};
constexpr std::array kEntryList{
    Option{Form::Value, "space", "ID", "only this space"},
    Option{Form::Value, "kind", "KIND", "only this kind"},
    Option{Form::Flag, "deleted", "", "deleted ones too"},
};
constexpr std::array kEntryHistory{
    Option{Form::PositionalList, "id", "ID", "one or more entries", true}};
constexpr std::array kEntryApply{
    Option{Form::Positional, "file", "FILE", "JSON lines; - reads them from standard input", true}};
constexpr std::array kSearch{
    Option{Form::Positional, "query", "QUERY", "words; the last may be a beginning", true},
    Option{Form::Value, "limit", "N", "at most so many (20 unless said)"},
};
constexpr std::array kSync{
    Option{Form::Flag, "once", "", "send what waits, take what is there, end"},
    Option{Form::Flag, "watch", "", "stay connected until interrupted"},
    Option{Form::Value, "timeout", "SECONDS", "with --once: give up after so long (60)"},
};
constexpr std::span<const Option> kNone{};

constexpr std::array kVerbs{
    Verb{"vault create", "Make a vault and its recovery sheet", kVaultCreate,
        "vault create --vault ~/journal --name Lina", false, Commands::vaultCreate},
    Verb{"vault info", "Say what the vault's key file says, without opening it", kNone,
        "vault info --vault ~/journal", false, Commands::vaultInfo},
    Verb{"vault passphrase", "Change the passphrase", kNone,
        "vault passphrase --vault ~/journal --new-passphrase-file new.txt", false,
        Commands::vaultPassphrase},
    Verb{"vault recover", "Set a new passphrase with the words of the recovery sheet", kNone,
        "vault recover --vault ~/journal --recovery-file words.txt", false, Commands::vaultRecover},
    Verb{"vault rebuild", "Make everything that is derived from the log again", kNone,
        "vault rebuild --vault ~/journal", true, Commands::vaultRebuild},
    Verb{"vault verify", "Check every signature, chain and page, and what is derived from them",
        kNone, "vault verify --vault ~/journal --json", true, Commands::vaultVerify},
    Verb{"space create", "Make a space for you and one other", kSpaceCreate,
        "space create --vault ~/journal --name 'Lina and Tomás' --role mentee", true,
        Commands::spaceCreate},
    Verb{"space list", "List your spaces and who is in them", kNone, "space list --vault ~/journal",
        true, Commands::spaceList},
    Verb{"space show", "Show one space", kOnlyId, "space show 4f1c --vault ~/journal", true,
        Commands::spaceShow},
    Verb{"space look", "Keep that you have looked at all that is in a space now", kOnlyId,
        "space look 4f1c --vault ~/journal", true, Commands::spaceLook},
    Verb{"pair invite", "Make an invitation into a space", kPairInvite,
        "pair invite --vault ~/journal --space 4f1c --relay ws://relay.example.org:7340 --role "
        "mentor",
        true, Commands::pairInvite},
    Verb{"pair accept", "Ask to be let in by a link", kPairAccept,
        "pair accept 'waymark:pair#…' --vault ~/journal", true, Commands::pairAccept},
    Verb{"pair confirm", "Let somebody in who asks", kPairAsker,
        "pair confirm 9a30 --vault ~/journal", true, Commands::pairConfirm},
    Verb{"pair turn-away", "Turn somebody away who asks", kPairAsker,
        "pair turn-away 9a30 --vault ~/journal", true, Commands::pairTurnAway},
    Verb{"pair withdraw", "Take an invitation back", kOnlyId,
        "pair withdraw 77b2 --vault ~/journal", true, Commands::pairWithdraw},
    Verb{"pair safety-number", "Show the digits to compare by voice", kOnlyId,
        "pair safety-number 4f1c --vault ~/journal", true, Commands::pairSafetyNumber},
    Verb{"pair list", "List invitations and who asks", kNone, "pair list --vault ~/journal", true,
        Commands::pairList},
    Verb{"entry add", "Write a new entry", kEntryAdd,
        "entry add goal --vault ~/journal --set title='Lead a review' due=2026-12-19\n"
        "entry add message --vault ~/journal --space 4f1c --set-file body=letter.txt",
        true, Commands::entryAdd},
    Verb{"entry set", "Change fields of an entry", kEntrySet,
        "entry set 81d0 --vault ~/journal --set status=done --add tags=review\n"
        "entry set 52ee --vault ~/journal --set 'agenda=[\"News\",\"Next steps\"]'\n"
        "entry set me --space 4f1c --vault ~/journal --set hours=09:00-18:00",
        true, Commands::entrySet},
    Verb{"entry delete", "Delete an entry; it can be restored", kOnlyId,
        "entry delete 81d0 --vault ~/journal", true, Commands::entryDelete},
    Verb{"entry restore", "Bring a deleted entry back", kOnlyId,
        "entry restore 81d0 --vault ~/journal", true, Commands::entryRestore},
    Verb{"entry share", "Put a private entry into a shared space", kEntryShare,
        "entry share 81d0 --space 4f1c --vault ~/journal", true, Commands::entryShare},
    Verb{"entry send", "Send a draft", kEntrySend, "entry send c3c3 --space 4f1c --vault ~/journal",
        true, Commands::entrySend},
    Verb{"entry acknowledge", "Say that you have taken note of what another wrote", kOnlyId,
        "entry acknowledge c3c3 --vault ~/journal", true, Commands::entryAcknowledge},
    Verb{"entry move", "Give a milestone or an action another place", kEntryMove,
        "entry move 0b11 --after 9e47 --vault ~/journal", true, Commands::entryMove},
    Verb{"entry list", "List entries", kEntryList,
        "entry list --vault ~/journal --space 4f1c --kind goal --json", true, Commands::entryList},
    Verb{"entry show", "Show one entry whole", kEntryShow, "entry show 81d0 --vault ~/journal",
        true, Commands::entryShow},
    Verb{"entry history", "Show who changed what, oldest first", kEntryHistory,
        "entry history 81d0 --vault ~/journal", true, Commands::entryHistory},
    Verb{"entry apply", "Do what a file of JSON lines says, one change a line", kEntryApply,
        "entry apply changes.jsonl --vault ~/journal --json", true, Commands::entryApply},
    Verb{"search", "Find entries by their words", kSearch,
        "search 'design rev' --limit 5 --vault ~/journal", true, Commands::search},
    Verb{"sync", "Carry changes to and from your partners", kSync,
        "sync --once --timeout 30 --vault ~/journal\nsync --watch --vault ~/journal --json", true,
        Commands::sync},
    Verb{"status", "Say what waits and what has arrived", kNone, "status --vault ~/journal", true,
        Commands::status},
    Verb{"log show", "List the logs that the journal is made of", kNone,
        "log show --vault ~/journal", true, Commands::logShow},
    Verb{"log check", "Check chains and signatures, and look for forks", kNone,
        "log check --vault ~/journal", true, Commands::logCheck},
};

} // namespace

std::span<const Verb> allVerbs()
{
    return kVerbs;
}

} // namespace Waymark
