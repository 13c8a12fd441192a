// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/sqlite_migrations.hpp"

#include "personalization/jobs/sql_migrations.hpp"

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

} // namespace

std::vector<std::string> migrations() {
    std::vector<std::string> all{firstTables, positionsOfChips};
    for (auto& later : sql::laterMigrations({.key = "INTEGER PRIMARY KEY",
                       .number = "INTEGER",
                       .bytes = "BLOB",
                       .tableOptions = " STRICT"})) {
        all.push_back(std::move(later));
    }
    return all;
}

} // namespace cancuoc::personalization::sqlite
