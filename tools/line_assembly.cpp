// SPDX-License-Identifier: Apache-2.0
#include "tools/line_assembly.hpp"

#include <chrono>
#include <filesystem>
#include <system_error>

#include <CLI/CLI.hpp>

#include "host/base/clock.hpp"
#include "host/base/error.hpp"
#include "personalization/jobs/open_job_store.hpp"
#include "personalization/loading/key_file.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"
#include "tools/job_store_option.hpp"
#include "tools/run_permission.hpp"
#include "tools/stations/virtual_chip_station.hpp"
#include "tools/store_key.hpp"

namespace cancuoc::tools {

namespace {

using namespace personalization;

constexpr unsigned mostVirtualStations = 64;

std::unique_ptr<KeySource> issuerKeys(const LineMeans& means, const LoadProfile& profile) {
    if (profile.replacesKeys() != !means.issuerKeys.empty()) {
        throw BadConfiguration(profile.replacesKeys()
                                   ? "The load profile " + profile.name +
                                         " replaces the transport keys; give the issuer's with --issuer-keys."
                                   : "The load profile " + profile.name +
                                         " leaves the transport keys on the chips; --issuer-keys needs one "
                                         "that replaces them, like cancuoc-issuer-keys.");
    }
    return profile.replacesKeys() ? readKeyFile(means.issuerKeys, *profile.issuerKeys) : nullptr;
}

DocumentSignerLimits limitsOf(const LineMeans& means) {
    auto limits = DocumentSignerLimits::of(PkiPolicy::read(PkiFiles(means.pki).policy));
    limits.signatures = means.signatures.value_or(limits.signatures);
    return limits;
}

void requireAllowed(const LineMeans& means) {
    RunMeans run{.store = means.store,
                 .operatorName = means.audit->operatorName,
                 .operatorPasswordFile = means.audit->operatorPasswordFile,
                 .loadProfile = means.loadProfile,
                 .keyFiles = {},
                 .pki = means.pki};
    for (const std::string& file : {means.transportKeys, means.issuerKeys}) {
        if (!file.empty()) {
            run.keyFiles.push_back(file);
        }
    }
    requireAllowedRun(run);
}

std::filesystem::path chipFolder(const std::string& name) {
    std::error_code failure;
    std::filesystem::create_directories(name, failure);
    if (failure) {
        throw BadConfiguration("Cannot make the folder " + name + ": " + failure.message() + ".");
    }
    return name;
}

} // namespace

std::shared_ptr<LineMeans> addLineMeans(CLI::App& command) {
    auto means = std::make_shared<LineMeans>();
    command.add_option("--store", means->store, jobStoreHelp)->required();
    command.add_option("--store-key", means->storeKey, storeKeyHelp);
    command.add_option("--pki", means->pki, "the PKI whose document signer signs")->required();
    means->keys = addKeyOptions(command);
    command
        .add_option("--signatures", means->signatures,
                    "signatures of one document signer, then the next one goes on; without it as the PKI's "
                    "policy says")
        ->check(CLI::Range(1U, 1'000'000'000U));
    command.add_flag("--sign-lds-version", means->issuing.signLdsVersion,
                     "EF.SOD of version 1, which signs the version of the LDS too");
    command
        .add_option("--load-profile", means->loadProfile,
                    "the chips' product: cancuoc, cancuoc-issuer-keys, iso7816-9, or a file in JSON")
        ->capture_default_str();
    command.add_option("--transport-keys", means->transportKeys,
                       "file with the keys of blank chips; without it the published test keys");
    command.add_option("--issuer-keys", means->issuerKeys,
                       "file with the keys that replace them, or the PKCS#11 URIs of their master keys");
    auto* places = command.add_option_group("stations");
    auto* reader =
        places->add_option("--reader", means->reader, "one PC/SC reader whose name holds this text");
    auto* virtualChips =
        places->add_option("--virtual", means->virtualStations, "so many stations with virtual chips")
            ->check(CLI::Range(1U, mostVirtualStations));
    places->require_option(1);
    command
        .add_option(
            "--chips", means->chips,
            "keep each good chip's memory in this folder as NUMBER.chip; without it the chips are in memory")
        ->needs(virtualChips);
    command
        .add_option("--wait", means->wait, "seconds to wait for the next blank on the reader (0: one card)")
        ->needs(reader);
    means->audit = addLineAuditOptions(command);
    means->worker = addLineWorkerOptions(command);
    return means;
}

std::unique_ptr<JobStore> openExistingJobStore(const std::string& location) {
    if (isAbsentFile(location)) {
        throw BadConfiguration("There is no job store " + location +
                               "; make one with: cancuoc perso import RECORDS --store " + location);
    }
    return openJobStore(location, systemClock());
}

LineAssembly::LineAssembly(const LineMeans& means, JobStore& store, RandomSource& random)
    : means_(means), store_(store), random_(random), trustStore_(trust::TrustStore::inMemory()) {
    requireAllowed(means);
    protectStore(store, means.store, means.storeKey, random);
    pkiKeys_ = keyStoreOf(*means.keys);
    signer_ = std::make_unique<DocumentSignerRotation>(means.pki, limitsOf(means), systemClock(), random,
                                                       *pkiKeys_);
    trustStore_.addCertificate(signer_->cscaCertificate());
    profile_ = LoadProfile::find(means.loadProfile);
    transportKeys_ = means.transportKeys.empty() ? publishedTransportKeys(profile_.transportKeys)
                                                 : readKeyFile(means.transportKeys, profile_.transportKeys);
    issuerKeys_ = issuerKeys(means, profile_);
    audit_ = std::make_unique<LineAudit>(*means.audit, means.store, random);
    watchedSigner_ = std::make_unique<SignerWatch>(*signer_, audit_->trail());
}

LineAssembly::~LineAssembly() = default;

LineServices LineAssembly::services() {
    return {.store = store_,
            .random = random_,
            .trustStore = trustStore_,
            .clock = systemClock(),
            .keys = *transportKeys_,
            .buildCard = cardBuilder(*watchedSigner_, random_, means_.issuing),
            .profile = profile_,
            .issuerKeys = issuerKeys_.get(),
            .audit = &audit_->trail(),
            .worker = thisWorker(*means_.worker)};
}

std::vector<std::unique_ptr<ChipStation>> LineAssembly::stations(const std::stop_token& stop,
                                                                 const ReaderStation::Prompt& prompt) const {
    std::vector<std::unique_ptr<ChipStation>> all;
    if (means_.virtualStations == 0) {
        all.push_back(std::make_unique<ReaderStation>(means_.reader, std::chrono::seconds(means_.wait),
                                                      profile_, stop, prompt));
        return all;
    }
    std::optional<std::filesystem::path> folder;
    if (!means_.chips.empty()) {
        folder = chipFolder(means_.chips);
    }
    for (unsigned number = 1; number <= means_.virtualStations; ++number) {
        all.push_back(std::make_unique<VirtualChipStation>(number, folder, profile_));
    }
    return all;
}

} // namespace cancuoc::tools
