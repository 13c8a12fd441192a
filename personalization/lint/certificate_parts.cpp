// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/certificate_parts.hpp"

#include <algorithm>

#include "host/lds/asn1.hpp"
#include "host/trust/certificate_extensions.hpp"

namespace cancuoc::personalization::lint {

namespace {

using namespace lds;

std::string dotted(const Tlv& identifier) {
    return ObjectIdentifier::fromContent(identifier.value).toText();
}

std::vector<ExtensionPart> readExtensions(BytesView sequence) {
    std::vector<ExtensionPart> extensions;
    for (TlvReader list = readTlv(sequence, asn1::sequence, "The extensions").children(); !list.atEnd();) {
        TlvReader reader = list.expect(asn1::sequence, "An extension").children();
        ExtensionPart extension;
        extension.identifier = dotted(reader.expect(asn1::objectIdentifier, "An extension's identifier"));
        if (reader.find(der::boolean)) {
            extension.criticality = reader.expect(der::boolean, "An extension's criticality");
        }
        extension.value = reader.expect(asn1::octetString, "An extension's value").value;
        extensions.push_back(std::move(extension));
    }
    return extensions;
}

std::vector<std::string> purposesIn(BytesView extension) {
    std::vector<std::string> purposes;
    try {
        for (TlvReader list = readTlv(extension, asn1::sequence, "The purposes").children(); !list.atEnd();) {
            purposes.push_back(dotted(list.expect(asn1::objectIdentifier, "A purpose")));
        }
    } catch (const MalformedData&) {
        purposes.clear(); // a rule says so
    }
    return purposes;
}

// id-kp of RFC 5280, 4.2.1.12.
constexpr std::string_view internetPurposes = "1.3.6.1.5.5.7.3.";

CertificateRole roleOfEndEntity(const std::vector<std::string>& purposes) {
    const auto names = [&](std::string_view wanted) {
        return std::find(purposes.begin(), purposes.end(), wanted) != purposes.end();
    };
    const auto namesOneOf = [&](std::string_view beginning) {
        return std::any_of(purposes.begin(), purposes.end(),
                           [&](const std::string& one) { return one.starts_with(beginning); });
    };
    if (names(purpose::masterListSigner) || names(purpose::deviationListSigner)) {
        return CertificateRole::ListSigner;
    }
    if (names(purpose::barCodeSigner)) {
        return CertificateRole::BarCodeSigner;
    }
    if (namesOneOf(purpose::lds2Signer)) {
        return CertificateRole::Lds2Signer;
    }
    if (names(purpose::spocServer)) {
        return CertificateRole::SpocServer;
    }
    if (names(purpose::spocClient)) {
        return CertificateRole::SpocClient;
    }
    return namesOneOf(internetPurposes) ? CertificateRole::Communication : CertificateRole::DocumentSigner;
}

CertificateRole roleOf(const trust::Certificate& certificate, const std::vector<std::string>& purposes) {
    switch (certificate.kind()) {
    case trust::CertificateKind::CountrySigningRoot:
        return CertificateRole::CountrySigningRoot;
    case trust::CertificateKind::CountrySigningLink:
        return CertificateRole::CountrySigningLink;
    default:
        return roleOfEndEntity(purposes);
    }
}

constexpr std::uint32_t versionTag = 0xA0;
constexpr std::uint32_t extensionsTag = 0xA3;

void readBody(TlvReader body, CertificateParts& parts) {
    if (body.find(versionTag)) {
        (void)body.expect(versionTag, "The version");
    }
    (void)body.expect(asn1::integer, "The serial number");
    parts.signatureAlgorithm = readAlgorithm(body.expect(asn1::sequence, "The algorithm").encoded);
    parts.issuer = body.expect(asn1::sequence, "The issuer").encoded;
    (void)body.expect(asn1::sequence, "The validity");
    parts.subject = body.expect(asn1::sequence, "The subject").encoded;
    const Tlv key = body.expect(asn1::sequence, "The public key");
    parts.keyAlgorithm = readAlgorithm(key.children().expect(asn1::sequence, "Its algorithm").encoded);
    if (const auto extensions = body.find(extensionsTag)) {
        parts.extensions = readExtensions(extensions->value);
    }
}

void readGeneralName(const Tlv& name, AlternativeNameParts& parts) {
    constexpr std::uint32_t rfc822Name = 0x81;
    constexpr std::uint32_t dNSName = 0x82;
    constexpr std::uint32_t directoryName = 0xA4;
    constexpr std::uint32_t uniformResourceIdentifier = 0x86;
    parts.hasDnsName |= name.tag == dNSName;
    parts.hasContact |=
        name.tag == rfc822Name || name.tag == dNSName || name.tag == uniformResourceIdentifier;
    if (name.tag == directoryName) {
        parts.directoryNames.push_back(attributesOf(name.value));
    }
}

void readAddresses(const Tlv& distributionPointName, DistributionPointParts& parts) {
    constexpr std::uint32_t fullName = 0xA0;
    for (TlvReader choice = distributionPointName.children(); !choice.atEnd();) {
        const Tlv names = *choice.next();
        if (names.tag != fullName) {
            parts.addresses.emplace_back(); // a name relative to the issuer is no address
            continue;
        }
        for (TlvReader list = names.children(); !list.atEnd();) {
            const Tlv name = *list.next();
            constexpr std::uint32_t uniformResourceIdentifier = 0x86;
            const auto* const text = reinterpret_cast<const char*>(name.value.data());
            parts.addresses.push_back(name.tag == uniformResourceIdentifier
                                          ? std::string_view(text, name.value.size())
                                          : std::string_view());
        }
    }
}

/// What `read` makes of the extension's value; nothing where there is none or it is malformed, of which other
/// rules speak.
template <class Read>
auto readIfPossible(const CertificateParts& parts, std::string_view identifier, Read read)
    -> std::optional<decltype(read(BytesView()))> {
    const auto* const extension = parts.find(identifier);
    if (extension == nullptr) {
        return std::nullopt;
    }
    try {
        return read(extension->value);
    } catch (const MalformedData&) {
        return std::nullopt;
    }
}

std::optional<trust::PrivateKeyUsagePeriod> usagePeriodOf(const trust::Certificate& certificate) {
    try {
        return trust::privateKeyUsagePeriodOf(*certificate.x509());
    } catch (const MalformedData&) {
        return std::nullopt;
    }
}

} // namespace

const ExtensionPart* CertificateParts::find(std::string_view identifier) const {
    const auto found = std::find_if(extensions.begin(), extensions.end(),
                                    [&](const ExtensionPart& one) { return one.identifier == identifier; });
    return found != extensions.end() ? &*found : nullptr;
}

CertificateParts readParts(const trust::Certificate& certificate) {
    CertificateParts parts;
    parts.certificate = &certificate;
    try {
        TlvReader outer = readTlv(certificate.der(), asn1::sequence, "The certificate").children();
        readBody(outer.expect(asn1::sequence, "The body").children(), parts);
    } catch (const MalformedData&) {
        parts.isWhole = false; // BER that OpenSSL reads: lengths without end, and the like
    }
    if (const auto* usage = parts.find(trust::extendedKeyUsageIdentifier)) {
        parts.purposes = purposesIn(usage->value);
    }
    parts.role = roleOf(certificate, parts.purposes);
    parts.usagePeriod = usagePeriodOf(certificate);
    parts.subjectAltName = readIfPossible(parts, "2.5.29.17", readAlternativeName);
    parts.issuerAltName = readIfPossible(parts, "2.5.29.18", readAlternativeName);
    parts.distributionPoints = readIfPossible(parts, "2.5.29.31", readDistributionPoints);
    return parts;
}

std::optional<Tlv> serialNumberOf(BytesView certificate) {
    try {
        TlvReader outer = readTlv(certificate, asn1::sequence, "The certificate").children();
        return outer.expect(asn1::sequence, "The body").children().find(asn1::integer);
    } catch (const MalformedData&) {
        return std::nullopt;
    }
}

DistributionPointParts readDistributionPoints(BytesView extension) {
    constexpr std::uint32_t distributionPoint = 0xA0;
    constexpr std::uint32_t reasons = 0x81;
    constexpr std::uint32_t issuer = 0xA2;
    DistributionPointParts parts;
    for (TlvReader points = readTlv(extension, asn1::sequence, "The points").children(); !points.atEnd();) {
        for (TlvReader point = points.expect(asn1::sequence, "A point").children(); !point.atEnd();) {
            const Tlv part = *point.next();
            if (part.tag == distributionPoint) {
                readAddresses(part, parts);
            }
            parts.hasReasons |= part.tag == reasons;
            parts.namesIssuer |= part.tag == issuer;
        }
    }
    return parts;
}

AlternativeNameParts readAlternativeName(BytesView extension) {
    AlternativeNameParts parts;
    for (TlvReader names = readTlv(extension, asn1::sequence, "The names").children(); !names.atEnd();) {
        readGeneralName(*names.next(), parts);
    }
    return parts;
}

} // namespace cancuoc::personalization::lint
