// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <stdexcept>
#include <string>

#include <unistd.h>

#include "personalization/jobs/postgresql.hpp"

namespace cancuoc::test {

/// An empty schema that goes with the test, on the server of tools/with_postgresql.sh: it is made sooner than
/// a database, and serves as one.
class PostgresqlSchema {
public:
    PostgresqlSchema() { server().execute("CREATE SCHEMA " + name_); }
    PostgresqlSchema(const PostgresqlSchema&) = delete;
    PostgresqlSchema& operator=(const PostgresqlSchema&) = delete;
    ~PostgresqlSchema() {
        try {
            server().execute("DROP SCHEMA " + name_ + " CASCADE");
        } catch (const Error&) {
            return; // the server ends with the tests
        }
    }

    [[nodiscard]] std::string uri() const {
        return serverUri() + "postgres?options=-csearch_path%3D" + name_;
    }
    /// Of a database that is not there.
    [[nodiscard]] static std::string uriOfNothing() { return serverUri() + "nowhere"; }

private:
    static std::string serverUri() {
        const char* uri = std::getenv("CANCUOC_POSTGRESQL");
        if (uri == nullptr) {
            throw std::runtime_error("run this test with: sh tools/with_postgresql.sh TEST");
        }
        return uri;
    }
    static personalization::postgresql::Database server() {
        return personalization::postgresql::Database(serverUri() + "postgres");
    }
    static std::string nextName() {
        static int made = 0;
        return "schema_" + std::to_string(::getpid()) + "_" + std::to_string(++made);
    }

    std::string name_ = nextName();
};

} // namespace cancuoc::test
