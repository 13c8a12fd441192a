// SPDX-License-Identifier: Apache-2.0
#include "host/sdk/terminal.hpp"

#include "host/sdk/buffers.hpp"
#include "host/sdk/handles.hpp"

namespace cancuoc::sdk {

namespace {

constexpr std::size_t longestSignature = 512;

/// Takes certificates while the program's function runs.
class OpenCertificates {
public:
    OpenCertificates() : handle_(certificates().open(taken_)) {}
    OpenCertificates(const OpenCertificates&) = delete;
    OpenCertificates& operator=(const OpenCertificates&) = delete;
    ~OpenCertificates() { certificates().drop(handle_); }

    [[nodiscard]] cancuoc_certificates* handle() const { return handle_; }
    [[nodiscard]] std::vector<trust::CvCertificate> taken() const { return taken_->taken(); }

private:
    std::shared_ptr<Certificates> taken_ = std::make_shared<Certificates>();
    cancuoc_certificates* handle_;
};

trust::TerminalSigner signerFor(const cancuoc_terminal& terminal, const std::string& holderReference) {
    return [terminal, holderReference](BytesView toBeSigned) {
        Bytes signature(longestSignature);
        std::size_t length = 0;
        const auto status = terminal.sign(terminal.context, holderReference.c_str(), toBeSigned.data(),
                                          toBeSigned.size(), signature.data(), signature.size(), &length);
        if (status != CANCUOC_OK || length == 0 || length > signature.size()) {
            throw Error("The program could not sign for the terminal.");
        }
        signature.resize(length);
        return signature;
    };
}

trust::TerminalKeys fetch(const cancuoc_terminal& terminal, std::span<const std::string> trustPoints) {
    std::vector<const char*> references;
    references.reserve(trustPoints.size());
    for (const std::string& reference : trustPoints) {
        references.push_back(reference.c_str());
    }
    const OpenCertificates open;
    trust::TerminalKeys keys;
    if (terminal.certificates(terminal.context, references.data(), references.size(), open.handle()) !=
        CANCUOC_OK) {
        return keys;
    }
    for (auto& certificate : open.taken()) {
        if (certificate.body().authorization.role() == trust::CertificateHolderRole::Terminal) {
            auto signer = signerFor(terminal, certificate.body().holderReference);
            keys.addTerminal(std::move(certificate), std::move(signer));
        } else {
            keys.addCertificate(std::move(certificate));
        }
    }
    return keys;
}

} // namespace

void Certificates::add(BytesView certificate) {
    auto decoded = trust::CvCertificate::decode(certificate);
    const std::scoped_lock lock(mutex_);
    certificates_.push_back(std::move(decoded));
}

std::vector<trust::CvCertificate> Certificates::taken() const {
    const std::scoped_lock lock(mutex_);
    return certificates_;
}

trust::TerminalKeys terminalKeysOf(const cancuoc_terminal& terminal) {
    requireArgument(terminal.certificates != nullptr && terminal.sign != nullptr,
                    "A terminal needs both of its functions.");
    return trust::TerminalKeys::fetchedBy(
        [terminal](std::span<const std::string> trustPoints) { return fetch(terminal, trustPoints); });
}

} // namespace cancuoc::sdk

using namespace cancuoc::sdk;

cancuoc_status cancuoc_certificates_add(cancuoc_certificates* taker, const uint8_t* certificate,
                                        size_t length, cancuoc_error* error) {
    constexpr std::size_t longestCertificate = 4096;
    return guarded(error, [&] {
        const auto found = certificates().find(taker);
        found->add(takeBytes(certificate, length, 1, longestCertificate));
    });
}
