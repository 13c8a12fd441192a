// SPDX-License-Identifier: Apache-2.0
#include "tools/trace_file.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

#include <fmt/format.h>

#include "host/base/clock.hpp"
#include "host/base/error.hpp"
#include "host/trace/redaction.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

[[noreturn]] void refuse(const std::string& path) {
    throw Error(fmt::format("Cannot write the trace to {}.", path));
}

} // namespace

TraceFile::TraceFile(const ReadOptions& options, const inspection::GivenAccess& given,
                     const inspection::InspectionRequest& request)
    : path_(options.traceFile), redacted_(!options.traceUnredacted) {
    if (path_.empty()) {
        return;
    }
    if (!std::ofstream(path_, std::ios::app)) {
        refuse(path_);
    }
    if (!redacted_) {
        printText(std::cerr,
                  "{} will hold the password, all personal data and the face: it is for the owner "
                  "of a test card only.\n",
                  path_);
    }
    recorder_.emplace(trace::Header::of(given, request, systemClock()()));
}

void TraceFile::write() const {
    SystemRandom random;
    const auto text =
        trace::write(redacted_ ? trace::redact(recorder_->verbatim(), random) : recorder_->verbatim());
    std::error_code ignored; // where the file is a device
    std::filesystem::permissions(
        path_, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
    std::ofstream file(path_, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file) {
        refuse(path_);
    }
}

} // namespace cancuoc::tools
