// SPDX-License-Identifier: Apache-2.0
#include "personalization/jobs/sql_migrations.hpp"

#include <fmt/format.h>

namespace cancuoc::personalization::sql {

namespace {

// Several runs work on a store: each request says which of them has it, and each run gives signs of life.
constexpr std::string_view workersOnAStore = R"sql(
CREATE TABLE workers (
    id           {key},
    machine      TEXT NOT NULL,
    process      TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('working','ended','lost')),
    started      {number} NOT NULL,
    lease        {number} NOT NULL,
    lease_until  {number} NOT NULL
){options};
CREATE INDEX workers_at_work ON workers(state) WHERE state = 'working';
ALTER TABLE requests ADD COLUMN worker {number} NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN token {number} NOT NULL DEFAULT 0;
ALTER TABLE chips ADD COLUMN worker {number} NOT NULL DEFAULT 0;
CREATE INDEX requests_by_position ON requests(position);
CREATE INDEX chips_by_position ON chips(position);
)sql";

// Blanks are reconciled by station, shift and order: each event says in which it was.
constexpr std::string_view stockOfBlanks = R"sql(
ALTER TABLE workers ADD COLUMN shift TEXT NOT NULL DEFAULT '';
ALTER TABLE requests ADD COLUMN order_name TEXT NOT NULL DEFAULT '';
ALTER TABLE chips ADD COLUMN station TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN station TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN shift TEXT NOT NULL DEFAULT '';
CREATE INDEX events_of_shift ON events(shift);
CREATE INDEX events_of_chip ON events(serial);
CREATE TABLE stock_moves (
    id       {key},
    at       {number} NOT NULL,
    shift    TEXT NOT NULL,
    station  TEXT NOT NULL,
    action   TEXT NOT NULL CHECK (action IN ('received','returned','spoiled')),
    count    {number} NOT NULL CHECK (count > 0),
    reason   TEXT NOT NULL,
    who      TEXT NOT NULL
){options};
)sql";

// The persons of a line, and what two of them decided. Nobody approves what they asked for.
constexpr std::string_view personsAndDecisions = R"sql(
CREATE TABLE persons (
    name       TEXT PRIMARY KEY,
    roles      TEXT NOT NULL,
    password   TEXT NOT NULL,
    is_active  {number} NOT NULL
){options};
CREATE TABLE decisions (
    number      {key},
    at          {number} NOT NULL,
    action      TEXT NOT NULL,
    subject     TEXT NOT NULL,
    reason      TEXT NOT NULL,
    asked_by    TEXT NOT NULL,
    decided_by  TEXT CHECK (decided_by <> asked_by),
    refused_by  TEXT,
    state       TEXT NOT NULL CHECK (state IN ('asked','approved','refused','done')),
    CHECK (state NOT IN ('approved','done') OR decided_by IS NOT NULL)
){options};
CREATE INDEX decisions_by_subject ON decisions(action, subject);
)sql";

// What the store holds of citizens is sealed under a key that is not in it, and purged after the hand-over.
constexpr std::string_view sealedPayload = R"sql(
CREATE TABLE payload_key (sealed {bytes} NOT NULL){options};
ALTER TABLE requests ADD COLUMN sealed {number} NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN purged_at {number} NOT NULL DEFAULT 0;
ALTER TABLE chip_files ADD COLUMN sealed {number} NOT NULL DEFAULT 0;
)sql";

// Cards that were spoiled by the end of a run are not held against the request.
constexpr std::string_view excusedAttempts = R"sql(
ALTER TABLE requests ADD COLUMN excused {number} NOT NULL DEFAULT 0;
)sql";

// What was decided may be taken back: its state is then 'refused', and withdrawn_by says by whom. What is
// carried out at this moment may not.
constexpr std::string_view withdrawnDecisions = R"sql(
ALTER TABLE decisions ADD COLUMN withdrawn_by TEXT;
ALTER TABLE decisions ADD COLUMN being_done {number} NOT NULL DEFAULT 0;
)sql";

// Orders that go before others, or after them; `position` is that of their first request. Each index gives
// the next request of its kind at once, and requests_by_order the counts without reading pictures.
constexpr std::string_view orderPriorities = R"sql(
CREATE TABLE order_priorities (
    order_name  TEXT PRIMARY KEY,
    priority    {number} NOT NULL CHECK (priority <> 0),
    position    {number} NOT NULL
){options};
CREATE INDEX requests_by_order ON requests(order_name, state, position);
CREATE INDEX remakes_in_line ON requests(position) WHERE state = 'waiting' AND attempts > 0;
CREATE INDEX waiting_in_line ON requests(position, order_name) WHERE state = 'waiting';
)sql";

} // namespace

std::vector<std::string> laterMigrations(const ColumnTypes& types) {
    std::vector<std::string> migrations;
    for (const auto text : {workersOnAStore, stockOfBlanks, personsAndDecisions, sealedPayload,
                            excusedAttempts, withdrawnDecisions, orderPriorities}) {
        migrations.push_back(fmt::format(fmt::runtime(text), fmt::arg("key", types.key),
                                         fmt::arg("number", types.number), fmt::arg("bytes", types.bytes),
                                         fmt::arg("options", types.tableOptions)));
    }
    return migrations;
}

} // namespace cancuoc::personalization::sql
