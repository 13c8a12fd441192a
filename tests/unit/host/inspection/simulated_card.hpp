// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/inspection/inspection.hpp"
#include "host/lds/card_security.hpp"
#include "host/lds/document_security_object.hpp"
#include "tests/unit/host/access/test_chip.hpp"

namespace cancuoc::test {

/// What a simulated card is like.
struct SimulatedCardProfile {
    TestChip::Habits habits{};
    /// The longest APDU, both ways, that EF.ATR/INFO states; none: there is no EF.ATR/INFO.
    std::optional<std::size_t> statedLength{};
    /// There is a DG15, and the chip signs challenges.
    bool activeAuthentication = false;
    /// Bytes of the facial record in DG2 that its length field leaves out.
    std::size_t faceExcess = 0;
    /// The face is a data block of ISO/IEC 39794-5 rather than a record of 19794-5.
    bool faceDataBlock = false;
    /// PACE with the chip authentication mapping, and EF.CardSecurity.
    bool chipAuthenticationMapping = false;
    /// The domain parameters of PACE, 8 to 18.
    unsigned paceParameters = 13; // brainpoolP256r1
    /// No PACE: the card opens with the MRZ by Basic Access Control.
    bool basicAccessControl = false;
    /// The picture in DG2; none: a portrait of 300 x 400.
    Bytes face{};
    std::size_t dataGroup2Size = 15360;
    /// The type that the signed content of EF.SOD is given.
    std::string contentType{lds::DocumentSecurityObject::contentType};
    /// The signer is named otherwise than in the only certificate inside EF.SOD.
    bool signerNamedOtherwise = false;
    /// Changes EF.CardAccess and the data groups, or adds some, before they are listed and signed.
    std::function<void(std::map<lds::FileId, Bytes>& files)> change{};
};

/// A whole eMRTD whose size and habits a test chooses: PACE with the CAN, EF.COM, an EF.SOD of 2 kB, DG1, DG2
/// of 15,360 bytes, DG14 with Chip Authentication. Its issuer is made up with it.
class SimulatedCard {
public:
    static constexpr std::size_t securityObjectSize = 2048;
    /// Where the chip keeps EF.CardSecurity, whose identifier in the master file EF.SOD has elsewhere.
    static constexpr std::uint16_t cardSecurityFile = 0xF11D;

    explicit SimulatedCard(const SimulatedCardProfile& profile);

    TestChip& chip() { return chip_; }
    /// The keys that the card is read with: the CAN, or for Basic Access Control the MRZ.
    inspection::AccessKeys& keys() { return request_.keys; }
    /// EF.CardSecurity with these SecurityInfos, signed by the issuer, or by someone else.
    [[nodiscard]] static Bytes cardSecurity(const lds::SecurityInfos& infos, bool byStranger = false);
    /// Reads the whole card under the standard policy, through `connection` or straight from the chip.
    [[nodiscard]] inspection::InspectionResult inspect();
    [[nodiscard]] inspection::InspectionResult inspect(Connection& connection);
    /// A request with the CAN and the issuer's CSCA.
    [[nodiscard]] static inspection::InspectionRequest request();
    /// A moment at which the certificates are valid.
    [[nodiscard]] static Clock clock();

private:
    TestChip chip_;
    inspection::InspectionRequest request_ = request();
};

} // namespace cancuoc::test
