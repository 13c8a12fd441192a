// SPDX-License-Identifier: Apache-2.0
#include "personalization/issuance/card_builder.hpp"

#include "host/base/error.hpp"
#include "host/crypto/digest.hpp"
#include "host/lds/common_data.hpp"
#include "host/lds/data_group.hpp"
#include "host/lds/data_group_1.hpp"
#include "host/lds/document_security_object.hpp"
#include "personalization/issuance/data_groups.hpp"

namespace cancuoc::personalization {

namespace {

constexpr std::size_t cardAccessNumberLength = 6;

ElementaryFile fileOf(lds::FileId file, Bytes content) {
    return {lds::fileIdentifier(file), std::move(content)};
}

// EF.COM lists, and the Document Security Object hashes, the very files that are loaded.
lds::CommonData commonDataOf(const std::vector<ElementaryFile>& dataGroups, const IssuingPolicy& policy) {
    std::vector<int> numbers;
    numbers.reserve(dataGroups.size());
    for (const ElementaryFile& file : dataGroups) {
        numbers.push_back(lds::dataGroupNumber(lds::FileId{file.fileIdentifier}).value());
    }
    auto commonData = lds::CommonData::forDataGroups(numbers);
    if (policy.signLdsVersion) {
        commonData.ldsVersion = lds::DocumentSecurityObject::VersionInfo().ldsVersion;
    }
    return commonData;
}

lds::DocumentSecurityObject securityObjectOf(const std::vector<ElementaryFile>& dataGroups,
                                             const IssuingPolicy& policy) {
    lds::DocumentSecurityObject object;
    if (policy.signLdsVersion) {
        object.versionInfo = lds::DocumentSecurityObject::VersionInfo{};
    }
    for (const ElementaryFile& file : dataGroups) {
        const int number = lds::dataGroupNumber(lds::FileId{file.fileIdentifier}).value();
        object.dataGroupHashes[number] = digest(object.hashAlgorithm, file.content);
    }
    return object;
}

void checkSizes(const CardImage& image, const IssuingPolicy& policy) {
    for (const ElementaryFile& file : image.files) {
        if (file.content.size() > policy.maximumFileSize) {
            throw MalformedData(lds::fileName(lds::FileId{file.fileIdentifier}) + " would have " +
                                std::to_string(file.content.size()) + " bytes; the chip takes at most " +
                                std::to_string(policy.maximumFileSize) + ".");
        }
    }
}

} // namespace

CardImage buildCard(const CitizenRecord& record, const Pictures& pictures, ChipKeys keys,
                    const SecurityObjectSigner& signer, BytesView chipSerial, const IssuingPolicy& policy) {
    using lds::FileId;
    const lds::CardAccess cardAccess = lds::CardAccess::vietnameseCitizenCard();
    const lds::MachineReadableZone zone = machineReadableZoneOf(record);

    CardImage image;
    image.files.push_back(fileOf(FileId::DataGroup1, lds::DataGroup1::of(zone).encode()));
    image.files.push_back(fileOf(FileId::DataGroup2, dataGroup2Of(pictures).encode()));
    image.files.push_back(fileOf(FileId::DataGroup3, dataGroup3Of(pictures).encode()));
    image.files.push_back(fileOf(FileId::DataGroup13, dataGroup13Of(record, chipSerial).encode()));
    image.files.push_back(fileOf(FileId::DataGroup14, dataGroup14Of(cardAccess, keys).encode()));
    image.files.push_back(fileOf(FileId::DataGroup15, dataGroup15Of(keys).encode()));
    Bytes commonData = commonDataOf(image.files, policy).encode();
    Bytes securityObject = signer.sign(securityObjectOf(image.files, policy));
    image.files.push_back(fileOf(FileId::Com, std::move(commonData)));
    image.files.push_back(fileOf(FileId::Sod, std::move(securityObject)));
    checkSizes(image, policy);

    image.cardAccess = cardAccess.encode();
    image.cardAccessNumber =
        SecretBytes(viewOf(record.number).last(cardAccessNumberLength)); // checked by the MRZ: 12 digits
    image.mrzInformation = SecretBytes(viewOf(zone.mrzInformation()));
    image.keys = std::move(keys);
    return image;
}

} // namespace cancuoc::personalization
