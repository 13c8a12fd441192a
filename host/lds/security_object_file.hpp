// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/lds/signed_data.hpp"

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

    /// The signed data inside, with its certificates.
    [[nodiscard]] const SignedData& signedData() const { return signedData_; }

    /// Decodes the signed content. Throws MalformedData when its type is another or its form is wrong.
    [[nodiscard]] DocumentSecurityObject documentSecurityObject() const;

private:
    SecurityObjectFile(Bytes file, SignedData signedData);

    Bytes file_;
    SignedData signedData_;
};

} // namespace cancuoc::lds
