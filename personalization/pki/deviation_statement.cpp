// SPDX-License-Identifier: Apache-2.0
#include "personalization/pki/deviation_statement.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "host/apdu/tlv.hpp"
#include "host/base/ascii.hpp"
#include "host/base/date.hpp"
#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/lds/asn1.hpp"
#include "host/trust/certificate.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/printable_string.hpp"
#include "personalization/pki/set_of.hpp"

namespace cancuoc::personalization {

namespace {

namespace fs = std::filesystem;
namespace asn1 = lds::asn1;

using Json = nlohmann::json;

constexpr std::size_t maximumStatementSize = std::size_t{16} << 20;
constexpr std::uint32_t documentTypeTag = 0x80;
constexpr std::uint32_t issuerAndSerialNumberTag = 0xA1;
constexpr std::uint32_t issuingDateTag = 0xA4;
constexpr std::uint32_t documentNumbersTag = 0xA5;
constexpr std::uint32_t parametersTag = 0xA0;
constexpr std::uint32_t generalizedTime = 0x18;

// Doc 9303-12, 10.2, behind id-icao-DeviationList.
constexpr std::string_view deviationTypes = "2.23.136.1.1.7.";
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> namedTypes{{
    {"CertOrKey-DSSignature", "1.1"},
    {"CertOrKey-DSEncoding", "1.2"},
    {"CertOrKey-CSCAEncoding", "1.3"},
    {"CertOrKey-AAKeyCompromised", "1.4"},
    {"LDS-DGMalformed", "2.1"},
    {"LDS-DGHashWrong", "2.2"},
    {"LDS-SODSignatureWrong", "2.3"},
    {"LDS-COMInconsistent", "2.4"},
    {"MRZ-WrongData", "3.1"},
    {"MRZ-WrongCheckDigit", "3.2"},
    {"Chip", "4"},
}};

// One value of the statement, with its name for messages.
class Element {
public:
    Element(const Json& json, std::string name) : json_(&json), name_(std::move(name)) {}

    [[noreturn]] void refuse(const std::string& rule) const {
        throw BadConfiguration(name_ + " " + rule + ".");
    }

    [[nodiscard]] std::string text() const {
        if (!json_->is_string()) {
            refuse("must be text");
        }
        return *json_;
    }

    [[nodiscard]] Bytes printable(std::size_t longest) const {
        const std::string value = text();
        if (value.empty() || value.size() > longest || !isPrintableString(value)) {
            refuse("must have 1 to " + std::to_string(longest) +
                   " letters from A to Z, digits, blanks and '()+,-./:=? only");
        }
        return encodeTlv(asn1::printableString, viewOf(value));
    }

    [[nodiscard]] int number(int most) const {
        if (!json_->is_number_unsigned() || *json_ > most) {
            refuse("must be a number of at most " + std::to_string(most));
        }
        return *json_;
    }

    // Generalized time of a day's first second (10.2 asks for that type; only the day counts).
    [[nodiscard]] Bytes day() const {
        std::string digits;
        try {
            digits = toIso(dateFromIso(text()));
        } catch (const MalformedData&) {
            refuse("must be a day, YYYY-MM-DD");
        }
        digits.erase(std::remove(digits.begin(), digits.end(), '-'), digits.end());
        return encodeTlv(generalizedTime, viewOf(digits + "000000Z"));
    }

    /// The elements of a list that has one at least.
    [[nodiscard]] std::vector<Element> list() const {
        if (!json_->is_array() || json_->empty()) {
            refuse("must be a list with one element at least");
        }
        std::vector<Element> elements;
        for (std::size_t index = 0; index < json_->size(); ++index) {
            elements.emplace_back((*json_)[index], name_ + "[" + std::to_string(index) + "]");
        }
        return elements;
    }

    [[nodiscard]] bool has(const char* member) const { return json_->contains(member); }

    [[nodiscard]] Element operator[](const char* member) const {
        if (!json_->contains(member)) {
            refuse("has no \"" + std::string(member) + "\"");
        }
        return {(*json_)[member], name_ + "." + member};
    }

