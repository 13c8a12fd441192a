// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/access_key.hpp"
#include "host/access/card_session.hpp"
#include "host/access/chip_authentication_mapping.hpp"
#include "host/access/pace_protocol.hpp"

namespace cancuoc {

/// What a successful run of PACE leaves behind.
struct PaceResult {
    PaceProtocol protocol;
    PasswordType password;
    /// The chip's ephemeral public key, an uncompressed point or an unsigned integer: what Terminal
    /// Authentication knows the chip by.
    Bytes chipPublicKey;
    /// The terminal's: with the chip authentication mapping, what Terminal Authentication binds the terminal
    /// to, unless Chip Authentication makes a newer one (7.1.2).
    Bytes terminalPublicKey;
    /// The chip had to be told its domain parameters, though it has no others to choose from (4.4.4.1 wants
    /// that where they are ambiguous).
    bool parametersNamedOnDemand = false;
    /// With the chip authentication mapping: what proves that the chip is no copy, once its key is authentic.
    std::optional<ChipAuthenticationData> chipAuthenticationData;
};

/// Password Authenticated Connection Establishment, the terminal's side (Doc 9303-11, 4.4).
class Pace {
public:
    /// Both must outlive the object.
    Pace(CardSession& session, RandomSource& random);

    /// Runs the protocol and starts secure messaging with its keys. Random bytes are drawn for the mapping's
    /// key pair or nonce first, then for the key agreement's. Throws WrongAccessKey when the chip or the
    /// terminal finds the other's authentication token wrong, CardError when the chip refuses a step,
    /// MalformedData when its answers do not follow the protocol.
    [[nodiscard]] PaceResult perform(const PaceProtocol& protocol, const AccessKey& key);
    /// Whether the chip accepted the protocol in the last run: a refusal after that is not one of the
    /// protocol.
    [[nodiscard]] bool begun() const { return begun_; }

private:
    [[nodiscard]] bool selectProtocol(const PaceProtocol& protocol, PasswordType password);
    [[nodiscard]] SecretBytes determineNonce(const PaceProtocol& protocol, const AccessKey& key);
    [[nodiscard]] EphemeralDomainParameters mapNonce(Mapping& mapping, BytesView nonce);
    struct Agreement;
    [[nodiscard]] Agreement performKeyAgreement(const EphemeralDomainParameters& parameters);
    /// Returns what the chip answers.
    [[nodiscard]] Bytes mutualAuthenticate(const PaceProtocol& protocol, const Agreement& agreement);
    [[nodiscard]] Bytes exchange(BytesView dataObject, std::uint32_t answerTag, std::string_view answerName);

    CardSession& session_;
    RandomSource& random_;
    bool begun_ = false;
};

} // namespace cancuoc
