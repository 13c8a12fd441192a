// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_11.hpp"

#include "host/lds/detail_field.hpp"

namespace cancuoc::lds {

namespace {

constexpr std::uint32_t otherNameTag = 0x5F0F;

// Doc 9303-10, table 71
using Field = DetailField<DataGroup11>;
constexpr Field fields[] = {
    {0x5F0E, &DataGroup11::fullName},
    {0x5F10, &DataGroup11::personalNumber},
    {0x5F2B, &DataGroup11::birthDate, DetailForm::Date},
    {0x5F11, &DataGroup11::placeOfBirth},
    {0x5F42, &DataGroup11::address},
    {0x5F12, &DataGroup11::telephone},
    {0x5F13, &DataGroup11::profession},
    {0x5F14, &DataGroup11::title},
    {0x5F15, &DataGroup11::personalSummary},
    {0x5F16, &DataGroup11::proofOfCitizenship},
    {0x5F17, &DataGroup11::otherDocumentNumbers},
    {0x5F18, &DataGroup11::custodyInformation},
};

} // namespace

DataGroup11 DataGroup11::decode(BytesView file) {
    Details details = Details::decode(file, FileId::DataGroup11, otherNameTag);
    DataGroup11 dataGroup;
    dataGroup.otherNames = std::move(details.names);
    readDetails<DataGroup11>(dataGroup, std::move(details.others), fields);
    return dataGroup;
}

Bytes DataGroup11::encode() const {
    const Details details{writeDetails<DataGroup11>(*this, fields), otherNames};
    return details.encode(FileId::DataGroup11, otherNameTag, fullName.empty() ? 0 : 1);
}

} // namespace cancuoc::lds
