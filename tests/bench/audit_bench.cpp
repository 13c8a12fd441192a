// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/audit_bench.hpp"

#include "host/base/random.hpp"
#include "personalization/audit/audit_log.hpp"
#include "personalization/audit/log_verification.hpp"
#include "tests/unit/personalization/audit/audit_signer.hpp"

#include <chrono>
#include <fstream>
#include <stdexcept>

#include <sys/resource.h>

namespace cancuoc::bench {

namespace {

using namespace personalization::audit;
using Timer = std::chrono::steady_clock;

constexpr std::uint64_t checkpointEvery = 10'000;
constexpr std::uint64_t appended = 2'000;

double secondsSince(Timer::time_point start) {
    return std::chrono::duration<double>(Timer::now() - start).count();
}

// The most that the process has held so far, in MB.
double peakMemory() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

Event eventOfALine(std::uint64_t number) {
    Event event{std::chrono::sys_days(std::chrono::year(2026) / 12 / 1),
                "operator 7",
                "station 1",
                "loading-begun",
                std::string(32, 'a'),
                std::string(32, 'b')};
    event.members = {{"attempt", 1}, {"number", number}};
    return event;
}

std::vector<SignedCheckpoint> writeLog(const std::filesystem::path& file, std::uint64_t events,
                                       const test::AuditSigner& signer) {
    std::ofstream log(file, std::ios::binary);
    const auto certificate = signer.certificate();
    std::vector<SignedCheckpoint> checkpoints;
    TreeHasher hasher;
    GrowingTree tree;
    Hash first{};
    Hash last{};
    for (std::uint64_t index = 0; index < events; ++index) {
        log << encodeLine(index, last, encode(eventOfALine(index)), hasher, last);
        first = index == 0 ? last : first;
        tree.append(last);
        if (tree.size() % checkpointEvery == 0 || tree.size() == events) {
            checkpoints.push_back(SignedCheckpoint::make(
                {first, tree.size(), tree.root(), eventOfALine(0).at}, certificate, signer.sign()));
        }
    }
    return checkpoints;
}

double appendMicroseconds(const std::filesystem::path& file) {
    SystemRandom random;
    AuditLog log(file, systemClock(), random);
    const auto start = Timer::now();
    for (std::uint64_t index = 0; index < appended; ++index) {
        static_cast<void>(log.append(eventOfALine(index)));
    }
    return secondsSince(start) * 1e6 / static_cast<double>(appended);
}

} // namespace

void reportAudit(std::ostream& out, const std::filesystem::path& folder, std::uint64_t events) {
    const test::AuditSigner signer;
    const auto checkpoints = writeLog(folder / "audit.log", events, signer);
    const auto certificate = signer.certificate();
    const double memory = peakMemory();
    std::ifstream input(folder / "audit.log", std::ios::binary);
    const auto start = Timer::now();
    const auto verdict = verifyLog(input, checkpoints, {&certificate, 1});
    const double seconds = secondsSince(start);
    if (!verdict.holds() || verdict.scan.vouchedFor != events) {
        throw std::runtime_error("the audit log does not hold");
    }
    out << "Audit log of " << events << " events, " << verdict.scan.size / 1'000'000 << " MB, "
        << checkpoints.size() << " checkpoints signed on P-256\n"
        << "  verify               " << seconds << " s, " << static_cast<double>(events) / seconds
        << " events/s; a million within 10 s wanted\n"
        << "  memory               " << peakMemory() - memory << " MB more than before\n"
        << "  append and flush     " << appendMicroseconds(folder / "appended.log") << " us an event\n";
}

} // namespace cancuoc::bench
