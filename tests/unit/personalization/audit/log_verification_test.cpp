// SPDX-License-Identifier: Apache-2.0
// Everything that can be done to a log, at every entry of it: what the verifier says, and of which entry.
#include "personalization/audit/log_verification.hpp"

#include "host/base/moment.hpp"
#include "personalization/audit/proof.hpp"
#include "tests/unit/personalization/audit/audit_signer.hpp"

#include <doctest/doctest.h>

#include <sstream>

using namespace cancuoc;
using namespace cancuoc::personalization::audit;
using test::AuditSigner;

namespace {

constexpr std::size_t entries = 12;

std::string eventOf(std::size_t index, const std::string& who) {
    Event event{momentFromIso("2026-12-01T12:00:00Z"), who, "station 1", "good", "", ""};
    event.members["n"] = index;
    return encode(event);
}

/// Lines that follow each other from `first` on, after the entry with the hash `last`.
std::vector<std::string> chain(std::size_t first, std::size_t count, Hash last, const std::string& who) {
    TreeHasher hasher;
    std::vector<std::string> lines;
    for (std::size_t index = first; index < first + count; ++index) {
        lines.push_back(encodeLine(index, last, eventOf(index, who), hasher, last));
    }
    return lines;
}

Hash hashOf(const std::string& line) {
    return hashFromHex(std::string_view(line).substr(0, 64)).value();
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        text += line;
    }
    return text;
}

/// A log of twelve entries with checkpoints after some of them.
class Log {
public:
    explicit Log(const std::vector<std::size_t>& checkpointsAt = {5, entries})
        : lines(chain(0, entries, {}, "operator 7")) {
        for (const std::size_t size : checkpointsAt) {
            checkpoints.push_back(checkpointOver(size, signer));
        }
    }

    [[nodiscard]] SignedCheckpoint checkpointOver(std::size_t size, const AuditSigner& by) const {
        std::vector<Hash> leaves;
        for (const std::string& line : lines) {
            leaves.push_back(hashOf(line));
        }
        return SignedCheckpoint::make(
            {leaves[0], size, rootOf(std::span(leaves).first(size)), momentFromIso("2026-12-01T12:00:00Z")},
            by.certificate(), by.sign());
    }

    [[nodiscard]] LogVerdict verdict(const std::string& tail = "") const {
        std::istringstream input(joined(lines) + tail);
        const auto certificate = signer.certificate();
        return verifyLog(input, checkpoints, {&certificate, 1});
    }

    /// Requires that the first wrong entry is known and is this one. The signatures are not looked at: that
    /// takes most of the time.
    void requireWrong(Tampering what, std::uint64_t entry) const {
        std::map<std::uint64_t, Hash> roots;
        for (const SignedCheckpoint& checkpoint : checkpoints) {
            roots.emplace(checkpoint.checkpoint().size, checkpoint.checkpoint().root);
        }
        std::istringstream input(joined(lines));
        const auto wrong = scanLog(input, roots).firstWrong;
        REQUIRE(wrong);
        CAPTURE(wrong->explanation);
        CHECK(nameOf(wrong->what) == nameOf(what));
        CHECK(wrong->from == entry);
        CHECK(wrong->to == entry);
    }

    /// Writes the entry anew, with another content and the hash that belongs to it.
    void forge(std::size_t index) {
        const Hash previous = index == 0 ? Hash{} : hashOf(lines[index - 1]);
        lines[index] = chain(index, 1, previous, "somebody else").front();
    }

    AuditSigner signer;
    std::vector<std::string> lines;
    std::vector<SignedCheckpoint> checkpoints;
};

} // namespace

TEST_CASE("a log that nobody touched holds") {
    const Log log;
    const LogVerdict verdict = log.verdict();
    CHECK(verdict.holds());
    CHECK(verdict.checkpoints == 2);
    CHECK(verdict.scan.entries == entries);
    CHECK(verdict.scan.vouchedFor == entries);
    CHECK(verdict.scan.tornBytes == 0);
}

TEST_CASE("a torn last line is told, and is no tampering unless a checkpoint vouches for the entry") {
    Log log;
    const std::string next = chain(entries, 1, hashOf(log.lines.back()), "operator 7").front();
    for (std::size_t size = 1; size < next.size(); size += 7) {
        const LogVerdict verdict = log.verdict(next.substr(0, size));
        CHECK(verdict.holds());
        CHECK(verdict.scan.tornBytes == size);
        CHECK(verdict.scan.entries == entries);
    }
    log.lines.back().pop_back();
    log.requireWrong(Tampering::Truncated, entries - 1);
}

