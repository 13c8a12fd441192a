// SPDX-License-Identifier: Apache-2.0
#include "tools/line_audit.hpp"

#include <CLI/CLI.hpp>

#include "host/base/file.hpp"
#include "host/trust/pkcs11_signer.hpp"
#include "personalization/pki/account.hpp"
#include "personalization/pki/key_store.hpp"

namespace cancuoc::tools {

namespace audit = personalization::audit;

namespace {

audit::SignCheckpoint signerWith(const std::string& key, const SignatureScheme& scheme) {
    if (key.starts_with("pkcs11:")) {
        return trust::pkcs11Signer(key, scheme);
    }
    const std::shared_ptr<EVP_PKEY> loaded(personalization::KeyStore::unencrypted().read(key));
    return [loaded, scheme](BytesView toBeSigned) { return sign(scheme, *loaded, toBeSigned); };
}

} // namespace

std::shared_ptr<LineAuditOptions> addLineAuditOptions(CLI::App& command) {
    auto options = std::make_shared<LineAuditOptions>();
    command.add_option("--audit", options->file, "the audit log (default: STORE.audit)");
    command.add_option("--operator", options->operatorName,
                       "who is answerable for the run; stands in the audit log (default: your account)");
    command.add_option("--operator-password-file", options->operatorPasswordFile,
                       "file whose first line is the operator's password, where the line has persons");
    auto* certificate = command.add_option("--audit-signer", options->signer.certificate,
                                           "certificate of the key that signs checkpoints of the audit log");
    auto* key = command.add_option("--audit-key", options->signer.key,
                                   "that key: a PEM file, or a PKCS#11 URI (pkcs11:…?module-path=…)");
    certificate->needs(key);
    key->needs(certificate);
    command.add_option("--audit-every", options->every, "entries from one checkpoint to the next")
        ->capture_default_str()
        ->check(CLI::Range(1U, 1'000'000'000U))
        ->needs(certificate);
    return options;
}

std::filesystem::path auditLogOf(const std::string& store) {
    const std::size_t scheme = store.find("://");
    std::string name = store;
    if (scheme != std::string::npos) {
        name = store.substr(store.rfind('/') + 1);
        name = name.substr(0, name.find('?'));
    }
    return name + ".audit";
}

std::filesystem::path decisionLogOf(const std::string& store) {
    return auditLogOf(store).replace_extension(".decisions.audit");
}

trust::Certificate readSignerCertificate(const std::string& file) {
    return trust::Certificate::decode(readFile(file, trust::Certificate::maximumLength));
}

std::vector<trust::Certificate> readSignerCertificates(const std::vector<std::string>& files) {
    std::vector<trust::Certificate> certificates;
    certificates.reserve(files.size());
    for (const std::string& file : files) {
        certificates.push_back(readSignerCertificate(file));
    }
    return certificates;
}

void signCheckpoints(audit::AuditLog& log, const CheckpointSignerOptions& options, std::uint64_t every) {
    auto certificate = readSignerCertificate(options.certificate);
    const auto scheme = audit::checkpointScheme(*certificate.publicKey());
    log.signCheckpoints(std::move(certificate), signerWith(options.key, scheme), every);
}

LineAudit::LineAudit(const LineAuditOptions& options, const std::string& store, RandomSource& random)
    : log_(options.file.empty() ? auditLogOf(store) : std::filesystem::path(options.file), systemClock(),
           random),
      trail_(log_, options.operatorName.empty() ? personalization::accountName() : options.operatorName,
             random) {
    if (!options.signer.certificate.empty()) {
        signCheckpoints(log_, options.signer, options.every);
    }
}

} // namespace cancuoc::tools
