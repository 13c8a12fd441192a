// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_7.hpp"

#include "host/lds/displayed_images.hpp"

namespace cancuoc::lds {

namespace {
constexpr std::uint32_t signatureTag = 0x5F43;
} // namespace

DataGroup7 DataGroup7::decode(BytesView file) {
    return {displayed_images::decode(file, FileId::DataGroup7, signatureTag)};
}

Bytes DataGroup7::encode() const {
    return displayed_images::encode(signatures, FileId::DataGroup7, signatureTag);
}

} // namespace cancuoc::lds
