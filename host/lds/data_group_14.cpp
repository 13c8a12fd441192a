// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_14.hpp"

#include "host/apdu/tlv.hpp"
#include "host/lds/asn1.hpp"
#include "host/lds/data_group.hpp"

#include <algorithm>

namespace cancuoc::lds {

DataGroup14 DataGroup14::decode(BytesView file) {
    return decodeFile("DG14", file, SecurityInfos::maximumLength, [file] {
        const Tlv dataGroup = readTlv(file, fileTag(FileId::DataGroup14), "DG14");
        return DataGroup14{SecurityInfos::decode(dataGroup.value)};
    });
}

Bytes DataGroup14::encode() const {
    return encodeTlv(fileTag(FileId::DataGroup14), securityInfos.encode());
}

bool DataGroup14::contains(const CardAccess& cardAccess) const {
    const auto& signedInfos = securityInfos.infos;
    const auto& announced = cardAccess.securityInfos.infos;
    return std::all_of(announced.begin(), announced.end(), [&signedInfos](const SecurityInfo& info) {
        return std::find(signedInfos.begin(), signedInfos.end(), info) != signedInfos.end();
    });
}

} // namespace cancuoc::lds
