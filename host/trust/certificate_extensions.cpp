// SPDX-License-Identifier: Apache-2.0
#include "host/trust/certificate_extensions.hpp"

#include "host/lds/asn1.hpp"
#include "host/trust/x509.hpp"

#include <openssl/err.h>

#include <algorithm>

namespace cancuoc::trust {

namespace {

std::optional<std::chrono::sys_seconds> optionalTime(const ASN1_TIME* time) {
    return time != nullptr ? std::optional(timeOf(*time)) : std::nullopt;
}

void addCountries(const X509_NAME& name, std::vector<std::string>& countries) {
    for (const int nid : {NID_localityName, NID_stateOrProvinceName}) {
        for (int index = X509_NAME_get_index_by_NID(&name, nid, -1); index >= 0;
             index = X509_NAME_get_index_by_NID(&name, nid, index)) {
            const ASN1_STRING* value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(&name, index));
            countries.push_back(toUpper(toText(bytesOf(*value))));
        }
    }
}

// The number before the next point, which is taken off with it.
unsigned long takeComponent(std::string_view& dotted) {
    unsigned long component = 0;
    std::size_t at = 0;
    for (; at < dotted.size() && dotted[at] != '.'; ++at) {
        component = component * 10 + static_cast<unsigned long>(dotted[at] - '0');
    }
    dotted.remove_prefix(std::min(at + 1, dotted.size()));
    return component;
}

// Whether content bytes are those of a dotted identifier (X.690, 8.19). A certificate is asked for thirty
// extensions, so that nothing is encoded to be compared.
bool isIdentifier(BytesView content, std::string_view dotted) {
    constexpr unsigned long firstFactor = 40;
    constexpr unsigned digitBits = 7;
    unsigned long wanted = takeComponent(dotted) * firstFactor;
    wanted += takeComponent(dotted);
    unsigned long component = 0;
    for (std::size_t at = 0; at < content.size(); ++at) {
        component = component << digitBits | (content[at] & 0x7FU);
        if ((content[at] & 0x80U) != 0) {
            continue;
        }
        if (component != wanted || dotted.empty()) {
            return component == wanted && at + 1 == content.size();
        }
        wanted = takeComponent(dotted);
        component = 0;
    }
    return false;
}

} // namespace

X509_EXTENSION* findExtension(const X509& certificate, std::string_view identifier) {
    for (int index = 0; index < X509_get_ext_count(&certificate); ++index) {
        X509_EXTENSION* extension = X509_get_ext(&certificate, index);
        const ASN1_OBJECT* object = X509_EXTENSION_get_object(extension);
        if (isIdentifier({OBJ_get0_data(object), OBJ_length(object)}, identifier)) {
            return extension;
        }
    }
    return nullptr;
}

std::optional<std::uint32_t> keyUsageOf(const X509& certificate) {
    const auto usage = decodeExtension<ASN1_BIT_STRING, ASN1_BIT_STRING_free>(certificate, NID_key_usage);
    ERR_clear_error();
    if (!usage) {
        return std::nullopt;
    }
    const BytesView bits = bytesOf(*usage);
    std::uint32_t value = 0;
    for (std::size_t index = 0; index < bits.size() && index < 2; ++index) {
        value |= static_cast<std::uint32_t>(bits[index]) << (8 * index);
    }
    return value;
}

std::optional<Bytes> subjectKeyIdentifierOf(const X509& certificate) {
    const auto identifier =
        decodeExtension<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>(certificate, NID_subject_key_identifier);
    ERR_clear_error();
    return identifier ? std::optional(toBytes(bytesOf(*identifier))) : std::nullopt;
}

std::optional<Bytes> authorityKeyIdentifierOf(const X509& certificate) {
    const auto authority =
        decodeExtension<AUTHORITY_KEYID, AUTHORITY_KEYID_free>(certificate, NID_authority_key_identifier);
    ERR_clear_error();
    return authority && authority->keyid != nullptr ? std::optional(toBytes(bytesOf(*authority->keyid)))
                                                    : std::nullopt;
}

bool isIssuedByItself(const X509& certificate) {
    const auto subject = subjectKeyIdentifierOf(certificate);
    const auto authority = authorityKeyIdentifierOf(certificate);
    return X509_NAME_cmp(X509_get_subject_name(&certificate), X509_get_issuer_name(&certificate)) == 0 &&
           (!subject || !authority || *subject == *authority);
}

bool maySignCertificates(const X509& certificate) {
    if (X509_get_version(&certificate) != X509_VERSION_3) {
        return isIssuedByItself(certificate);
    }
    const auto constraints =
        decodeExtension<BASIC_CONSTRAINTS, BASIC_CONSTRAINTS_free>(certificate, NID_basic_constraints);
    ERR_clear_error();
    return (constraints && constraints->ca != 0) ||
           (keyUsageOf(certificate).value_or(0) & KU_KEY_CERT_SIGN) != 0;
}

std::optional<PrivateKeyUsagePeriod> privateKeyUsagePeriodOf(const X509& certificate) {
    if (X509_get_ext_by_NID(&certificate, NID_private_key_usage_period, -1) < 0) {
        return std::nullopt;
    }
    const auto period =
        decodeExtension<PKEY_USAGE_PERIOD, PKEY_USAGE_PERIOD_free>(certificate, NID_private_key_usage_period);
    ERR_clear_error();
    if (!period) {
        throw MalformedData("The private key usage period is malformed.");
    }
    return PrivateKeyUsagePeriod{optionalTime(period->notBefore), optionalTime(period->notAfter)};
}

// DocumentTypeListSyntax ::= SEQUENCE { version INTEGER {v0(0)}, docTypeList SET OF PrintableString }
std::optional<std::vector<std::string>> documentTypesOf(const X509& certificate) {
    X509_EXTENSION* extension = findExtension(certificate, documentTypeListIdentifier);
    if (extension == nullptr) {
        return std::nullopt;
    }
    constexpr std::string_view what = "The document type list";
    TlvReader list =
        readTlv(bytesOf(*X509_EXTENSION_get_data(extension)), lds::asn1::sequence, what).children();
    if (lds::readInteger(list, "Its version") != 0) {
        throw MalformedData("The document type list has another version than 0.");
    }
    TlvReader types = list.expect(lds::asn1::set, what).children();
    list.expectEnd(what);
    std::vector<std::string> documentTypes;
    while (!types.atEnd()) {
        documentTypes.push_back(toText(types.expect(lds::asn1::printableString, "A document type").value));
    }
    return documentTypes;
}

std::vector<std::string> alternativeCountriesOf(const X509& certificate, int nid) {
    const auto names = decodeExtension<GENERAL_NAMES, GENERAL_NAMES_free>(certificate, nid);
    ERR_clear_error();
    std::vector<std::string> countries;
    for (int index = 0; names && index < sk_GENERAL_NAME_num(names.get()); ++index) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), index);
        if (name->type == GEN_DIRNAME) {
            addCountries(*name->d.directoryName, countries);
        }
    }
    return countries;
}

bool hasOnlyPurpose(const X509& certificate, std::string_view purpose) {
    const auto usage =
        decodeExtension<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>(certificate, NID_ext_key_usage);
    ERR_clear_error();
    if (!usage || sk_ASN1_OBJECT_num(usage.get()) != 1) {
        return false;
    }
    const ASN1_OBJECT* only = sk_ASN1_OBJECT_value(usage.get(), 0);
    return equal({OBJ_get0_data(only), OBJ_length(only)}, ObjectIdentifier::fromText(purpose).content());
}

} // namespace cancuoc::trust
