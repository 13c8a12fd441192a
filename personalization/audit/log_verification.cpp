// SPDX-License-Identifier: Apache-2.0
#include "personalization/audit/log_verification.hpp"

namespace cancuoc::personalization::audit {

namespace {

std::string nameOf(const Checkpoint& checkpoint) {
    return "The checkpoint of " + std::to_string(checkpoint.size) + " entries";
}

} // namespace

LogVerdict verifyLog(std::istream& log, std::span<const SignedCheckpoint> checkpoints,
                     std::span<const trust::Certificate> signers) {
    LogVerdict verdict;
    std::map<std::uint64_t, Hash> roots;
    std::vector<Checkpoint> trusted;
    for (const SignedCheckpoint& candidate : checkpoints) {
        const Checkpoint& checkpoint = candidate.checkpoint();
        if (const std::string objection = candidate.objection(signers); !objection.empty()) {
            verdict.objections.push_back(nameOf(checkpoint) + " does not count: " + objection + ".");
            continue;
        }
        trusted.push_back(checkpoint);
        if (!roots.emplace(checkpoint.size, checkpoint.root).second &&
            roots.at(checkpoint.size) != checkpoint.root) {
            verdict.objections.push_back(nameOf(checkpoint) + " contradicts another of as many.");
        }
    }
    verdict.checkpoints = trusted.size();
    if (trusted.empty()) {
        verdict.objections.emplace_back("No checkpoint of the signer vouches for the log.");
    }
    verdict.scan = scanLog(log, roots);
    for (const Checkpoint& checkpoint : trusted) {
        if (verdict.scan.entries > 0 && checkpoint.log != verdict.scan.first) {
            verdict.objections.push_back(nameOf(checkpoint) + " is one of another log.");
        }
    }
    return verdict;
}

} // namespace cancuoc::personalization::audit
