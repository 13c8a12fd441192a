// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lds/security_infos.hpp"
#include "host/lds/signed_data.hpp"

namespace cancuoc::lds {

/// EF.CardSecurity: a CMS SignedData over SecurityInfos, in the master file and readable after PACE (Doc
/// 9303-10, 3.11.4; Doc 9303-11, 9.2.11). It keeps the bytes as they were read; decoding says nothing about
/// trust, which is the work of trust::verifyCardSecurity.
class CardSecurity {
public:
    static constexpr std::size_t maximumLength = 65536;
    static constexpr std::string_view contentType = "0.4.0.127.0.7.3.2.1"; ///< id-SecurityObject

    /// Throws MalformedData unless this is a CMS SignedData.
    [[nodiscard]] static CardSecurity decode(BytesView file);

    /// The whole content of the file, as read.
    [[nodiscard]] const Bytes& encode() const { return signedData_.contentInfo(); }

    /// The signed data, with their certificates.
    [[nodiscard]] const SignedData& signedData() const { return signedData_; }

    /// Decodes the signed content. Throws MalformedData when its type is another or its form is wrong.
    [[nodiscard]] SecurityInfos securityInfos() const;

private:
    explicit CardSecurity(SignedData signedData);

    SignedData signedData_;
};

} // namespace cancuoc::lds
