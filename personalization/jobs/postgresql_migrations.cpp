// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/postgresql_migrations.hpp"

#include <array>

namespace cancuoc::personalization::postgresql {

namespace {

// The same as in SQLite: the indexes and triggers hold what must hold whatever the program does.
constexpr const char* firstTables = R"sql(
CREATE TABLE job_store (version BIGINT NOT NULL);

CREATE TABLE requests (
    request_id   TEXT PRIMARY KEY,
    number       TEXT NOT NULL,
    record       TEXT NOT NULL,
    portrait     BYTEA NOT NULL,
    left_index   BYTEA NOT NULL,
    right_index  BYTEA NOT NULL,
    digest       BYTEA NOT NULL,
    state        TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN
                 ('waiting','claimed','loading','loaded','verified','good','rejected','quarantined')),
    attempts     BIGINT NOT NULL DEFAULT 0,
    reason       TEXT NOT NULL DEFAULT '',
    position     BIGINT NOT NULL
);
CREATE UNIQUE INDEX one_request_for_a_citizen ON requests(number) WHERE state <> 'rejected';
CREATE INDEX requests_in_line ON requests((attempts = 0), position) WHERE state = 'waiting';
CREATE INDEX requests_by_state ON requests(state);

CREATE TABLE chips (
    serial       TEXT PRIMARY KEY,
    state        TEXT NOT NULL CHECK (state IN
                 ('received','loading','loaded','verified','good','spoiled','returned','quarantined')),
    request_id   TEXT REFERENCES requests(request_id),
    is_volatile  BIGINT NOT NULL,
    reason       TEXT NOT NULL DEFAULT '',
    position     BIGINT NOT NULL,
    CHECK (request_id IS NOT NULL OR state IN ('received','returned','spoiled'))
);
CREATE UNIQUE INDEX one_card_for_a_request ON chips(request_id)
    WHERE state IN ('loading','loaded','verified','good','quarantined');
CREATE INDEX chips_by_state ON chips(state);

CREATE FUNCTION keep_good_requests() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN RAISE EXCEPTION 'a good card is the end of its request'; END$$;
CREATE TRIGGER good_requests_stay BEFORE UPDATE OF state ON requests FOR EACH ROW
    WHEN (OLD.state = 'good' AND NEW.state <> 'good') EXECUTE FUNCTION keep_good_requests();
CREATE FUNCTION keep_request_of_chip() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN RAISE EXCEPTION 'a chip belongs to one request'; END$$;
CREATE TRIGGER one_request_for_a_chip BEFORE UPDATE OF request_id ON chips FOR EACH ROW
    WHEN (OLD.request_id IS NOT NULL AND NEW.request_id IS DISTINCT FROM OLD.request_id
          AND NEW.state <> 'returned') EXECUTE FUNCTION keep_request_of_chip();
CREATE FUNCTION keep_decided_chips() RETURNS trigger LANGUAGE plpgsql AS
    $$BEGIN RAISE EXCEPTION 'a good or spoiled chip stays so'; END$$;
CREATE TRIGGER decided_chips_stay BEFORE UPDATE OF state ON chips FOR EACH ROW
    WHEN (OLD.state IN ('good','spoiled') AND NEW.state <> OLD.state) EXECUTE FUNCTION keep_decided_chips();

CREATE TABLE chip_files (
    serial           TEXT NOT NULL REFERENCES chips(serial),
    file_identifier  BIGINT NOT NULL,
    content          BYTEA NOT NULL,
    PRIMARY KEY (serial, file_identifier)
);
CREATE TABLE steps (
    id            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    serial        TEXT NOT NULL REFERENCES chips(serial),
    step          TEXT NOT NULL,
    microseconds  BIGINT NOT NULL
);
CREATE INDEX steps_of_chip ON steps(serial);
CREATE TABLE events (
    id          BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at          BIGINT NOT NULL,
    event       TEXT NOT NULL,
    request_id  TEXT NOT NULL,
    serial      TEXT NOT NULL,
    detail      TEXT NOT NULL
);
CREATE TABLE runs (
    id            BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    good          BIGINT NOT NULL,
    microseconds  BIGINT NOT NULL
);
)sql";

// Several runs work on a store: each request says which of them has it, and each run gives signs of life.
constexpr const char* workersOnAStore = R"sql(
CREATE TABLE workers (
    id           BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    machine      TEXT NOT NULL,
    process      TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('working','ended','lost')),
    started      BIGINT NOT NULL,
    lease        BIGINT NOT NULL,
    lease_until  BIGINT NOT NULL
);
CREATE INDEX workers_at_work ON workers(state) WHERE state = 'working';
ALTER TABLE requests ADD COLUMN worker BIGINT NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN token BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chips ADD COLUMN worker BIGINT NOT NULL DEFAULT 0;
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
    id       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       BIGINT NOT NULL,
    shift    TEXT NOT NULL,
    station  TEXT NOT NULL,
    action   TEXT NOT NULL CHECK (action IN ('received','returned','spoiled')),
    count    BIGINT NOT NULL CHECK (count > 0),
    reason   TEXT NOT NULL,
    who      TEXT NOT NULL
);
)sql";

// The persons of a line, and what two of them decided. Nobody approves what they asked for.
constexpr const char* personsAndDecisions = R"sql(
CREATE TABLE persons (
    name       TEXT PRIMARY KEY,
    roles      TEXT NOT NULL,
    password   TEXT NOT NULL,
    is_active  BIGINT NOT NULL
);
CREATE TABLE decisions (
    number      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at          BIGINT NOT NULL,
    action      TEXT NOT NULL,
    subject     TEXT NOT NULL,
    reason      TEXT NOT NULL,
    asked_by    TEXT NOT NULL,
    decided_by  TEXT CHECK (decided_by <> asked_by),
    refused_by  TEXT,
    state       TEXT NOT NULL CHECK (state IN ('asked','approved','refused','done')),
    CHECK (state NOT IN ('approved','done') OR decided_by IS NOT NULL)
);
CREATE INDEX decisions_by_subject ON decisions(action, subject);
)sql";

// What the store holds of citizens is sealed under a key that is not in it, and purged after the hand-over.
constexpr const char* sealedPayload = R"sql(
CREATE TABLE payload_key (sealed BYTEA NOT NULL);
ALTER TABLE requests ADD COLUMN sealed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN purged_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chip_files ADD COLUMN sealed BIGINT NOT NULL DEFAULT 0;
)sql";

// Cards that were spoiled by the end of a run are not held against the request.
constexpr const char* excusedAttempts = R"sql(
ALTER TABLE requests ADD COLUMN excused BIGINT NOT NULL DEFAULT 0;
)sql";

constexpr std::array all{firstTables,         workersOnAStore, stockOfBlanks,
                         personsAndDecisions, sealedPayload,   excusedAttempts};

} // namespace

std::span<const char* const> migrations() {
    return all;
}

} // namespace cancuoc::personalization::postgresql
