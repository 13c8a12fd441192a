// SPDX-License-Identifier: Apache-2.0
#include "tools/error_report.hpp"

#include <new>
#include <ostream>

#include <CLI/CLI.hpp>

namespace cancuoc::tools {

ExitStatus reportError(const std::exception_ptr& failure, std::ostream& diagnostics) {
    try {
        std::rethrow_exception(failure);
    } catch (const CLI::ParseError& error) {
        diagnostics << "cancuoc: " << error.what() << "\nRun the command with --help to see its options.\n";
        return ExitStatus::WrongUsage;
    } catch (const std::bad_alloc&) {
        diagnostics << "cancuoc: not enough memory\n";
    } catch (const std::exception& error) {
        diagnostics << "cancuoc: " << error.what() << "\n";
    }
    return ExitStatus::Failed;
}

} // namespace cancuoc::tools
