// SPDX-License-Identifier: Apache-2.0
#include "host/lds/security_infos.hpp"

#include "host/apdu/tlv.hpp"
#include "host/lds/asn1.hpp"

#include <algorithm>

namespace cancuoc::lds {

namespace {

std::optional<int> readOptionalInteger(TlvReader& reader, std::string_view what) {
    if (reader.atEnd()) {
        return std::nullopt;
    }
    return readInteger(reader, what);
}

/// As written; empty when absent.
Bytes readOptionalSequence(TlvReader& reader, std::string_view what) {
    return reader.atEnd() ? Bytes() : toBytes(reader.expect(asn1::sequence, what).encoded);
}

PaceInfo readPaceInfo(const ObjectIdentifier& protocol, TlvReader& reader) {
    PaceInfo info{protocol, readInteger(reader, "The version of a PACEInfo"), std::nullopt};
    info.parameterId = readOptionalInteger(reader, "The parameter identifier of a PACEInfo");
    reader.expectEnd("A PACEInfo");
    return info;
}

PaceDomainParameterInfo readPaceDomainParameterInfo(const ObjectIdentifier& protocol, TlvReader& reader) {
    const Tlv parameter =
        reader.expect(asn1::sequence, "The AlgorithmIdentifier of a PACEDomainParameterInfo");
    PaceDomainParameterInfo info{protocol, toBytes(parameter.encoded), std::nullopt};
    info.parameterId = readOptionalInteger(reader, "The parameter identifier of a PACEDomainParameterInfo");
    reader.expectEnd("A PACEDomainParameterInfo");
    return info;
}

ChipAuthenticationInfo readChipAuthenticationInfo(const ObjectIdentifier& protocol, TlvReader& reader) {
    ChipAuthenticationInfo info{protocol, readInteger(reader, "The version of a ChipAuthenticationInfo"),
                                std::nullopt};
    info.keyId = readOptionalInteger(reader, "The key identifier of a ChipAuthenticationInfo");
    reader.expectEnd("A ChipAuthenticationInfo");
    return info;
}

ChipAuthenticationDomainParameterInfo
readChipAuthenticationDomainParameterInfo(const ObjectIdentifier& protocol, TlvReader& reader) {
    constexpr std::string_view what = "The AlgorithmIdentifier of a ChipAuthenticationDomainParameterInfo";
    ChipAuthenticationDomainParameterInfo info{protocol, toBytes(reader.expect(asn1::sequence, what).encoded),
                                               std::nullopt};
    info.keyId = readOptionalInteger(reader, "The key identifier of a ChipAuthenticationDomainParameterInfo");
    reader.expectEnd("A ChipAuthenticationDomainParameterInfo");
    return info;
}

ChipAuthenticationPublicKeyInfo readChipAuthenticationPublicKeyInfo(const ObjectIdentifier& protocol,
                                                                    TlvReader& reader) {
    const Tlv key = reader.expect(asn1::sequence, "The key of a ChipAuthenticationPublicKeyInfo");
    ChipAuthenticationPublicKeyInfo info{protocol, toBytes(key.encoded), std::nullopt};
    info.keyId = readOptionalInteger(reader, "The key identifier of a ChipAuthenticationPublicKeyInfo");
    reader.expectEnd("A ChipAuthenticationPublicKeyInfo");
    return info;
}

TerminalAuthenticationInfo readTerminalAuthenticationInfo(const ObjectIdentifier& protocol,
                                                          TlvReader& reader) {
    TerminalAuthenticationInfo info{
        protocol, readInteger(reader, "The version of a TerminalAuthenticationInfo"), {}};
    info.efCvca = readOptionalSequence(reader, "The file of a TerminalAuthenticationInfo");
    reader.expectEnd("A TerminalAuthenticationInfo");
    return info;
}

ActiveAuthenticationInfo readActiveAuthenticationInfo(const ObjectIdentifier& protocol, TlvReader& reader) {
    ActiveAuthenticationInfo info{
        protocol, readInteger(reader, "The version of an ActiveAuthenticationInfo"),
        readObjectIdentifier(reader, "The algorithm of an ActiveAuthenticationInfo")};
    reader.expectEnd("An ActiveAuthenticationInfo");
    return info;
}

EfDirInfo readEfDirInfo(const ObjectIdentifier& protocol, TlvReader& reader) {
    EfDirInfo info{protocol, toBytes(reader.expect(asn1::octetString, "The content of an EFDIRInfo").value)};
    reader.expectEnd("An EFDIRInfo");
    return info;
}

CardInfoLocator readCardInfoLocator(const ObjectIdentifier& protocol, TlvReader& reader) {
    CardInfoLocator info{
        protocol, toText(reader.expect(asn1::ia5String, "The URL of a CardInfoLocator").value), {}};
    info.efCardInfo = readOptionalSequence(reader, "The file of a CardInfoLocator");
    reader.expectEnd("A CardInfoLocator");
    return info;
}

EidSecurityInfo readEidSecurityInfo(const ObjectIdentifier& protocol, TlvReader& reader) {
    EidSecurityInfo info{
        protocol, toBytes(reader.expect(asn1::sequence, "The hashes of an EIDSecurityInfo").encoded), {}};
    info.eidVersionInfo = readOptionalSequence(reader, "The version of an EIDSecurityInfo");
    reader.expectEnd("An EIDSecurityInfo");
    return info;
}

PrivilegedTerminalInfo readPrivilegedTerminalInfo(const ObjectIdentifier& protocol, TlvReader& reader) {
    PrivilegedTerminalInfo info{
        protocol, toBytes(reader.expect(asn1::set, "The SET of a PrivilegedTerminalInfo").encoded)};
    reader.expectEnd("A PrivilegedTerminalInfo");
    return info;
}

/// How many arcs `protocol` has below `parent`; nothing when it is not under it. All arcs in question are
/// below 128 and so take one byte.
std::optional<std::size_t> arcsBelow(const ObjectIdentifier& protocol, std::string_view parent) {
    const ObjectIdentifier parentIdentifier = ObjectIdentifier::fromText(parent);
    const BytesView above = parentIdentifier.content();
    const BytesView whole = protocol.content();
    if (whole.size() < above.size() || !equal(whole.first(above.size()), above)) {
        return std::nullopt;
    }
    return whole.size() - above.size();
}

template <auto read>
SecurityInfo reading(const ObjectIdentifier& protocol, TlvReader& reader) {
    return read(protocol, reader);
}

/// Whether a protocol needs the SecurityInfo, so that a malformed one is an error, or it informs only.
enum class Use { Protocol, Information };

struct KnownProtocol {
    std::string_view parent;
    std::size_t arcs; ///< below the parent
    SecurityInfo (*read)(const ObjectIdentifier& protocol, TlvReader& reader);
    Use use = Use::Protocol;
};

// Doc 9303-11, 9.2: the protocol tells the type. id-PACE-<agreement> and id-CA-<agreement> alone name domain
// parameters, with a cipher behind it the protocol.
constexpr KnownProtocol knownProtocols[] = {
    {oid::pace, 2, reading<readPaceInfo>},
    {oid::pace, 1, reading<readPaceDomainParameterInfo>},
    {oid::chipAuthentication, 2, reading<readChipAuthenticationInfo>},
    {oid::chipAuthentication, 1, reading<readChipAuthenticationDomainParameterInfo>},
    {oid::chipAuthenticationPublicKeyDh, 0, reading<readChipAuthenticationPublicKeyInfo>},
    {oid::chipAuthenticationPublicKeyEcdh, 0, reading<readChipAuthenticationPublicKeyInfo>},
    {oid::terminalAuthentication, 0, reading<readTerminalAuthenticationInfo>},
    {oid::activeAuthentication, 0, reading<readActiveAuthenticationInfo>},
    {oid::efDir, 0, reading<readEfDirInfo>, Use::Information},
    {oid::cardInfoLocator, 0, reading<readCardInfoLocator>, Use::Information},
    {oid::eidSecurity, 0, reading<readEidSecurityInfo>, Use::Information},
    {oid::privilegedTerminal, 0, reading<readPrivilegedTerminalInfo>, Use::Information},
};

SecurityInfo readSecurityInfo(const Tlv& sequence) {
    TlvReader reader = sequence.children();
    const ObjectIdentifier protocol = readObjectIdentifier(reader, "The protocol of a SecurityInfo");
    for (const KnownProtocol& known : knownProtocols) {
        if (arcsBelow(protocol, known.parent) == known.arcs) {
            try {
                return known.read(protocol, reader);
            } catch (const MalformedData&) {
                if (known.use == Use::Protocol) {
                    throw;
                }
            }
        }
    }
    return UnknownSecurityInfo{protocol, toBytes(sequence.encoded)};
}

Bytes encodeOptionalInteger(const std::optional<int>& value) {
    return value ? encodeInteger(*value) : Bytes();
}

Bytes encode(const PaceInfo& info) {
    return encodeTlv(asn1::sequence, info.protocol.encode(), encodeInteger(info.version),
                     encodeOptionalInteger(info.parameterId));
}

Bytes encode(const PaceDomainParameterInfo& info) {
    return encodeTlv(asn1::sequence, info.protocol.encode(), info.domainParameter,
                     encodeOptionalInteger(info.parameterId));
}

Bytes encode(const ChipAuthenticationInfo& info) {
    return encodeTlv(asn1::sequence, info.protocol.encode(), encodeInteger(info.version),
                     encodeOptionalInteger(info.keyId));
}

Bytes encode(const ChipAuthenticationDomainParameterInfo& info) {
    return encodeTlv(asn1::sequence, info.protocol.encode(), info.domainParameter,
                     encodeOptionalInteger(info.keyId));
}

Bytes encode(const ChipAuthenticationPublicKeyInfo& info) {
    return encodeTlv(asn1::sequence, info.protocol.encode(), info.subjectPublicKeyInfo,
                     encodeOptionalInteger(info.keyId));
}

Bytes encode(const TerminalAuthenticationInfo& info) {
    return encodeTlv(asn1::sequence, info.protocol.encode(), encodeInteger(info.version), info.efCvca);
}

Bytes encode(const ActiveAuthenticationInfo& info) {
    return encodeTlv(asn1::sequence, info.protocol.encode(), encodeInteger(info.version),
                     info.signatureAlgorithm.encode());
}

Bytes encode(const EfDirInfo& info) {
    return encodeTlv(asn1::sequence, info.protocol.encode(), encodeTlv(asn1::octetString, info.efDir));
}

Bytes encode(const CardInfoLocator& info) {
    return encodeTlv(asn1::sequence, info.protocol.encode(), encodeTlv(asn1::ia5String, viewOf(info.url)),
                     info.efCardInfo);
}

Bytes encode(const EidSecurityInfo& info) {
    return encodeTlv(asn1::sequence, info.protocol.encode(), info.eidSecurityObject, info.eidVersionInfo);
}

Bytes encode(const PrivilegedTerminalInfo& info) {
    return encodeTlv(asn1::sequence, info.protocol.encode(), info.privilegedTerminalInfos);
}

Bytes encode(const UnknownSecurityInfo& info) {
    return info.encoded;
}

} // namespace

SecurityInfos PrivilegedTerminalInfo::securityInfos() const {
    return SecurityInfos::decode(privilegedTerminalInfos);
}

SecurityInfos SecurityInfos::decode(BytesView set) {
    return decodeFile("SecurityInfos", set, maximumLength, [set] {
        TlvReader reader = readTlv(set, asn1::set, "The SET of SecurityInfos").children();
        SecurityInfos securityInfos;
        while (!reader.atEnd()) {
            if (securityInfos.infos.size() == maximumCount) {
                throw MalformedData("There are more than " + std::to_string(maximumCount) +
                                    " SecurityInfos.");
            }
            securityInfos.infos.push_back(readSecurityInfo(reader.expect(asn1::sequence, "A SecurityInfo")));
        }
        return securityInfos;
    });
}

Bytes SecurityInfos::encode() const {
    std::vector<Bytes> elements;
    elements.reserve(infos.size());
    for (const SecurityInfo& info : infos) {
        elements.push_back(std::visit([](const auto& known) { return lds::encode(known); }, info));
    }
    std::sort(elements.begin(), elements.end(), [](const Bytes& left, const Bytes& right) {
        return std::lexicographical_compare(left.begin(), left.end(), right.begin(), right.end());
    });
    Bytes value;
    for (const Bytes& element : elements) {
        append(value, element);
    }
    return encodeTlv(asn1::set, value);
}

} // namespace cancuoc::lds
