// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/trust_command.hpp"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include "host/base/clock.hpp"
#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/trust/master_list.hpp"
#include "host/trust/trust_store.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

constexpr std::size_t maximumFileSize = std::size_t{64} << 20U;

// --- import

struct ImportOptions {
    std::vector<std::string> files;
    std::string store;
    std::string anchor;
};

struct ImportCount {
    std::size_t offered = 0;
    std::size_t added = 0;
    std::size_t alreadyThere = 0;

    void count(trust::Import result) { ++(result == trust::Import::Added ? added : alreadyThere); }
};

// The PEM blocks of a file, or the file itself if it has none.
std::vector<Bytes> partsOf(const Bytes& file) {
    constexpr std::string_view begin = "-----BEGIN ";
    const auto text = toText(file);
    std::vector<Bytes> parts;
    for (auto start = text.find(begin); start != std::string::npos;) {
        const auto next = text.find(begin, start + begin.size());
        parts.push_back(toBytes(viewOf(std::string_view(text).substr(start, next - start))));
        start = next;
    }
    return parts.empty() ? std::vector<Bytes>{file} : parts;
}

// Certificates that the list's signer vouches for; the signer must lead to an anchor already in the store.
void importMasterList(trust::TrustStore& store, BytesView file, ImportCount& count) {
    ++count.offered; // the list itself, if it is refused
    const auto list = trust::MasterList::decode(file, store, systemClock()());
    const auto result = trust::importMasterList(store, list);
    count.offered += result.offered - 1;
    count.added += result.added;
    count.alreadyThere += result.alreadyThere;
    for (const auto& reason : result.refused) {
        std::cerr << fmt::format("cancuoc: not taken: {}\n", reason);
    }
}

void importPart(trust::TrustStore& store, BytesView part, ImportCount& count) {
    if (trust::isSignedData(part)) {
        importMasterList(store, part, count);
        return;
    }
    ++count.offered;
    try {
        count.count(store.addCertificate(part));
    } catch (const MalformedData& notCertificate) {
        try {
            count.count(store.addCrl(part));
        } catch (const MalformedData&) {
            throw MalformedData(
                std::string("neither a certificate, a CRL nor a master list. As a certificate: ") +
                notCertificate.what());
        }
    }
}

void importFile(trust::TrustStore& store, const std::string& file, ImportCount& count) {
    for (const auto& part : partsOf(readFile(file, maximumFileSize))) {
        try {
            importPart(store, part, count);
        } catch (const MalformedData& reason) {
            std::cerr << fmt::format("cancuoc: {}: not taken: {}\n", file, reason.what());
        }
    }
}

ExitStatus runImport(const ImportOptions& options) {
    auto files = options.files;
    if (!options.anchor.empty()) {
        files.insert(files.begin(), options.anchor);
    }
    auto store = trust::TrustStore::create(options.store, systemClock());
    ImportCount count;
    for (const auto& file : files) {
        importFile(store, file, count);
    }
    const auto taken = count.added + count.alreadyThere;
    std::cout << fmt::format("{} of {} taken ({} new, {} already there).\n", taken, count.offered,
                             count.added, count.alreadyThere);
    return taken > 0 ? ExitStatus::Done : ExitStatus::Failed;
}

void addImport(CLI::App& trust, ExitStatus& status) {
    auto* command = trust.add_subcommand(
        "import", "Take certificates and CRLs (PEM or DER) and master lists into a trust store");
    const auto options = std::make_shared<ImportOptions>();
    command->add_option("FILE", options->files, "files to take in")->required();
    command->add_option("--store", options->store, "folder of the trust store; made when absent")->required();
    command->add_option("--anchor", options->anchor, "CSCA certificate to take in first");
    command->footer(
        "Every CSCA certificate in the store is trusted: take in only what comes from a source you trust.\n"
        "A master list is taken when its signature leads to a CSCA certificate of the store, or to "
        "--anchor.\n"
        "LDIF files cannot be read in this version.\n\n"
        "Example:\n  cancuoc trust import pki/csca.pem pki/csca.crl --store store");
    command->callback([options, &status] { status = runImport(*options); });
}

// --- list

std::string isoTime(std::chrono::sys_seconds time) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

void printForPeople(const std::vector<trust::Certificate>& certificates, std::chrono::sys_seconds now) {
    for (const auto& certificate : certificates) {
        std::cout << fmt::format("{:<2}  until {}  {}\n", certificate.country(),
                                 isoTime(certificate.notAfter()), certificate.subject());
        for (const auto& defect : certificate.defects(now)) {
            std::cout << fmt::format("    defect: {}\n", defect.text());
        }
    }
    std::cout << fmt::format("{} certificates.\n", certificates.size());
}

Json defectsJson(const trust::Certificate& certificate, std::chrono::sys_seconds now) {
    auto defects = Json::array();
    for (const auto& defect : certificate.defects(now)) {
        defects.push_back(defect.text());
    }
    return defects;
}

ExitStatus listStore(const std::string& directory, bool json) {
    const auto store = trust::TrustStore::open(directory, systemClock());
    const auto now = systemClock()();
    if (!json) {
        printForPeople(store.certificates(), now);
        return ExitStatus::Done;
    }
    auto certificates = Json::array();
    for (const auto& certificate : store.certificates()) {
        certificates.push_back({{"subject", certificate.subject()},
                                {"issuer", certificate.issuer()},
                                {"country", certificate.country()},
                                {"notBefore", isoTime(certificate.notBefore())},
                                {"notAfter", isoTime(certificate.notAfter())},
                                {"sha256", toLowerCaseHex(certificate.sha256())},
                                {"anchor", certificate.certificationAuthority()},
                                {"defects", defectsJson(certificate, now)}});
    }
    printJson(std::cout, Json{{"certificates", certificates}});
    return ExitStatus::Done;
}

void addList(CLI::App& trust, ExitStatus& status) {
    struct Options {
        std::string store;
        bool json = false;
    };
    auto* command = trust.add_subcommand("list", "Show the certificates of a trust store with their defects");
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
    addImport(*trust, status);
    addList(*trust, status);
}

} // namespace cancuoc::tools
