// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/trust/certificate.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace cancuoc::personalization {

/// The certificates whose signatures on orders count. Each is trusted as it stands: who may order cards is
/// agreed on one by one, and no authority adds to them.
class OrderSigners {
public:
    /// All files of a folder, each one certificate, DER or PEM. Throws BadConfiguration when the folder has
    /// none, or a file that is none.
    [[nodiscard]] static OrderSigners load(const std::filesystem::path& folder);

    explicit OrderSigners(std::vector<trust::Certificate> certificates);

    [[nodiscard]] const std::vector<trust::Certificate>& certificates() const { return certificates_; }

private:
    std::vector<trust::Certificate> certificates_;
};

/// What a line demands of signatures on orders.
struct SignaturePolicy {
    std::shared_ptr<const OrderSigners> signers; ///< null: no signature is checked
    bool required = false;                       ///< an order without a signature is refused
    std::chrono::sys_seconds time;               ///< when certificates must be valid
};

/// A content whose signature counts.
struct SignedOrder {
    Bytes content;
    std::string signer; ///< subjects of all that signed, RFC 2253 text
};

/// Whether a file is a CMS structure by its first bytes, DER or PEM.
[[nodiscard]] bool isCms(BytesView file);

/// Verifies a CMS SignedData (RFC 5652, 5) with its content inside: every signer is one of the policy's, with
/// a certificate that is valid and meant for signatures, SHA-256 or better, and signed attributes.
/// Throws OrderRefused. `policy.signers` is not null.
[[nodiscard]] SignedOrder verifyEnveloping(BytesView cms, const SignaturePolicy& policy);

/// Verifies a CMS SignedData over `content`, which stands beside it, likewise. The subjects of its signers.
/// Throws OrderRefused. `policy.signers` is not null.
[[nodiscard]] std::string verifyDetached(BytesView cms, BytesView content, const SignaturePolicy& policy);

/// The content of a CMS SignedData, whoever signed it. Throws OrderRefused when it has none.
[[nodiscard]] Bytes contentWithoutVerification(BytesView cms);

} // namespace cancuoc::personalization
