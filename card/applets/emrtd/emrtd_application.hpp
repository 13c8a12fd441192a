// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "card/applets/emrtd/access_attempts.hpp"
#include "card/applets/emrtd/access_condition.hpp"
#include "card/applets/emrtd/basic_access_control.hpp"
#include "card/applets/emrtd/chip_authentication.hpp"
#include "card/applets/emrtd/file_system.hpp"
#include "card/applets/emrtd/pace.hpp"
#include "card/applets/emrtd/protocol_profile.hpp"
#include "card/applets/emrtd/secure_messaging.hpp"
#include "card/applets/emrtd/stored_keys.hpp"
#include "card/applets/emrtd/terminal_authentication.hpp"
#include "card/core/application.hpp"
#include "card/core/application_table.hpp"
#include "card/core/random.hpp"
#include "card/storage/object_store.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace cancuoc::card::emrtd {

/// The identifier of the LDS application (Doc 9303-10, 3.11.2).
inline constexpr std::array<std::uint8_t, 7> ldsApplicationIdentifier{0xA0, 0x00, 0x00, 0x02,
                                                                      0x47, 0x10, 0x01};

/// The travel document: the master file with EF.CardAccess, and the LDS application under it (Doc 9303-10 and
/// 9303-11). It is the application at work after a reset, at the master file, so that PACE can run there.
class EmrtdApplication final : public Application {
public:
    explicit EmrtdApplication(const ApplicationServices& services);

    [[nodiscard]] std::span<const std::uint8_t> identifier() const override;
    [[nodiscard]] StatusWord select(const Command& command, Response& response) override;
    [[nodiscard]] StatusWord process(const Command& command, Response& response) override;
    [[nodiscard]] bool linksSteps(const Command& command) const override;
    void reset() override;
    void endSession() override;
    [[nodiscard]] StatusWord unprotect(Command& command, std::span<std::uint8_t> data) override;
    [[nodiscard]] StatusWord protect(StatusWord status, Response& response) override;

private:
    [[nodiscard]] bool personalized() const;
    [[nodiscard]] bool selectsMasterFile(const Command& command) const;
    void interruptProtocols(const Command& command);
    [[nodiscard]] StatusWord manageSecurityEnvironment(const Command& command);
    [[nodiscard]] StatusWord setPaceTemplate(const Command& command);
    [[nodiscard]] StatusWord setChipAuthenticationTemplate(const Command& command);
    [[nodiscard]] StatusWord generalAuthenticate(const Command& command, Response& response);
    [[nodiscard]] StatusWord performPace(const Command& command, Response& response);
    [[nodiscard]] StatusWord grantDocumentAccess();
    [[nodiscard]] StatusWord performChipAuthentication(const Command& command, Response& response);
    [[nodiscard]] StatusWord bindTerminal(StatusWord status,
                                          crypto::StandardizedDomainParameters domainParameters,
                                          std::span<const std::uint8_t> publicKey);
    [[nodiscard]] bool terminalAuthenticationAllowed() const;
    [[nodiscard]] StatusWord setTerminalAuthenticationTemplate(const Command& command);
    [[nodiscard]] StatusWord performSecurityOperation(const Command& command);
    [[nodiscard]] StatusWord authenticateTerminal(const Command& command);
    [[nodiscard]] StatusWord getChallenge(const Command& command, Response& response);
    [[nodiscard]] StatusWord externalAuthenticate(const Command& command, Response& response);
    [[nodiscard]] StatusWord internalAuthenticate(const Command& command, Response& response);
    [[nodiscard]] bool basicAccessControlAllowed() const;

    ObjectStore* store_;
    RandomSource* random_;
    FaultGuard guard_;
    AccessControl accessControl_;
    FileSystem files_;
    AccessAttempts attempts_;
    StoredChipAuthenticationKeys chipAuthenticationKeys_;
    ProtocolProfile profile_;
    Pace pace_;
    BasicAccessControl basicAccessControl_;
    ChipAuthentication chipAuthentication_;
    TerminalAuthentication terminalAuthentication_;
    /// ID_IC of the session; empty before a password was proven.
    CompressedPublicKey chipIdentifier_;
    /// Comp(PK_DH,IFD) of the session; empty before the chip was authenticated.
    CompressedPublicKey terminalKey_;
    /// Terminal Authentication runs once a session (Doc 9303-11, 7.1.3).
    bool terminalAuthenticated_ = false;
    AccessRights rights_;
    std::optional<SecureMessaging> session_;
    /// Keys that the response at work announces; they serve from the next command on (Doc 9303-11, 9.8.2).
    std::optional<SessionKeys> nextKeys_;
    /// Whether the command at work came protected.
    bool protected_ = false;
};

} // namespace cancuoc::card::emrtd
