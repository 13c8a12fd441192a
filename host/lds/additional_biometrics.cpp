// SPDX-License-Identifier: Apache-2.0
#include "host/lds/additional_biometrics.hpp"

#include "host/lds/asn1.hpp"
#include "host/lds/signature_objects.hpp"

namespace cancuoc::lds {

namespace {

constexpr std::uint32_t templateTag = 0x7F2E;
constexpr std::uint32_t biometricDataTag = 0x5F2E;

} // namespace

// Doc 9303-10, table 93
AdditionalBiometrics AdditionalBiometrics::decode(BytesView file) {
    return decodeFile("EF.Biometrics", file, maximumLength, [file] {
        TlvReader reader = readTlv(file, templateTag, "The biometric data template").children();
        AdditionalBiometrics decoded;
        decoded.signedInfo = toBytes(reader.expect(biometricDataTag, "The biometric data").encoded);
        SignatureObjects objects = SignatureObjects::read(reader);
        decoded.signature = std::move(objects.signature);
        decoded.certificateReference = objects.certificateReference;
        reader.expectEnd("The biometric data template");
        return decoded;
    });
}

Bytes AdditionalBiometrics::encode() const {
    return encodeTlv(templateTag, signedInfo, SignatureObjects{signature, certificateReference}.encode());
}

Bytes AdditionalBiometrics::biometricData() const {
    return toBytes(readTlv(signedInfo, biometricDataTag, "The biometric data").value);
}

} // namespace cancuoc::lds
