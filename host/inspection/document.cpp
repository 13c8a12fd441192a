// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/document.hpp"

#include <algorithm>

#include "host/crypto/digest.hpp"

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

bool Document::knows(FileId file) const {
    return files.count(file) != 0 ||
           std::any_of(notRead.begin(), notRead.end(),
                       [&](const FileNotRead& entry) { return entry.file == file; });
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

const std::string* Document::whyNotRead(FileId file) const {
    const auto found = std::find_if(notRead.begin(), notRead.end(),
                                    [&](const FileNotRead& entry) { return entry.file == file; });
    return found != notRead.end() ? &found->reason : nullptr;
}

const std::string* Document::whyNotRead(int number) const {
    return whyNotRead(lds::dataGroupFile(number));
}

} // namespace cancuoc::inspection
