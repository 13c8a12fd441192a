// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/postgresql_migrations.hpp"

#include "personalization/jobs/sql_migrations.hpp"

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

} // namespace

std::vector<std::string> migrations() {
    std::vector<std::string> all{firstTables};
    for (auto& later : sql::laterMigrations({.key = "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                       .number = "BIGINT",
                       .bytes = "BYTEA",
                       .tableOptions = ""})) {
        all.push_back(std::move(later));
    }
    return all;
}

} // namespace cancuoc::personalization::postgresql
