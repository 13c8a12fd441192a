// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "personalization/jobs/report.hpp"

namespace cancuoc::test {

/// Starts `cancuoc perso` with these arguments; its process id. What it prints goes nowhere.
inline pid_t startPerso(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {CANCUOC_PROGRAM, "perso"});
    std::vector<char*> given;
    for (std::string& argument : arguments) {
        given.push_back(argument.data());
    }
    given.push_back(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
        const int nowhere = ::open("/dev/null", O_WRONLY);
        ::dup2(nowhere, STDOUT_FILENO);
        ::execv(CANCUOC_PROGRAM, given.data());
        ::_exit(127);
    }
    REQUIRE(child > 0);
    return child;
}

/// How many files of a folder have a name that begins with `prefix`.
inline std::size_t countFiles(const std::filesystem::path& folder, const std::string& prefix) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        count += entry.path().filename().string().starts_with(prefix) ? 1 : 0;
    }
    return count;
}

/// Every request and every blank stands in one place.
inline void checkBalance(const personalization::Report& report, std::size_t requests) {
    CHECK(report.requests == requests);
    CHECK(report.requests ==
          report.good + report.rejected + report.inProcess + report.waiting + report.quarantined);
    CHECK(report.blanks.received ==
          report.blanks.good + report.blanks.spoiled + report.blanks.returned + report.blanks.inProcess);
    CHECK(report.blanks.good == report.good);
}

} // namespace cancuoc::test
