// SPDX-License-Identifier: Apache-2.0
#include "host/trust/master_list.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/lds/asn1.hpp"
#include "host/lds/signed_data.hpp"
#include "host/trust/certificate_chain.hpp"
#include "host/trust/signature.hpp"

namespace cancuoc::trust {

namespace {

using namespace lds;

constexpr std::string_view fileName = "The master list";

/// The signer stands below an anchor, or, with a link certificate between, below one that the list brings
/// along and an anchor vouches for: only the first is followed here.
MasterListSource verifiedSource(const SignedData& data, const TrustStore& anchors,
                                std::chrono::sys_seconds time) {
    const Signature signature = verifySignature(data, masterListSignerRole);
    if (!signature.failure.empty()) {
        throw MalformedData("The master list cannot be trusted: " + signature.failure + ".");
    }
    const CertificateChain chain = verifyChain(*signature.signer, masterListSignerRole, anchors, time);
    if (chain.result != CheckResult::Passed) {
        throw MalformedData("The master list cannot be trusted: " + chain.reason + ".");
    }
    return {signature.signer->country(), signature.signer->subject(), signature.signingTime, 0};
}

// Doc 9303-12, 9.2: CscaMasterList ::= SEQUENCE { version INTEGER {v0(0)}, certList SET OF Certificate }
std::vector<Bytes> readCertificates(BytesView content) {
    TlvReader reader = readTlv(content, asn1::sequence, "The list").children();
    if (readInteger(reader, "The version") != 0) {
        throw MalformedData("The list has another version than 0.");
    }
    TlvReader set = reader.expect(asn1::set, "The set of certificates").children();
    reader.expectEnd("The list");
    std::vector<Bytes> certificates;
    while (!set.atEnd()) {
        if (certificates.size() == MasterList::maximumCertificates) {
            throw MalformedData("There are more than " + std::to_string(MasterList::maximumCertificates) +
                                " certificates.");
        }
        certificates.push_back(toBytes(set.expect(asn1::sequence, "A certificate").encoded));
    }
    return certificates;
}

} // namespace

MasterList MasterList::decode(BytesView file, const TrustStore& anchors, std::chrono::sys_seconds time) {
    const SignedData data =
        decodeFile(fileName, file, maximumLength, [file] { return SignedData::decode(file); });
    MasterListSource source = verifiedSource(data, anchors, time);
    MasterList list = unverified(data);
    source.certificates = list.certificates.size();
    list.source = std::move(source);
    return list;
}

MasterList MasterList::unverified(const SignedData& data) {
    return decodeFile(fileName, data.content(), maximumLength, [&data] {
        return MasterList{readCertificates(data.content()), {}};
    });
}

bool isSignedData(BytesView file) {
    try {
        (void)SignedData::decode(file);
        return true;
    } catch (const MalformedData&) {
        return false;
    }
}

} // namespace cancuoc::trust
