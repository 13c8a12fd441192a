// SPDX-License-Identifier: Apache-2.0
#include "personalization/audit/proof.hpp"

#include "personalization/audit/log_scan.hpp"

namespace cancuoc::personalization::audit {

namespace {

using Json = nlohmann::json;

constexpr std::size_t longestPath = 128; // RFC 6962 needs 64 for the largest tree that a count tells

/// The leaves under a checkpoint, and the line of one of them.
struct Leaves {
    std::vector<Hash> hashes;
    std::string line;
};

Leaves leavesUnder(std::istream& log, const Checkpoint& checkpoint, std::uint64_t index) {
    Leaves leaves;
    const auto scan = scanLog(log, {{checkpoint.size, checkpoint.root}}, [&](const EntryLine& entry) {
        if (entry.index < checkpoint.size) {
            leaves.hashes.push_back(entry.hash);
        }
        if (entry.index == index) {
            leaves.line = toLowerCaseHex(entry.hash) + " " + std::string(entry.content);
        }
    });
    if (scan.vouchedFor != checkpoint.size) {
        throw BadConfiguration("The log does not hold up to the checkpoint of " +
                               std::to_string(checkpoint.size) + " entries. Verify it first.");
    }
    return leaves;
}

std::string objectionToEntry(const std::string& line, const Checkpoint& checkpoint,
                             std::span<const Hash> path) {
    const auto entry = EntryLine::parse(line);
    if (!entry || TreeHasher().leaf(viewOf(entry->content)) != entry->hash) {
        return "the entry is not what its hash says";
    }
    return isIncluded(entry->hash, entry->index, checkpoint.size, path, checkpoint.root)
               ? ""
               : "the entry is not under the checkpoint";
}

std::string objectionToFormer(const std::string& line, const Checkpoint& checkpoint,
                              std::span<const Hash> path, std::span<const trust::Certificate> signers) {
    const auto former = SignedCheckpoint::decode(line);
    if (const std::string objection = former.objection(signers); !objection.empty()) {
        return "the former checkpoint does not count: " + objection;
    }
    const Checkpoint& before = former.checkpoint();
    return before.log == checkpoint.log &&
                   isConsistent(before.size, before.root, checkpoint.size, checkpoint.root, path)
               ? ""
               : "the checkpoint does not go on from the former one";
}

} // namespace

Proof Proof::ofInclusion(std::istream& log, std::uint64_t index, const SignedCheckpoint& checkpoint) {
    const Leaves leaves = leavesUnder(log, checkpoint.checkpoint(), index);
    const auto path = inclusionPath(leaves.hashes, index);
    return {Kind::Inclusion, leaves.line, checkpoint.encode(), path};
}

Proof Proof::ofConsistency(std::istream& log, const SignedCheckpoint& former,
                           const SignedCheckpoint& checkpoint) {
    const Leaves leaves = leavesUnder(log, checkpoint.checkpoint(), 0);
    const auto path = consistencyPath(leaves.hashes, former.checkpoint().size);
    return {Kind::Consistency, former.encode(), checkpoint.encode(), path};
}

Proof Proof::decode(std::string_view json) {
    const Json parsed = Json::parse(json, nullptr, false);
    try {
        Proof proof;
        proof.kind = parsed.contains("entry") ? Kind::Inclusion : Kind::Consistency;
        proof.subject = parsed.at(proof.kind == Kind::Inclusion ? "entry" : "former");
        proof.checkpoint = parsed.at("checkpoint");
        for (const Json& step : parsed.at("path")) {
            const auto hash = hashFromHex(step.get<std::string>());
            if (!hash || proof.path.size() == longestPath) {
                throw MalformedData("The path of the proof is none.");
            }
            proof.path.push_back(*hash);
        }
        return proof;
    } catch (const Json::exception&) {
        throw MalformedData("This is no proof from an audit log.");
    }
}

std::string Proof::encode() const {
    Json steps = Json::array();
    for (const Hash& hash : path) {
        steps.push_back(toLowerCaseHex(hash));
    }
    const Json json{
        {"checkpoint", checkpoint}, {kind == Kind::Inclusion ? "entry" : "former", subject}, {"path", steps}};
    return json.dump(2) + "\n";
}

std::string Proof::objection(std::span<const trust::Certificate> signers) const {
    try {
        const auto later = SignedCheckpoint::decode(checkpoint);
        if (const std::string objection = later.objection(signers); !objection.empty()) {
            return "the checkpoint does not count: " + objection;
        }
        return kind == Kind::Inclusion ? objectionToEntry(subject, later.checkpoint(), path)
                                       : objectionToFormer(subject, later.checkpoint(), path, signers);
    } catch (const MalformedData& error) {
        return error.what();
    }
}

} // namespace cancuoc::personalization::audit
