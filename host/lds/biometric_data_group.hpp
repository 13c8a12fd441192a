// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/bytes.hpp"
#include "host/biometric/biometric_information.hpp"
#include "host/lds/asn1.hpp"
#include "host/lds/data_group.hpp"

#include <algorithm>
#include <iterator>
#include <type_traits>

namespace cancuoc::lds {

/// What DG3 and DG4 have in common: a group of biometric information templates, which may be empty (Doc
/// 9303-10, 4.7.3.2.2 and 4.7.4.2.2).
struct BiometricDataGroup {
    static constexpr std::size_t maximumLength = std::size_t{1} << 20;

    std::vector<biometric::BiometricInformation> templates; ///< 0 to 9, as written
    Bytes issuerContent; ///< tag 53 behind the group: random in a file without templates, so that its hash
                         ///< tells nothing

    /// Reads the content of `file`, DG3 or DG4. Throws MalformedData.
    [[nodiscard]] static BiometricDataGroup decode(BytesView content, FileId file);
    [[nodiscard]] Bytes encode(FileId file) const;

    friend bool operator==(const BiometricDataGroup&, const BiometricDataGroup&) = default;
};

/// What `decode` reads of each template, one after another; MalformedData names the file.
template <class Decode>
[[nodiscard]] auto decodeTemplates(std::string_view fileName,
                                   const std::vector<biometric::BiometricInformation>& templates,
                                   Decode decode) {
    std::invoke_result_t<Decode, const biometric::BiometricInformation&> all;
    for (const biometric::BiometricInformation& information : templates) {
        auto some = decodeFile(fileName, information.dataBlock, BiometricDataGroup::maximumLength,
                               [&] { return decode(information); });
        std::move(some.begin(), some.end(), std::back_inserter(all));
    }
    return all;
}

} // namespace cancuoc::lds
