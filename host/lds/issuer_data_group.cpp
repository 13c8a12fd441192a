// SPDX-License-Identifier: Apache-2.0
#include "host/lds/issuer_data_group.hpp"

#include "host/lds/asn1.hpp"

#include <algorithm>
#include <array>

namespace cancuoc::lds {

namespace {

constexpr std::array issuersNumbers = {6, 8, 9, 10, 13};
constexpr int firstFeatures = 8;
constexpr int lastFeatures = 10;

} // namespace

IssuerDataGroup IssuerDataGroup::decode(BytesView file) {
    return decodeFile("A data group of the issuer", file, maximumLength, [file] {
        const auto tagged = file.empty() ? std::nullopt : dataGroupNumberForTag(file[0]);
        if (!tagged ||
            std::find(issuersNumbers.begin(), issuersNumbers.end(), *tagged) == issuersNumbers.end()) {
            throw MalformedData("The tag is none of DG6, DG8, DG9, DG10 and DG13.");
        }
        const FileId identifier = dataGroupFile(*tagged);
        return IssuerDataGroup{*tagged,
                               toBytes(readTlv(file, fileTag(identifier), fileName(identifier)).value)};
    });
}

Bytes IssuerDataGroup::encode() const {
    return encodeTlv(fileTag(dataGroupFile(number)), content);
}

std::optional<int> IssuerDataGroup::featureCount() const {
    constexpr std::size_t countLength = 3;
    if (number < firstFeatures || number > lastFeatures || content.size() < countLength ||
        content[0] != asn1::integer || content[1] != 1) {
        return std::nullopt;
    }
    return content[2];
}

} // namespace cancuoc::lds
