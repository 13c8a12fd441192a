// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_5.hpp"

#include "host/lds/displayed_images.hpp"

namespace cancuoc::lds {

namespace {
constexpr std::uint32_t portraitTag = 0x5F40;
} // namespace

DataGroup5 DataGroup5::decode(BytesView file) {
    return {displayed_images::decode(file, FileId::DataGroup5, portraitTag)};
}

Bytes DataGroup5::encode() const {
    return displayed_images::encode(portraits, FileId::DataGroup5, portraitTag);
}

} // namespace cancuoc::lds
