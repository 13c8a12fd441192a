// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/base/object_identifier.hpp"
#include "host/crypto/openssl.hpp"
#include "host/lds/document_security_object.hpp"

#include <vector>

namespace cancuoc::lds {

/// EF.SOD: tag 77 around a CMS SignedData (Doc 9303-10, 4.6.2). It keeps the bytes as they were read;
/// decoding says nothing about trust, which is the work of trust::PassiveAuthentication.
class SecurityObjectFile {
public:
    static constexpr std::size_t maximumLength = 65536;

    /// Throws MalformedData unless this is tag 77 around a CMS SignedData.
    [[nodiscard]] static SecurityObjectFile decode(BytesView file);

    /// Wraps the DER of a CMS ContentInfo into the file's content. Throws MalformedData as decode does.
    [[nodiscard]] static SecurityObjectFile wrap(BytesView contentInfo);

    /// The whole content of the file, as read or wrapped.
    [[nodiscard]] const Bytes& encode() const { return file_; }

    /// The CMS ContentInfo inside, as written. The view lives as long as this object.
    [[nodiscard]] BytesView contentInfo() const;

    /// The type of the signed content; an LDSSecurityObject has DocumentSecurityObject::contentType.
    [[nodiscard]] const ObjectIdentifier& contentType() const { return contentType_; }

    /// The signed content, as written; empty when it is detached.
    [[nodiscard]] BytesView content() const { return content_; }

    /// Decodes the signed content. Throws MalformedData when its type is another or its form is wrong.
    [[nodiscard]] DocumentSecurityObject documentSecurityObject() const;

    /// The certificates inside, DER, in the order of the file.
    [[nodiscard]] std::vector<Bytes> certificates() const;

    /// A fresh OpenSSL structure of the ContentInfo, for signature verification.
    [[nodiscard]] CmsPtr parseCms() const;

private:
    SecurityObjectFile(Bytes file, std::size_t contentInfoOffset, ObjectIdentifier contentType,
                       Bytes content);

    Bytes file_;
    std::size_t contentInfoOffset_;
    ObjectIdentifier contentType_;
    Bytes content_;
};

} // namespace cancuoc::lds
