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
    if (!reader.atEnd()) {
        info.efCvca =
            toBytes(reader.expect(asn1::sequence, "The file of a TerminalAuthenticationInfo").encoded);
    }
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

// Doc 9303-11, 9.2: the protocol tells the type; id-PACE-<agreement> alone names domain parameters, with a
// cipher behind it the protocol.
SecurityInfo readSecurityInfo(const Tlv& sequence) {
    TlvReader reader = sequence.children();
    const ObjectIdentifier protocol = readObjectIdentifier(reader, "The protocol of a SecurityInfo");
    if (arcsBelow(protocol, oid::pace) == 2U) {
        return readPaceInfo(protocol, reader);
    }
    if (arcsBelow(protocol, oid::pace) == 1U) {
        return readPaceDomainParameterInfo(protocol, reader);
    }
    if (arcsBelow(protocol, oid::chipAuthentication) == 2U) {
        return readChipAuthenticationInfo(protocol, reader);
    }
    if (arcsBelow(protocol, oid::chipAuthenticationPublicKeyDh) == 0U ||
        arcsBelow(protocol, oid::chipAuthenticationPublicKeyEcdh) == 0U) {
        return readChipAuthenticationPublicKeyInfo(protocol, reader);
    }
    if (arcsBelow(protocol, oid::terminalAuthentication) == 0U) {
        return readTerminalAuthenticationInfo(protocol, reader);
    }
    if (arcsBelow(protocol, oid::activeAuthentication) == 0U) {
        return readActiveAuthenticationInfo(protocol, reader);
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

Bytes encode(const UnknownSecurityInfo& info) {
    return info.encoded;
}

} // namespace

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
