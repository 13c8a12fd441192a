// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/chip_profiles.hpp"
#include "tests/unit/card/applets/chip_fixture.hpp"
#include "tests/unit/card/applets/openssl_pace_terminal.hpp"

#include <optional>
#include <string_view>

namespace cancuoc::card::test {

/// An inspection system on OpenSSL before a whole chip: it speaks plainly until a protocol opens a session,
/// and under secure messaging from then on.
class Terminal {
public:
    /// The chip outlives the terminal.
    explicit Terminal(ChipFixture& chip) : chip_(&chip) {}

    using Response = TerminalSecureMessaging::PlainResponse;

    /// Sends a command with extended lengths, protected when there is a session, and opens the response.
    Response transmit(const Bytes& header, const Bytes& data = {},
                      std::optional<std::size_t> expectedLength = std::nullopt);

    std::uint16_t selectApplication();
    std::uint16_t select(std::uint16_t identifier);
    /// The whole file; throws when it cannot be selected or read.
    Bytes read(std::uint16_t identifier);

    /// Runs Basic Access Control; false when the chip refuses. Begins without a session.
    bool basicAccessControl(std::string_view mrzInformation = cancuoc::test::mrzInformation);

    /// Runs PACE with the document's MRZ or CAN; false when the chip refuses. Begins without a session.
    bool pace(const emrtd::PaceConfiguration& configuration, bool withMrz);
    bool paceWithCan(const emrtd::PaceConfiguration& configuration, std::string_view cardAccessNumber);
    /// What PACE with Chip Authentication Mapping proved.
    [[nodiscard]] bool chipProves(const Bytes& staticPublicKey) const {
        return pace_->chipProves(staticPublicKey);
    }

    /// Runs Chip Authentication with that key, by MSE:Set KAT when `atOnce`; false when the chip refuses.
    bool chipAuthentication(const cancuoc::test::ChipAuthenticationKeyPair& key, SymmetricCipher cipher,
                            bool atOnce);

    /// Whether PACE asks for the chip's trust points; the data objects after the token in the last response.
    bool asksForAuthorityReferences = false;
    [[nodiscard]] const Bytes& paceAdditions() const { return pace_->additions(); }

    /// MSE:Set DST and PSO:Verify Certificate; the last status.
    std::uint16_t present(const cancuoc::trust::CvCertificate& certificate);
    /// MSE:Set AT, GET CHALLENGE and EXTERNAL AUTHENTICATE as `key`; the last status.
    std::uint16_t authenticateAs(const cancuoc::test::CvKeyPair& key);

private:
    bool runPace(const emrtd::PaceConfiguration& configuration, std::uint8_t passwordReference,
                 const Bytes& password);
    Response authenticate(const Bytes& data, bool last);

    ChipFixture* chip_;
    std::optional<TerminalSecureMessaging> session_;
    std::optional<OpensslPaceTerminal> pace_;
    /// ID_IC and Comp(PK_DH,IFD) of the session.
    Bytes chipIdentifier_;
    Bytes compressedKey_;
};

} // namespace cancuoc::card::test
