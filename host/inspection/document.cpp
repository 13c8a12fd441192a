// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/document.hpp"

#include <algorithm>

#include "host/crypto/digest.hpp"
#include "host/lds/security_object_file.hpp"

namespace cancuoc::inspection {

using lds::FileId;

namespace {

template <class File>
void decodeInto(std::optional<File>& member, BytesView content) {
    member = File::decode(content);
}

void decodeInto(Document& document, FileId file, BytesView content) {
    switch (file) {
    case FileId::CardAccess:
        return decodeInto(document.cardAccess, content);
    case FileId::Dir:
        return decodeInto(document.directory, content);
    case FileId::Com:
        return decodeInto(document.commonData, content);
    case FileId::Sod:
        document.securityObject = lds::SecurityObjectFile::decode(content).documentSecurityObject();
        return;
    case FileId::DataGroup1:
        return decodeInto(document.dataGroup1, content);
    case FileId::DataGroup11:
        return decodeInto(document.dataGroup11, content);
    case FileId::DataGroup12:
        return decodeInto(document.dataGroup12, content);
    case FileId::DataGroup13:
        return decodeInto(document.dataGroup13, content);
    case FileId::DataGroup14:
        return decodeInto(document.dataGroup14, content);
    case FileId::DataGroup15:
        return decodeInto(document.dataGroup15, content);
    case FileId::DataGroup16:
        return decodeInto(document.dataGroup16, content);
    default:
        return;
    }
}

} // namespace

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

void Document::decode(FileId file) {
    try {
        decodeInto(*this, file, files.at(file));
    } catch (const MalformedData& malformed) {
        defects[file] = malformed.what();
    }
}

} // namespace cancuoc::inspection
