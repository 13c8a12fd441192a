// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/trust_command.hpp"

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "host/base/clock.hpp"
#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/base/moment.hpp"
#include "host/trust/store_import.hpp"
#include "host/trust/trust_store.hpp"
#include "host/trust/trust_store_json.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

constexpr std::size_t maximumFileSize = std::size_t{256} << 20U; // the whole PKD has some 80 MB

// --- import

struct StoreImportOptions {
    std::vector<std::string> files;
    std::string store;
    std::string anchor;
};

/// Takes in what a file holds; false if the file cannot be read at all.
bool importFile(trust::TrustStore& store, const std::string& file, trust::ImportReport& total) {
    Bytes content;
    try {
        content = readFile(file, maximumFileSize);
    } catch (const Error& unreadable) {
        printText(std::cerr, "cancuoc: not taken: {}\n", unreadable.what());
        total.refuse(unreadable.what());
        return false;
    }
    auto report = trust::importFile(store, content, systemClock()());
    for (const auto& reason : report.refused) {
        printText(std::cerr, "cancuoc: {}: not taken: {}\n", file, reason);
    }
    total.add(std::move(report));
    return true;
}

std::string summaryOf(const trust::ImportReport& total) {
    auto summary = fmt::format("{} of {} taken ({} new, {} already there)", total.taken(), total.offered,
                               total.added, total.alreadyThere);
    return total.refused.empty() ? summary + "."
                                 : fmt::format("{}; why {} not is said above.", summary,
                                               total.refused.size() == 1 ? "one was" : "the others were");
}

// A signed list leads to a certificate that may stand in a file behind it.
std::vector<std::string> certificatesFirst(std::vector<std::string> files) {
    std::stable_partition(files.begin(), files.end(), [](const std::string& file) {
        try {
            return !trust::isSignedData(readFile(file, maximumFileSize));
        } catch (const Error&) {
            return true; // said when it is to be taken in
        }
    });
    return files;
}

ExitStatus runStoreImport(const StoreImportOptions& options) {
    auto store = trust::TrustStore::create(options.store, systemClock());
    trust::ImportReport total;
    bool allRead = options.anchor.empty() || importFile(store, options.anchor, total);
    const auto takenAsAnchor = total.taken();
    for (const auto& file : certificatesFirst(options.files)) {
        allRead = importFile(store, file, total) && allRead;
    }
    printText(std::cout, "{}\n", summaryOf(total));
    if (std::none_of(store.certificates().begin(), store.certificates().end(),
                     [](const auto& certificate) { return certificate.certificationAuthority(); })) {
        std::cerr << "cancuoc: the store holds no CSCA certificate yet, so no card can be proven with it.\n";
    }
    return allRead && total.taken() > takenAsAnchor ? ExitStatus::Done : ExitStatus::Failed;
}

void addStoreImport(CLI::App& trust, ExitStatus& status) {
    auto* command =
        trust.add_subcommand("import", "Take certificates and CRLs (PEM or DER), master lists, "
                                       "deviation lists and LDIF files of the ICAO PKD into a trust store");
    const auto options = std::make_shared<StoreImportOptions>();
    command->add_option("FILE", options->files, "files to take in")->required();
    command->add_option("--store", options->store, "folder of the trust store; made when absent")->required();
    command->add_option("--anchor", options->anchor, "CSCA certificate to take in first");
    command->footer(
        "Every CSCA certificate in the store is trusted: take in only what comes from a source you trust.\n"
        "A master list or deviation list is taken when its signature leads to a CSCA certificate of the "
        "store, or to "
        "--anchor.\n"
        "In LDIF files of the ICAO PKD, a CSCA certificate counts only inside such a master list.\n"
        "What is not taken is named with its reason, and the rest is taken. Exit status 2: a file could not "
        "be "
        "read,\nor nothing was taken but the anchor.\n\n"
        "Example:\n  cancuoc trust import pki/csca.pem pki/csca.crl --store store");
    command->callback([options, &status] { status = runStoreImport(*options); });
}

// --- list

std::string isoTimeOr(const char* otherwise, std::optional<std::chrono::sys_seconds> time) {
    return time ? toIso(*time) : otherwise;
}

void printForPeople(const trust::TrustStore& store, std::chrono::sys_seconds now) {
    for (const auto& certificate : store.certificates()) {
        printText(std::cout, "{:<2}  until {}  {}{}\n", certificate.country(), toIso(certificate.notAfter()),
                  certificate.subject(),
                  certificate.certificationAuthority() ? "" : "  (no anchor: not a CSCA)");
        for (const auto& defect : certificate.defects(now)) {
            printText(std::cout, "    defect: {}\n", defect.text());
        }
    }
    for (const auto& crl : store.crls()) {
        printText(std::cout, "{:<2}  CRL of {}, next {}, {} listed  {}\n", crl.country(),
                  toIso(crl.thisUpdate()), isoTimeOr("not stated", crl.nextUpdate()), crl.entries(),
                  crl.issuer());
    }
    for (const auto& [country, list] : store.masterLists()) {
        printText(std::cout, "{:<2}  master list of {}, {} certificates  {}\n", country,
                  isoTimeOr("no stated day", list.signingTime), list.certificates, list.signer);
    }
    for (const auto& list : store.deviationLists()) {
        printText(std::cout, "{:<2}  deviation list of {}, {} deviations  {}\n", list.signer().country(),
                  isoTimeOr("no stated day", list.signingTime()), list.deviations().size(),
                  list.signer().subject());
    }
    printText(std::cout, "{} certificates, {} CRLs, last changed {}.\n", store.certificates().size(),
              store.crls().size(), isoTimeOr("never", store.snapshotTime()));
}

ExitStatus listStore(const std::string& directory, bool json) {
    const auto store = trust::TrustStore::open(directory, systemClock());
    const auto now = systemClock()();
    if (json) {
        printJson(std::cout, trust::toJson(store, now));
    } else {
        printForPeople(store, now);
    }
    return ExitStatus::Done;
}

void addList(CLI::App& trust, ExitStatus& status) {
    struct Options {
        std::string store;
        bool json = false;
    };
    auto* command = trust.add_subcommand(
        "list", "Show the certificates of a trust store with their defects, its CRLs and deviation lists");
    const auto options = std::make_shared<Options>();
    command->add_option("--store", options->store, "folder of the trust store")->required();
    command->add_flag("--json", options->json, "print one JSON object");
    command->footer("Example:\n  cancuoc trust list --store store");
    command->callback([options, &status] { status = listStore(options->store, options->json); });
}

} // namespace

void addTrustCommand(CLI::App& application, ExitStatus& status) {
    auto* trust = application.add_subcommand(
        "trust", "Keep the CSCA certificates and CRLs that cards are checked with");
    trust->require_subcommand(1);
    trust->footer("Example:\n  cancuoc trust import csca.pem --store store");
    addStoreImport(*trust, status);
    addList(*trust, status);
}

} // namespace cancuoc::tools
