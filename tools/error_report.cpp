// SPDX-License-Identifier: Apache-2.0
#include "tools/error_report.hpp"

#include <new>
#include <ostream>
#include <string>

#include <CLI/CLI.hpp>

#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

struct Failure {
    std::string sentence;
    ExitStatus status = ExitStatus::Failed;
};

Failure describe(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const CLI::ParseError& error) {
        return {error.what(), ExitStatus::WrongUsage};
    } catch (const std::bad_alloc&) {
        return {"not enough memory"};
    } catch (const std::exception& error) {
        return {error.what()};
    }
}

} // namespace

ExitStatus reportError(const std::exception_ptr& failure, std::ostream& diagnostics, std::ostream* json) {
    const auto [sentence, status] = describe(failure);
    printText(diagnostics, "cancuoc: {}\n", sentence);
    if (status == ExitStatus::WrongUsage) {
        diagnostics << "Run the command with --help to see its options.\n";
    }
    if (json != nullptr) {
        printJson(*json, {{"error", sentence}, {"exitStatus", static_cast<int>(status)}});
    }
    return status;
}

} // namespace cancuoc::tools
