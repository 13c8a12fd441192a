// SPDX-License-Identifier: Apache-2.0
#include "tools/audit_files.hpp"

#include <algorithm>
#include <filesystem>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/audit/audit_log.hpp"

namespace cancuoc::tools {

namespace audit = personalization::audit;

namespace {
constexpr std::size_t largestCheckpointFile = std::size_t{256} << 20;
}

std::ifstream openAuditLog(const std::string& file) {
    if (!std::filesystem::is_regular_file(file)) {
        throw BadConfiguration("There is no audit log " + file + ". `perso run` writes STORE.audit.");
    }
    std::ifstream input(file, std::ios::binary);
    if (!input) {
        throw Error("Cannot read the audit log " + file + ". Look after your rights to it.");
    }
    return input;
}

std::vector<audit::SignedCheckpoint> checkpointsOf(const std::string& log, std::vector<std::string> others) {
    const auto beside = audit::checkpointsBeside(log);
    if (std::filesystem::exists(beside)) {
        others.insert(others.begin(), beside.string());
    }
    std::vector<audit::SignedCheckpoint> all;
    for (const std::string& file : others) {
        auto read = audit::decodeCheckpoints(toText(readFile(file, largestCheckpointFile)));
        std::move(read.begin(), read.end(), std::back_inserter(all));
    }
    return all;
}

} // namespace cancuoc::tools
