// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/base/file.hpp"
#include "host/crypto/digest.hpp"
#include "personalization/intake/order_signature.hpp"
#include "tests/unit/personalization/pki/openssl_program.hpp"
#include "tests/unit/temporary_directory.hpp"

#include <map>
#include <memory>
#include <stdexcept>
#include <string>

namespace cancuoc::test {

/// Who signs orders, with the command line tool of OpenSSL.
class OrderSigner {
public:
    explicit OrderSigner(const std::string& name, const std::string& keyUsage = "digitalSignature") {
        must("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj '/CN=" + name +
             "' -addext keyUsage=critical," + keyUsage + " -keyout " + path("key.pem") + " -out " +
             path("certificate.pem"));
    }

    [[nodiscard]] Bytes certificateFile() const { return readFile(path("certificate.pem"), 1 << 16); }

    [[nodiscard]] trust::Certificate certificate() const {
        return trust::Certificate::decode(certificateFile());
    }

    /// A CMS signature; detached and DER unless `options` say otherwise.
    [[nodiscard]] Bytes sign(const Bytes& content, const std::string& options = "-outform DER") const {
        writeFile(path("content"), content);
        must("cms -sign -binary -in " + path("content") + signerOptions() + " -out " + path("signature") +
             " " + options);
        return readFile(path("signature"), 1 << 24);
    }

    /// For one more signature in a `sign` of another.
    [[nodiscard]] std::string signerOptions() const {
        return " -signer " + path("certificate.pem") + " -inkey " + path("key.pem");
    }

    /// Only this signer counts, when the certificate has just begun to be valid.
    [[nodiscard]] personalization::SignaturePolicy policy(bool required = true) const {
        std::vector<trust::Certificate> certificates;
        certificates.push_back(certificate());
        const auto time = certificates.front().notBefore();
        return {std::make_shared<personalization::OrderSigners>(std::move(certificates)), required, time};
    }

private:
    [[nodiscard]] std::string path(const char* name) const { return (folder_.path() / name).string(); }

    static void must(const std::string& arguments) {
        if (!openssl(arguments)) {
            throw std::runtime_error("openssl " + arguments);
        }
    }

    TemporaryDirectory folder_;
};

/// SHA256SUMS of these files.
inline Bytes manifestOf(const std::map<std::string, Bytes>& files) {
    std::string text;
    for (const auto& [name, content] : files) {
        text += toHex(digest(HashAlgorithm::Sha256, content)) + "  " + name + "\n";
    }
    return {text.begin(), text.end()};
}

} // namespace cancuoc::test
