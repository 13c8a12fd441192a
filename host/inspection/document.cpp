// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/document.hpp"

#include <algorithm>

#include "host/biometric/image.hpp"
#include "host/crypto/digest.hpp"
#include "host/lds/data_group_2.hpp"

namespace cancuoc::inspection {

using lds::FileId;

bool Document::lists(int number) const {
    if (securityObject && securityObject->dataGroupHashes.count(number) != 0) {
        return true;
    }
    if (!commonData) {
        return false;
    }
    const auto listed = commonData->dataGroups();
    return std::find(listed.begin(), listed.end(), number) != listed.end();
}

bool Document::isSignedAsRead(int number) const {
    const auto file = files.find(lds::dataGroupFile(number));
    if (!securityObject || file == files.end()) {
        return false;
    }
    const auto hash = securityObject->dataGroupHashes.find(number);
    return hash != securityObject->dataGroupHashes.end() &&
           digest(securityObject->hashAlgorithm, file->second) == hash->second;
}

const std::string* Document::whyNotRead(int number) const {
    const auto found = std::find_if(notRead.begin(), notRead.end(), [&](const FileNotRead& entry) {
        return entry.file == lds::dataGroupFile(number);
    });
    return found != notRead.end() ? &found->reason : nullptr;
}

std::optional<biometric::FacialImage> Document::decodeFace() {
    const auto dataGroup2 = decode<lds::DataGroup2>(FileId::DataGroup2);
    if (!dataGroup2) {
        return std::nullopt;
    }
    try {
        for (auto& record : dataGroup2->records()) {
            for (auto& image : record.images) {
                const auto format = biometric::readImageHeader(image.image).format;
                if (format == biometric::ImageFormat::Jpeg || format == biometric::ImageFormat::Jpeg2000) {
                    return std::move(image);
                }
            }
        }
    } catch (const MalformedData& malformed) {
        defects[FileId::DataGroup2] = malformed.what();
    }
    return std::nullopt;
}

} // namespace cancuoc::inspection