TEST_CASE("every changed byte of every entry is found, and the entry named") {
    Log log({entries});
    for (std::size_t index = 0; index < entries; ++index) {
        const std::string right = log.lines[index];
        for (std::size_t position = 0; position < right.size(); position += position < 140 ? 1 : 5) {
            CAPTURE(index);
            CAPTURE(position);
            log.lines[index] = right;
            char& character = log.lines[index][position];
            character = character == '0' ? '1' : '0';
            if (position + 1 < right.size()) {
                log.requireWrong(Tampering::Edited, index);
            } else { // the line feed: two lines are one
                log.requireWrong(index + 1 < entries ? Tampering::Edited : Tampering::Truncated, index);
            }
        }
        log.lines[index] = right;
    }
}

TEST_CASE("an entry that was edited and hashed again is found, and not the one after it") {
    for (std::size_t index = 0; index < entries; ++index) {
        CAPTURE(index);
        Log log({entries});
        log.forge(index);
        if (index + 2 < entries) {
            log.requireWrong(Tampering::Edited, index);
        } else { // nothing follows that could vouch for one of the two
            const LogVerdict verdict = log.verdict();
            CHECK(!verdict.holds());
            REQUIRE(verdict.scan.firstWrong);
            CHECK(verdict.scan.firstWrong->to >= index);
        }
    }
}

TEST_CASE("an entry that tells another place than its own is found, though the chain is whole") {
    for (std::size_t index = 1; index < entries; ++index) {
        CAPTURE(index);
        Log log(std::vector<std::size_t>{});
        const auto rest = chain(index + 1, entries - index, hashOf(log.lines[index - 1]), "operator 7");
        std::copy(rest.begin(), rest.end(), log.lines.begin() + static_cast<std::ptrdiff_t>(index));
        log.requireWrong(Tampering::Deleted, index);
    }
}

TEST_CASE("deleted entries are found at the first of them") {
    for (std::size_t index = 0; index < entries; ++index) {
        for (std::size_t count = 1; index + count <= entries; ++count) {
            CAPTURE(index);
            CAPTURE(count);
            Log log;
            const auto from = log.lines.begin() + static_cast<std::ptrdiff_t>(index);
            log.lines.erase(from, from + static_cast<std::ptrdiff_t>(count));
            log.requireWrong(index + count < entries ? Tampering::Deleted : Tampering::Truncated, index);
        }
    }
}

TEST_CASE("a copy of an entry behind it is found") {
    for (std::size_t index = 0; index < entries; ++index) {
        CAPTURE(index);
        Log log;
        const std::string copy = log.lines[index];
        log.lines.insert(log.lines.begin() + static_cast<std::ptrdiff_t>(index) + 1, copy);
        log.requireWrong(Tampering::Inserted, index + 1);
    }
}

TEST_CASE("an inserted entry that is made to fit is found, and not the one that it pushes away") {
    for (std::size_t index = 0; index <= entries; ++index) {
        CAPTURE(index);
        Log log({entries});
        const Hash previous = index == 0 ? Hash{} : hashOf(log.lines[index - 1]);
        log.lines.insert(log.lines.begin() + static_cast<std::ptrdiff_t>(index),
                         chain(index, 1, previous, "somebody else").front());
        if (index + 1 < entries) {
            log.requireWrong(Tampering::Inserted, index);
        } else if (index < entries) { // nothing follows that could vouch for one of the two
            const LogVerdict verdict = log.verdict();
            CHECK(!verdict.holds());
            REQUIRE(verdict.scan.firstWrong);
            CHECK(verdict.scan.firstWrong->to >= index);
        } else { // behind the last entry it is one that no checkpoint covers yet, as any new one
            CHECK(log.verdict().holds());
        }
    }
}

TEST_CASE("entries that were exchanged are found at the first of them") {
    for (std::size_t first = 0; first < entries; ++first) {
        for (std::size_t second = first + 1; second < entries; ++second) {
            CAPTURE(first);
            CAPTURE(second);
            Log log;
            std::swap(log.lines[first], log.lines[second]);
            log.requireWrong(Tampering::Reordered, first);
        }
    }
}

TEST_CASE("a log that ends early is found by the checkpoints") {
    for (std::size_t size = 0; size < entries; ++size) {
        Log log;
        log.lines.resize(size);
        log.requireWrong(Tampering::Truncated, size);
    }
}

