// SPDX-License-Identifier: Apache-2.0
#include "host/lds/data_group_16.hpp"

#include "host/lds/asn1.hpp"
#include "host/lds/detail_field.hpp"

namespace cancuoc::lds {

namespace {

constexpr std::uint32_t countTag = 0x02;
constexpr std::uint32_t templateTags = 0xA0; // A1 for the first, and so on
constexpr std::uint32_t templateTagsMask = 0xFFFFFFF0;

// Doc 9303-10, table 80
using Person = DataGroup16::Person;
using Field = DetailField<Person>;
constexpr Field fields[] = {
    {0x5F50, &Person::dateRecorded, DetailForm::Date},
    {0x5F51, &Person::name},
    {0x5F52, &Person::telephone},
    {0x5F53, &Person::address},
};

[[noreturn]] void refuseTooMany() {
    throw MalformedData("There are more than " + std::to_string(DataGroup16::maximumCount) + " persons.");
}

Person readPerson(const Tlv& personTemplate) {
    Person person;
    readDetails<Person>(person, readDetailTemplate(personTemplate), fields);
    return person;
}

} // namespace

DataGroup16 DataGroup16::decode(BytesView file) {
    return decodeFile("DG16", file, maximumLength, [file] {
        TlvReader reader = readTlv(file, fileTag(FileId::DataGroup16), "DG16").children();
        DataGroup16 dataGroup;
        while (const auto dataObject = reader.next()) {
            if ((dataObject->tag & templateTagsMask) == templateTags) {
                if (dataGroup.persons.size() == maximumCount) {
                    refuseTooMany();
                }
                dataGroup.persons.push_back(readPerson(*dataObject));
            } else if (dataObject->tag != countTag) {
                throw MalformedData("There is a data object that is no person.");
            }
        }
        return dataGroup;
    });
}

Bytes DataGroup16::encode() const {
    if (persons.size() > maximumCount) {
        refuseTooMany();
    }
    Bytes content = encodeTlv(countTag, toBigEndian(persons.size(), 1));
    std::uint32_t tag = templateTags;
    for (const Person& person : persons) {
        appendTlv(content, ++tag, encodeDetails(writeDetails<Person>(person, fields)));
    }
    return encodeTlv(fileTag(FileId::DataGroup16), content);
}

} // namespace cancuoc::lds
