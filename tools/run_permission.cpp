// SPDX-License-Identifier: Apache-2.0
#include "tools/run_permission.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "host/base/clock.hpp"
#include "host/base/file.hpp"
#include "host/base/random.hpp"
#include "host/crypto/digest.hpp"
#include "personalization/jobs/open_job_store.hpp"
#include "personalization/loading/load_profile.hpp"
#include "tools/line_audit.hpp"
#include "tools/line_persons.hpp"

namespace cancuoc::tools {

namespace {

using namespace personalization;

constexpr std::size_t largestKeyFile = 1 << 20;

std::string sha256Of(BytesView content) {
    return toLowerCaseHex(digest(HashAlgorithm::Sha256, content));
}

void requireApproved(DecisionBook& book, Action action, const std::string& subject,
                     const std::string& given) {
    if (!book.isApproved(action, subject)) {
        throw NotAllowed(
            fmt::format("Two persons must want that this line uses {}: cancuoc perso decision ask {} {}.",
                        given, nameOf(action), given));
    }
}

} // namespace

void requireAllowedRun(const RunMeans& means) {
    SystemRandom random;
    const auto book = openDecisionBook(means.store, systemClock(), random);
    if (!signInFor({Role::Operator, "an operator starts its runs", "--operator"},
                   {means.operatorName, means.operatorPasswordFile}, *book)) {
        return;
    }
    requireApproved(*book, Action::Template, profileSubject(means.loadProfile), means.loadProfile);
    requireApproved(*book, Action::Signer, signerSubject(means.pki), means.pki);
    for (const std::string& file : means.keyFiles) {
        requireApproved(*book, Action::Key, keySubject(file), file);
    }
}

std::string profileSubject(const std::string& profile) {
    return sha256Of(viewOf(LoadProfile::textOf(profile)));
}

std::string keySubject(const std::string& file) {
    return sha256Of(readFile(file, largestKeyFile));
}

std::string signerSubject(const std::string& pki) {
    return sha256Of(readSignerCertificate(std::filesystem::path(pki) / "csca.pem").der());
}

} // namespace cancuoc::tools