TEST_CASE("a log that was written anew from some entry on is found by the checkpoints") {
    for (std::size_t index = 0; index < entries; ++index) {
        CAPTURE(index);
        Log log({3, 7, 8, entries});
        log.lines.resize(index);
        const Hash last = index == 0 ? Hash{} : hashOf(log.lines.back());
        for (std::string& line : chain(index, entries - index, last, "somebody else")) {
            log.lines.push_back(std::move(line));
        }
        const LogVerdict verdict = log.verdict();
        REQUIRE(verdict.scan.firstWrong);
        CHECK(verdict.scan.firstWrong->what == Tampering::Rewritten);
        CHECK(verdict.scan.firstWrong->from <= index);
        CHECK(verdict.scan.firstWrong->to >= index);
        if (index == 7) {
            CHECK(verdict.scan.firstWrong->from == 7); // between checkpoints one entry apart it is exact
            CHECK(verdict.scan.firstWrong->to == 7);
        }
        if (index == 0) {
            CHECK(verdict.objections.size() == 4); // all of another log
        }
    }
}

TEST_CASE("what a checkpoint vouches for is not blamed for what follows") {
    Log log({5});
    for (std::string& line : log.lines) { // from entry 5 on another chain, that does not follow entry 4
        line = line.substr(0);
    }
    auto others = chain(5, entries - 5, Hash{}, "somebody else");
    std::copy(others.begin(), others.end(), log.lines.begin() + 5);
    log.requireWrong(Tampering::Edited, 5);
}

TEST_CASE("without a checkpoint of the signer a log does not hold") {
    Log log(std::vector<std::size_t>{});
    CHECK(!log.verdict().holds());
    CHECK(log.verdict().objections ==
          std::vector<std::string>{"No checkpoint of the signer vouches for the log."});
    log.checkpoints.push_back(log.checkpointOver(entries, AuditSigner()));
    CHECK(!log.verdict().holds());
    CHECK(log.verdict().checkpoints == 0);
    log.checkpoints = {log.checkpointOver(entries, log.signer)};
    CHECK(log.verdict().holds());
}

TEST_CASE("checkpoints that contradict each other are told") {
    Log log({entries});
    Log other({entries});
    other.forge(entries - 1);
    log.checkpoints.push_back(other.checkpointOver(entries, log.signer));
    const LogVerdict verdict = log.verdict();
    CHECK(!verdict.holds());
    CHECK(verdict.objections ==
          std::vector<std::string>{"The checkpoint of 12 entries contradicts another of as many."});
}

TEST_CASE("an entry and a former checkpoint are proven without the log") {
    const Log log;
    const auto certificate = log.signer.certificate();
    const std::span signers(&certificate, 1);
    const std::string text = joined(log.lines);
    for (std::size_t index = 0; index < entries; ++index) {
        std::istringstream input(text);
        const Proof proof = Proof::ofInclusion(input, index, log.checkpoints.back());
        CHECK(proof.subject + "\n" == log.lines[index]);
        Proof read = Proof::decode(proof.encode());
        CHECK(read.objection(signers).empty());
        read.subject = chain(index, 1, {}, "somebody else").front();
        read.subject.pop_back();
        CHECK(read.objection(signers) == "the entry is not under the checkpoint");
    }
    std::istringstream input(text);
    const Proof proof = Proof::ofConsistency(input, log.checkpoints[0], log.checkpoints[1]);
    CHECK(Proof::decode(proof.encode()).objection(signers).empty());
    Log other;
    other.forge(2);
    Proof wrong = proof;
    wrong.subject = other.checkpointOver(5, log.signer).encode();
    CHECK(wrong.objection(signers) == "the checkpoint does not go on from the former one");
    const auto stranger = AuditSigner().certificate();
    CHECK(proof.objection({&stranger, 1}).find("does not count") != std::string::npos);
    std::istringstream again(text);
    CHECK_THROWS_AS(static_cast<void>(Proof::ofInclusion(again, entries, log.checkpoints.back())),
                    BadConfiguration);
    for (const char* json : {"", "{}", "[]", R"({"entry":1,"checkpoint":"","path":[]})",
                             R"({"entry":"","checkpoint":"","path":["00"]})"}) {
        CHECK_THROWS_AS(static_cast<void>(Proof::decode(json)), MalformedData);
    }
}
