// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_4.hpp"

namespace cancuoc::lds {

DataGroup4 DataGroup4::decode(BytesView file) {
    return {BiometricDataGroup::decode(file, FileId::DataGroup4)};
}

Bytes DataGroup4::encode() const {
    return BiometricDataGroup::encode(FileId::DataGroup4);
}

} // namespace cancuoc::lds
