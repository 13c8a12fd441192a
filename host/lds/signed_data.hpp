// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/base/object_identifier.hpp"
#include "host/crypto/openssl.hpp"

#include <vector>

namespace cancuoc::lds {

/// A CMS SignedData (RFC 5652, 5) with its bytes as they were read: EF.SOD, master lists. Decoding says
/// nothing about who signed, or whether.
class SignedData {
public:
    /// Reads a ContentInfo. Throws MalformedData unless it is a SignedData and nothing follows it.
    [[nodiscard]] static SignedData decode(BytesView contentInfo);

    /// The ContentInfo as read.
    [[nodiscard]] const Bytes& contentInfo() const { return contentInfo_; }

    /// The type of the signed content.
    [[nodiscard]] const ObjectIdentifier& contentType() const { return contentType_; }

    /// The signed content, as written; empty when it is detached.
    [[nodiscard]] BytesView content() const { return content_; }

    /// The certificates inside, DER, in the order of the file.
    [[nodiscard]] std::vector<Bytes> certificates() const;

    /// A fresh OpenSSL structure of the ContentInfo, for signature verification.
    [[nodiscard]] CmsPtr parseCms() const;

private:
    SignedData(Bytes contentInfo, ObjectIdentifier contentType, Bytes content);

    Bytes contentInfo_;
    ObjectIdentifier contentType_;
    Bytes content_;
};

} // namespace cancuoc::lds
