// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/elementary_file.hpp"

#include <algorithm>

namespace cancuoc::card::emrtd {
namespace {

// Doc 9303-10, 4.7: the tags of DG1 to DG16.
constexpr std::array<std::uint8_t, dataGroupCount> dataGroupTags{
    0x61, 0x75, 0x63, 0x76, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F, 0x70};

template <typename Predicate>
const ElementaryFile* findWhere(Predicate predicate) {
    const auto found = std::find_if(elementaryFiles.begin(), elementaryFiles.end(), predicate);
    return found == elementaryFiles.end() ? nullptr : &*found;
}

} // namespace

const ElementaryFile* findFile(Directory directory, std::uint16_t identifier) {
    return findWhere([=](const ElementaryFile& file) {
        return file.directory == directory && file.identifier == identifier;
    });
}

const ElementaryFile* findFileByShortIdentifier(Directory directory, std::uint8_t shortIdentifier) {
    return findWhere([=](const ElementaryFile& file) {
        return file.directory == directory && file.shortIdentifier == shortIdentifier;
    });
}

const ElementaryFile* findPersonalizedFile(std::uint16_t identifier) {
    return findWhere([=](const ElementaryFile& file) {
        return file.object == identifier && identifier != trustPointReferencesObject &&
               file.source == FileSource::Store;
    });
}

std::optional<std::uint16_t> dataGroupOfTag(std::uint8_t tag) {
    const auto found = std::find(dataGroupTags.begin(), dataGroupTags.end(), tag);
    if (found == dataGroupTags.end()) {
        return std::nullopt;
    }
    return dataGroupIdentifier(static_cast<std::uint8_t>(found - dataGroupTags.begin() + 1));
}

} // namespace cancuoc::card::emrtd
