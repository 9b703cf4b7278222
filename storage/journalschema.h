// SPDX-FileCopyrightText: 2026 The Waymark authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace Waymark {

/// The tables of the journal (docs/FILE_FORMAT.md): the log, which is the truth; what it merges to,
/// which can be dropped and made again; and what is local to this vault.
constexpr const char* kJournalSchema = R"sql(
CREATE TABLE space(
    id INTEGER PRIMARY KEY,
    sid BLOB NOT NULL UNIQUE,
    creator BLOB NOT NULL,
    private INTEGER NOT NULL
);
CREATE TABLE log(
    id INTEGER PRIMARY KEY,
    space INTEGER NOT NULL REFERENCES space(id),
    name BLOB NOT NULL,
    person BLOB NOT NULL,
    signing BLOB NOT NULL,
    seq INTEGER NOT NULL DEFAULT 0,
    lamport INTEGER NOT NULL DEFAULT 0,
    head BLOB,
    version BLOB NOT NULL DEFAULT x'80',
    unsigned INTEGER NOT NULL DEFAULT 0,
    stopped TEXT,
    UNIQUE(space, name)
);
CREATE TABLE op(
    id INTEGER PRIMARY KEY,
    header BLOB NOT NULL,
    body BLOB NOT NULL
);
CREATE TABLE sig(
    op INTEGER PRIMARY KEY,
    signature BLOB NOT NULL
);
CREATE TABLE dep(
    on_log INTEGER NOT NULL,
    log INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    PRIMARY KEY(on_log, log, seq)
) WITHOUT ROWID;
CREATE TABLE waiting(
    space INTEGER NOT NULL,
    device BLOB NOT NULL,
    seq INTEGER NOT NULL,
    op BLOB NOT NULL,
    PRIMARY KEY(space, device, seq)
);
CREATE TABLE aside(
    space INTEGER NOT NULL,
    device BLOB NOT NULL,
    op BLOB NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY(space, device)
);
CREATE TABLE member(
    space INTEGER NOT NULL,
    person BLOB NOT NULL,
    role TEXT NOT NULL,
    log INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    lamport INTEGER NOT NULL,
    identity BLOB NOT NULL,
    roster BLOB NOT NULL,
    devices BLOB NOT NULL,
    PRIMARY KEY(space, person)
);
CREATE TABLE entry(
    id INTEGER PRIMARY KEY,
    space INTEGER NOT NULL,
    kind TEXT NOT NULL,
    grp INTEGER NOT NULL,
    at INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    conflict INTEGER NOT NULL,
    eid BLOB NOT NULL,
    parent BLOB,
    about BLOB,
    row BLOB NOT NULL,
    state BLOB NOT NULL
);
CREATE UNIQUE INDEX entry_eid ON entry(eid, space);
CREATE INDEX entry_list ON entry(space, kind, grp, at DESC, eid, row) WHERE deleted = 0;
CREATE INDEX entry_parent ON entry(parent) WHERE parent IS NOT NULL;
CREATE INDEX entry_about ON entry(about) WHERE about IS NOT NULL;
CREATE INDEX entry_conflict ON entry(space) WHERE conflict = 1;
CREATE TABLE body(
    entry INTEGER NOT NULL,
    field TEXT NOT NULL,
    state BLOB NOT NULL,
    PRIMARY KEY(entry, field)
);
CREATE TABLE ordering(
    entry INTEGER NOT NULL,
    list TEXT NOT NULL,
    state BLOB NOT NULL,
    PRIMARY KEY(entry, list)
);
CREATE TABLE hist(
    entry INTEGER NOT NULL,
    chunk INTEGER NOT NULL,
    stamps BLOB NOT NULL,
    PRIMARY KEY(entry, chunk)
) WITHOUT ROWID;
CREATE TABLE stale(
    entry INTEGER PRIMARY KEY
);
CREATE VIRTUAL TABLE search USING fts5(
    body, content='', contentless_delete=1, prefix='2 3', tokenize='unicode61 remove_diacritics 2'
);
CREATE TABLE unsealed(
    eid BLOB NOT NULL,
    space INTEGER NOT NULL,
    field TEXT NOT NULL,
    edits BLOB NOT NULL,
    PRIMARY KEY(eid, field)
);
CREATE TABLE mark(
    eid BLOB PRIMARY KEY,
    send INTEGER NOT NULL,
    target BLOB NOT NULL,
    since INTEGER NOT NULL
);
CREATE TABLE record(
    kind TEXT NOT NULL,
    key BLOB NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY(kind, key)
) WITHOUT ROWID;
CREATE TABLE progress(
    space INTEGER NOT NULL,
    peer BLOB NOT NULL,
    sent INTEGER NOT NULL,
    received INTEGER NOT NULL,
    PRIMARY KEY(space, peer)
) WITHOUT ROWID;
)sql";

} // namespace Waymark
