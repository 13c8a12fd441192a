// SPDX-License-Identifier: Apache-2.0
#include "host/lds/directory.hpp"

#include "host/lds/asn1.hpp"
#include "host/lds/padding.hpp"

#include <algorithm>

namespace cancuoc::lds {

namespace {

constexpr std::uint32_t applicationTemplate = 0x61;
constexpr std::uint32_t applicationIdentifier = 0x4F;
constexpr std::size_t longestIdentifier = 16;

Directory::Application readApplication(TlvReader reader) {
    const Tlv identifier = reader.expect(applicationIdentifier, "The identifier of an application");
    if (identifier.value.empty() || identifier.value.size() > longestIdentifier) {
        throw MalformedData("The identifier of an application does not have 1 to 16 bytes.");
    }
    return {toBytes(identifier.value), toBytes(reader.remaining())};
}

} // namespace

Directory Directory::of(const std::vector<ApplicationIdentifier>& identifiers) {
    Directory directory;
    for (const ApplicationIdentifier& identifier : identifiers) {
        directory.applications.push_back({identifier, {}});
    }
    return directory;
}

// ISO/IEC 7816-4, 12.2.2: application templates and application identifiers, in any order
Directory Directory::decode(BytesView file) {
    return decodeFile("EF.DIR", file, maximumLength, [file] {
        Directory directory;
        for (BytesView rest = withoutPadding(file); !rest.empty();) {
            TlvReader reader(rest);
            const Tlv dataObject = *reader.next();
            if (directory.applications.size() == maximumCount) {
                throw MalformedData("There are more than " + std::to_string(maximumCount) + " applications.");
            }
            if (dataObject.tag == applicationTemplate) {
                directory.applications.push_back(readApplication(dataObject.children()));
            } else if (dataObject.tag == applicationIdentifier) {
                directory.applications.push_back(readApplication(TlvReader(dataObject.encoded)));
            }
            rest = withoutPadding(reader.remaining());
        }
        return directory;
    });
}

Bytes Directory::encode() const {
    Bytes file;
    for (const Application& application : applications) {
        append(file, encodeTlv(applicationTemplate, encodeTlv(applicationIdentifier, application.identifier),
                               application.others));
    }
    return file;
}

bool Directory::lists(BytesView identifier) const {
    return std::any_of(applications.begin(), applications.end(), [identifier](const Application& candidate) {
        return equal(candidate.identifier, identifier);
    });
}

} // namespace cancuoc::lds
