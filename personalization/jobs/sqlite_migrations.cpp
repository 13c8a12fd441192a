// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/sqlite_migrations.hpp"

#include <array>

namespace cancuoc::personalization::sqlite {

namespace {

// The indexes and triggers hold what must hold whatever the program does: one card in work or good for a
// request, one request for a chip, and an end that stays the end.
constexpr const char* firstTables = R"sql(
CREATE TABLE requests (
    request_id   TEXT PRIMARY KEY,
    number       TEXT NOT NULL,
    record       TEXT NOT NULL,
    portrait     BLOB NOT NULL,
    left_index   BLOB NOT NULL,
    right_index  BLOB NOT NULL,
    digest       BLOB NOT NULL,
    state        TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN
                 ('waiting','claimed','loading','loaded','verified','good','rejected','quarantined')),
    attempts     INTEGER NOT NULL DEFAULT 0,
    reason       TEXT NOT NULL DEFAULT '',
    position     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_request_for_a_citizen ON requests(number) WHERE state <> 'rejected';
CREATE INDEX requests_in_line ON requests(attempts = 0, position) WHERE state = 'waiting';
CREATE INDEX requests_by_state ON requests(state);
CREATE TRIGGER good_requests_stay BEFORE UPDATE OF state ON requests
    WHEN OLD.state = 'good' AND NEW.state <> 'good'
    BEGIN SELECT RAISE(ABORT, 'a good card is the end of its request'); END;

CREATE TABLE chips (
    serial       TEXT PRIMARY KEY,
    state        TEXT NOT NULL CHECK (state IN
                 ('received','loading','loaded','verified','good','spoiled','returned','quarantined')),
    request_id   TEXT REFERENCES requests(request_id),
    is_volatile  INTEGER NOT NULL,
    reason       TEXT NOT NULL DEFAULT '',
    CHECK (request_id IS NOT NULL OR state IN ('received','returned','spoiled'))
) STRICT;
CREATE UNIQUE INDEX one_card_for_a_request ON chips(request_id)
    WHERE state IN ('loading','loaded','verified','good','quarantined');
CREATE INDEX chips_by_state ON chips(state);
CREATE TRIGGER one_request_for_a_chip BEFORE UPDATE OF request_id ON chips
    WHEN OLD.request_id IS NOT NULL AND NEW.request_id IS NOT OLD.request_id AND NEW.state <> 'returned'
    BEGIN SELECT RAISE(ABORT, 'a chip belongs to one request'); END;
CREATE TRIGGER decided_chips_stay BEFORE UPDATE OF state ON chips
    WHEN OLD.state IN ('good','spoiled') AND NEW.state <> OLD.state
    BEGIN SELECT RAISE(ABORT, 'a good or spoiled chip stays so'); END;

CREATE TABLE chip_files (
    serial           TEXT NOT NULL REFERENCES chips(serial),
    file_identifier  INTEGER NOT NULL,
    content          BLOB NOT NULL,
    PRIMARY KEY (serial, file_identifier)
) STRICT;
CREATE TABLE steps (
    id            INTEGER PRIMARY KEY,
    serial        TEXT NOT NULL REFERENCES chips(serial),
    step          TEXT NOT NULL,
    microseconds  INTEGER NOT NULL
) STRICT;
CREATE INDEX steps_of_chip ON steps(serial);
CREATE TABLE events (
    id          INTEGER PRIMARY KEY,
    at          INTEGER NOT NULL,
    event       TEXT NOT NULL,
    request_id  TEXT NOT NULL,
    serial      TEXT NOT NULL,
    detail      TEXT NOT NULL
) STRICT;
CREATE TABLE runs (
    id            INTEGER PRIMARY KEY,
    good          INTEGER NOT NULL,
    microseconds  INTEGER NOT NULL
) STRICT;
)sql";

// Chips keep the order in which they came, by a number of their own.
constexpr const char* positionsOfChips = R"sql(
ALTER TABLE chips ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
UPDATE chips SET position = rowid;
)sql";

// Several runs work on a store: each request says which of them has it, and each run gives signs of life.
constexpr const char* workersOnAStore = R"sql(
CREATE TABLE workers (
    id           INTEGER PRIMARY KEY,
    machine      TEXT NOT NULL,
    process      TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('working','ended','lost')),
    started      INTEGER NOT NULL,
    lease        INTEGER NOT NULL,
    lease_until  INTEGER NOT NULL
) STRICT;
CREATE INDEX workers_at_work ON workers(state) WHERE state = 'working';
ALTER TABLE requests ADD COLUMN worker INTEGER NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN token INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chips ADD COLUMN worker INTEGER NOT NULL DEFAULT 0;
CREATE INDEX requests_by_position ON requests(position);
CREATE INDEX chips_by_position ON chips(position);
)sql";

// Blanks are reconciled by station, shift and order: each event says in which it was.
constexpr const char* stockOfBlanks = R"sql(
ALTER TABLE workers ADD COLUMN shift TEXT NOT NULL DEFAULT '';
ALTER TABLE requests ADD COLUMN order_name TEXT NOT NULL DEFAULT '';
ALTER TABLE chips ADD COLUMN station TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN station TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN shift TEXT NOT NULL DEFAULT '';
CREATE INDEX events_of_shift ON events(shift);
CREATE INDEX events_of_chip ON events(serial);
CREATE TABLE stock_moves (
    id       INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    shift    TEXT NOT NULL,
    station  TEXT NOT NULL,
    action   TEXT NOT NULL CHECK (action IN ('received','returned','spoiled')),
    count    INTEGER NOT NULL CHECK (count > 0),
    reason   TEXT NOT NULL,
    who      TEXT NOT NULL
) STRICT;
)sql";

// The persons of a line, and what two of them decided. Nobody approves what they asked for.
constexpr const char* personsAndDecisions = R"sql(
CREATE TABLE persons (
    name       TEXT PRIMARY KEY,
    roles      TEXT NOT NULL,
    password   TEXT NOT NULL,
    is_active  INTEGER NOT NULL
) STRICT;
CREATE TABLE decisions (
    number      INTEGER PRIMARY KEY,
    at          INTEGER NOT NULL,
    action      TEXT NOT NULL,
    subject     TEXT NOT NULL,
    reason      TEXT NOT NULL,
    asked_by    TEXT NOT NULL,
    decided_by  TEXT CHECK (decided_by <> asked_by),
    refused_by  TEXT,
    state       TEXT NOT NULL CHECK (state IN ('asked','approved','refused','done')),
    CHECK (state NOT IN ('approved','done') OR decided_by IS NOT NULL)
) STRICT;
CREATE INDEX decisions_by_subject ON decisions(action, subject);
)sql";

// What the store holds of citizens is sealed under a key that is not in it, and purged after the hand-over.
constexpr const char* sealedPayload = R"sql(
CREATE TABLE payload_key (sealed BLOB NOT NULL) STRICT;
ALTER TABLE requests ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN purged_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE chip_files ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0;
)sql";

// Cards that were spoiled by the end of a run are not held against the request.
constexpr const char* excusedAttempts = R"sql(
ALTER TABLE requests ADD COLUMN excused INTEGER NOT NULL DEFAULT 0;
)sql";

constexpr std::array all{firstTables,         positionsOfChips, workersOnAStore, stockOfBlanks,
                         personsAndDecisions, sealedPayload,    excusedAttempts};

} // namespace

std::span<const char* const> migrations() {
    return all;
}

} // namespace cancuoc::personalization::sqlite
