// SPDX-License-Identifier: Apache-2.0
#include "host/lds/displayed_images.hpp"

#include "host/lds/asn1.hpp"

namespace cancuoc::lds::displayed_images {

namespace {

constexpr std::uint32_t countTag = 0x02;

[[noreturn]] void refuseTooMany() {
    throw MalformedData("There are more than " + std::to_string(maximumCount) + " pictures.");
}

} // namespace

std::vector<Bytes> decode(BytesView content, FileId file, std::uint32_t imageTag) {
    const std::string name = fileName(file);
    return decodeFile(name, content, maximumLength, [&] {
        TlvReader reader = readTlv(content, fileTag(file), name).children();
        std::vector<Bytes> images;
        while (const auto dataObject = reader.next()) {
            if (dataObject->tag == imageTag) {
                if (images.size() == maximumCount) {
                    refuseTooMany();
                }
                images.push_back(toBytes(dataObject->value));
            } else if (dataObject->tag != countTag) {
                throw MalformedData("There is a data object that is no picture.");
            }
        }
        return images;
    });
}

Bytes encode(const std::vector<Bytes>& images, FileId file, std::uint32_t imageTag) {
    if (images.size() > maximumCount) {
        refuseTooMany();
    }
    Bytes content = encodeTlv(countTag, toBigEndian(images.size(), 1));
    for (const Bytes& image : images) {
        appendTlv(content, imageTag, image);
    }
    return encodeTlv(fileTag(file), content);
}

} // namespace cancuoc::lds::displayed_images
