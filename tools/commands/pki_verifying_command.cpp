// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/pki_verifying_command.hpp"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/pki/verifying_pki.hpp"
#include "tools/key_options.hpp"
#include "tools/output.hpp"

namespace cancuoc::tools {

namespace {

using personalization::CvLimits;
using personalization::CvRequest;
using trust::CertificateHolderRole;

void addCvca(CLI::App& pki, ExitStatus& status) {
    struct Options {
        std::string directory;
        personalization::CvcaOptions cvca;
    };
    const auto options = std::make_shared<Options>();
    auto* command =
        pki.add_subcommand("cvca", "Make a country verifying CA, or the next key of the one that is there");
    command->add_option("DIR", options->directory, "folder of the PKI")->required();
    command->add_option(
        "--key", options->cvca.keyKind,
        "a curve like brainpoolP256r1 (ECDSA), or RSA-2048, RSA-3072, RSA-4096; without it as before");
    command->add_option("--holder", options->cvca.holderReference, "reference of the first key")
        ->capture_default_str();
    command->add_option("--token", options->cvca.token,
                        "PKCS#11 URI of the token in which the first key is made; the next ones stay there");
    command->footer(
        "DIR/cvca.cvcert is the trust point for chips. A next key comes with DIR/cvca-link-NNN.cvcert, "
        "with which chips come to trust it.\n\nExample:\n  cancuoc pki cvca pki");
    const auto keys = addKeyOptions(*command);
    command->callback([options, keys, &status] {
        SystemRandom random;
        const auto reference = personalization::renewCountryVerifyingAuthority(
            options->directory, options->cvca, systemClock(), random, *keyStoreOf(*keys));
        printText(std::cout, "{} decides from now on who may read fingers and irises.\n", reference);
        status = ExitStatus::Done;
    });
}

struct CertifyOptions {
    std::string directory;
    std::string request;
    std::string present;
    std::string out;
    std::string holder = "VNIS00001";
    std::vector<std::string> rights;
    CvLimits limits;
    std::shared_ptr<KeyOptions> keys;
};

// What document verifiers and terminals are certified with.
CLI::App* addCertify(CLI::App& pki, const char* name, const char* description,
                     const std::shared_ptr<CertifyOptions>& options) {
    auto* command = pki.add_subcommand(name, description);
    command->add_option("DIR", options->directory, "folder of the PKI")->required();
    command->add_option("--rights", options->rights, "fingers, irises, or both; none without it")
        ->check(CLI::IsMember({"fingers", "irises"}));
    command->add_option("--days", options->limits.days, "of validity; without it the longest there may be")
        ->check(CLI::PositiveNumber);
    auto* request = command->add_option("--request", options->request, "somebody else's request to certify");
    command
        ->add_option("--present", options->present,
                     "present certificate of the holder, whose key must have signed the request as well")
        ->needs(request);
    command->add_option("--out", options->out, "file for the certificate of a request");
    options->keys = addKeyOptions(*command);
    return command;
}

CvLimits limitsOf(const CertifyOptions& options) {
    CvLimits limits = options.limits;
    for (const auto& right : options.rights) {
        limits.rights.insert(right == "fingers" ? 3 : 4);
    }
    return limits;
}

void certify(const CertifyOptions& options, CertificateHolderRole role) {
    if (options.out.empty()) {
        throw CLI::RequiredError("--out");
    }
    const auto present = options.present.empty()
                             ? std::nullopt
                             : std::optional(personalization::readCvCertificate(options.present));
    const auto certificate = personalization::certifyRequest(
        options.directory, role, readFile(options.request, CvRequest::maximumLength), present,
        limitsOf(options), systemClock(), *keyStoreOf(*options.keys));
    writeFile(options.out, certificate.encoded());
    printText(std::cout, "Certified {} until {} in {}.\n", certificate.body().holderReference,
              toIso(certificate.body().expirationDate), options.out);
}

void addDocumentVerifier(CLI::App& pki, ExitStatus& status) {
    const auto options = std::make_shared<CertifyOptions>();
    auto* command = addCertify(pki, "document-verifier",
                               "Make the next document verifier, or certify somebody else's", options);
    command->add_flag("--foreign", options->limits.foreign, "it is another State's");
    command->footer("Example:\n  cancuoc pki document-verifier pki --rights fingers irises\n"
                    "  cancuoc pki document-verifier pki --request dv.cvreq --foreign --rights fingers "
                    "--out dv.cvcert");
    command->callback([options, &status] {
        if (options->request.empty()) {
            SystemRandom random;
            const auto reference = personalization::renewDocumentVerifier(
                options->directory, limitsOf(*options), systemClock(), random, *keyStoreOf(*options->keys));
            printText(std::cout, "{} certifies terminals from now on.\n", reference);
        } else {
            certify(*options, options->limits.foreign ? CertificateHolderRole::ForeignDocumentVerifier
                                                      : CertificateHolderRole::DomesticDocumentVerifier);
        }
        status = ExitStatus::Done;
    });
}

void addTerminal(CLI::App& pki, ExitStatus& status) {
    const auto options = std::make_shared<CertifyOptions>();
    auto* command = addCertify(pki, "terminal",
                               "Make a terminal's key and certificate, or certify somebody else's", options);
    command->add_option("--holder", options->holder, "reference of the terminal's key")
        ->capture_default_str();
    command->footer("Without --request, --out is a folder for 'cancuoc read --terminal-keys'.\n\nExample:\n"
                    "  cancuoc pki terminal pki --rights fingers --out terminal");
    command->callback([options, &status] {
        if (options->out.empty()) {
            throw CLI::RequiredError("--out");
        }
        if (options->request.empty()) {
            SystemRandom random;
            personalization::makeTerminal(options->directory, options->out, options->holder,
                                          limitsOf(*options), systemClock(), random,
                                          *keyStoreOf(*options->keys));
            printText(std::cout, "{} has its key and all certificates in {}.\n", options->holder,
                      options->out);
        } else {
            certify(*options, CertificateHolderRole::Terminal);
        }
        status = ExitStatus::Done;
    });
}

void addRequest(CLI::App& pki, ExitStatus& status) {
    struct Options {
        std::string authority;
        std::string holder;
        std::string present;
        std::string name;
    };
    const auto options = std::make_shared<Options>();
    auto* command = pki.add_subcommand("cv-request", "Make a key and the request to certify it");
    command->add_option("NAME", options->name, "NAME.key and NAME.cvreq are written")->required();
    command
        ->add_option("--cvca", options->authority,
                     "certificate of the CVCA above, which tells the kind of key")
        ->required();
    command->add_option("--holder", options->holder, "reference of the new key")->required();
    command->add_option("--present", options->present,
                        "PRESENT.key and PRESENT.cvcert, with which the request is signed as well");
    const auto keyOptions = addKeyOptions(*command);
    command->footer("Example:\n  cancuoc pki cv-request dv --cvca cvca.cvcert --holder DEDV00001");
    command->callback([options, keyOptions, &status] {
        SystemRandom random;
        const auto keys = keyStoreOf(*keyOptions);
        const auto authority = personalization::readCvCertificate(options->authority);
        const auto key = personalization::CvKey::like(authority.body().publicKey, std::nullopt, random);
        auto request = CvRequest::make(key, options->holder, authority.body().holderReference);
        if (!options->present.empty()) {
            const auto present = personalization::readCvCertificate(options->present + ".cvcert");
            request = request.signedBy(
                personalization::CvKey::load(options->present + ".key", present.body().publicKey, *keys),
                present.body().holderReference);
        }
        keys->write(options->name + ".key", *key.key);
        writeFile(options->name + ".cvreq", request.encoded());
        printText(std::cout, "Wrote {0}.key, which stays here, and {0}.cvreq for the authority.\n",
                  options->name);
        status = ExitStatus::Done;
    });
}

} // namespace

void addPkiVerifyingCommands(CLI::App& pki, ExitStatus& status) {
    addCvca(pki, status);
    addDocumentVerifier(pki, status);
    addTerminal(pki, status);
    addRequest(pki, status);
}

} // namespace cancuoc::tools