    void expectOnly(std::initializer_list<std::string_view> members) const {
        if (!json_->is_object()) {
            refuse("must be an object");
        }
        for (const auto& [member, value] : json_->items()) {
            if (std::find(members.begin(), members.end(), member) == members.end()) {
                refuse("has a \"" + member + "\", which is not known here");
            }
        }
    }

private:
    const Json* json_;
    std::string name_;
};

Bytes issuerAndSerialNumber(const Element& file, const fs::path& folder) {
    const X509Ptr certificate = readCertificate(folder / file.text());
    const unsigned char* name = nullptr;
    std::size_t nameSize = 0;
    requireOpenssl(X509_NAME_get0_der(X509_get_issuer_name(certificate.get()), &name, &nameSize),
                   "The issuer of a certificate cannot be encoded");
    unsigned char* serialNumber = nullptr;
    const int size = i2d_ASN1_INTEGER(X509_get0_serialNumber(certificate.get()), &serialNumber);
    const Bytes encoded(serialNumber, serialNumber + std::max(size, 0));
    OPENSSL_free(serialNumber);
    return encodeTlv(issuerAndSerialNumberTag, BytesView(name, nameSize), encoded);
}

Bytes issuancePeriod(const Element& issued) {
    const auto period = issued.list();
    if (period.size() != 2 || toText(period.front().day()) > toText(period.back().day())) {
        issued.refuse("must be the first and the last day of issue");
    }
    return encodeTlv(issuingDateTag, period.front().day(), period.back().day());
}

Bytes documentsOf(const Element& documents, const fs::path& folder) {
    documents.expectOnly({"documentType", "documentSigner", "issued", "documentNumbers"});
    Bytes limits;
    if (documents.has("documentType")) {
        const auto type = documents["documentType"].text();
        if (type.size() != 2 || !isPrintableString(type)) {
            documents.refuse("must have a documentType of two letters, as the MRZ begins");
        }
        append(limits, encodeTlv(documentTypeTag, viewOf(type)));
    }
    if (documents.has("documentSigner")) {
        append(limits, issuerAndSerialNumber(documents["documentSigner"], folder));
    }
    if (documents.has("issued")) {
        append(limits, issuancePeriod(documents["issued"]));
    }
    if (documents.has("documentNumbers")) {
        constexpr std::size_t longestNumber = 24;
        std::vector<Bytes> numbers;
        for (const auto& number : documents["documentNumbers"].list()) {
            numbers.push_back(number.printable(longestNumber));
        }
        append(limits, encodeTlv(documentNumbersTag, elementsOfSet(numbers)));
    }
    return encodeTlv(asn1::sequence, limits);
}

Bytes typeOf(const Element& type) {
    const std::string text = type.text();
    const auto* const named = std::find_if(namedTypes.begin(), namedTypes.end(),
                                           [&text](const auto& known) { return known.first == text; });
    try {
        return ObjectIdentifier::fromText(named == namedTypes.end()
                                              ? text
                                              : std::string(deviationTypes) + std::string(named->second))
            .encode();
    } catch (const Error&) {
        type.refuse("is neither a kind of deviation like LDS-DGHashWrong nor a dotted object identifier");
    }
}

Bytes parameterOf(const Element& description) {
    constexpr std::array<std::pair<const char*, int>, 3> parameters{
        {{"dataGroup", 16}, {"mrzField", 9}, {"certificateField", 9}}};
    Bytes encoded;
    for (const auto& [name, most] : parameters) {
        if (description.has(name)) {
            if (!encoded.empty()) {
                description.refuse("has two parameters");
            }
            encoded = encodeTlv(parametersTag, lds::encodeInteger(description[name].number(most)));
        }
    }
    return encoded;
}

Bytes descriptionOf(const Element& description) {
    description.expectOnly({"description", "type", "dataGroup", "mrzField", "certificateField"});
    constexpr std::size_t longestDescription = 1000;
    const Bytes text =
        description.has("description") ? description["description"].printable(longestDescription) : Bytes();
    return encodeTlv(asn1::sequence, text, typeOf(description["type"]), parameterOf(description));
}

Bytes deviationOf(const Element& deviation, const fs::path& folder) {
    deviation.expectOnly({"documents", "descriptions"});
    std::vector<Bytes> descriptions;
    for (const auto& description : deviation["descriptions"].list()) {
        descriptions.push_back(descriptionOf(description));
    }
    return encodeTlv(asn1::sequence, documentsOf(deviation["documents"], folder),
                     encodeTlv(asn1::set, elementsOfSet(descriptions)));
}

} // namespace

Bytes deviationListOf(const fs::path& file) {
    const auto json = Json::parse(toText(readFile(file, maximumStatementSize)), nullptr, false);
    if (json.is_discarded()) {
        throw BadConfiguration("\"" + file.string() + "\" is no JSON.");
    }
    const Element statement(json, "\"" + file.string() + "\"");
    statement.expectOnly({"deviations"});
    std::vector<Bytes> deviations;
    for (const auto& deviation : statement["deviations"].list()) {
        deviations.push_back(deviationOf(deviation, file.parent_path()));
    }
    return encodeTlv(asn1::sequence, lds::encodeInteger(0), encodeTlv(asn1::set, elementsOfSet(deviations)));
}

} // namespace cancuoc::personalization
