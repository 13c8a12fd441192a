// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_12.hpp"

#include "host/lds/detail_field.hpp"

namespace cancuoc::lds {

namespace {

constexpr std::uint32_t otherPersonTag = 0x5F1A;

// Doc 9303-10, table 73
using Field = DetailField<DataGroup12>;
constexpr Field fields[] = {
    {0x5F19, &DataGroup12::issuingAuthority},
    {0x5F26, &DataGroup12::issueDate, DetailForm::Date},
    {0x5F1B, &DataGroup12::endorsements},
    {0x5F1C, &DataGroup12::taxOrExitRequirements},
    {0x5F1D, &DataGroup12::frontImage},
    {0x5F1E, &DataGroup12::rearImage},
    {0x5F55, &DataGroup12::personalizationTime, DetailForm::Date},
    {0x5F56, &DataGroup12::personalizationSystem},
};

} // namespace

DataGroup12 DataGroup12::decode(BytesView file) {
    Details details = Details::decode(file, FileId::DataGroup12, otherPersonTag);
    DataGroup12 dataGroup;
    dataGroup.otherPersons = std::move(details.names);
    readDetails<DataGroup12>(dataGroup, std::move(details.others), fields);
    return dataGroup;
}

Bytes DataGroup12::encode() const {
    const Details details{writeDetails<DataGroup12>(*this, fields), otherPersons};
    const std::size_t before = (issuingAuthority.empty() ? 0U : 1U) + (issueDate.empty() ? 0U : 1U);
    return details.encode(FileId::DataGroup12, otherPersonTag, before);
}

} // namespace cancuoc::lds
