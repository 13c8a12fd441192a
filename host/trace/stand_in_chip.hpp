// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/chip_secure_messaging.hpp"
#include "host/access/ephemeral_key_pair.hpp"
#include "host/access/pace_protocol.hpp"
#include "host/base/random.hpp"
#include "host/inspection/access_procedure.hpp"
#include "host/trace/trace.hpp"

namespace cancuoc::trace {

/// The terminal's randomness in a replay, which the stand-in for the chip knows too: it has no private keys,
/// and comes to the shared secrets from the terminal's side.
class SharedRandom final : public RandomSource {
public:
    /// Must outlive the object.
    explicit SharedRandom(RandomSource& source) : source_(source) {}

    void fill(std::span<std::uint8_t> output) override;

    /// What has been drawn, draw by draw.
    [[nodiscard]] const std::vector<Bytes>& drawn() const { return drawn_; }

private:
    RandomSource& source_;
    std::vector<Bytes> drawn_;
};

/// Answers the commands of PACE, BAC and Chip Authentication in the place of a chip whose keys nobody has:
/// with keys, nonces and tokens of its own that fit what the terminal sends.
class StandInChip {
public:
    /// All must outlive the object. `keys` open the card of `trace`.
    StandInChip(const Trace& trace, const inspection::AccessKeys& keys, const SharedRandom& terminal,
                RandomSource& random);

    /// The data of the answer to `command`, in the place of those that `recorded` has; the same where nothing
    /// depends on keys. Throws MalformedData when the command does not follow the protocol.
    [[nodiscard]] Bytes answer(const CommandApdu& command, const Exchange& recorded);

    /// Secure messaging that begins behind that answer; nothing when it goes on as before.
    [[nodiscard]] std::optional<ChipSecureMessaging> takeNewChannel();
    /// Forgets protocols that have begun.
    void reset();

private:
    struct PaceRun;
    struct ChipAuthenticationRun {
        BlockCipher cipher = BlockCipher::TripleDes;
        std::optional<Bytes> keyId;
    };

    void manageSecurityEnvironment(const CommandApdu& command);
    [[nodiscard]] Bytes generalAuthenticate(const CommandApdu& command, const Exchange& recorded);
    [[nodiscard]] Bytes paceStep(const Exchange& recorded);
    [[nodiscard]] Bytes externalAuthenticate(const CommandApdu& command, const Exchange& recorded);
    void agreeOnNewKeys(BytesView terminalKey, const ChipAuthenticationRun& run);
    [[nodiscard]] std::optional<SecretBytes> secretWith(const ChipPublicKey& chipKey,
                                                        BytesView terminalKey) const;
    [[nodiscard]] const AccessKey& key(PasswordType type) const;

    const Trace& trace_;
    const inspection::AccessKeys& keys_;
    const SharedRandom& terminal_;
    RandomSource& random_;
    std::shared_ptr<PaceRun> pace_;
    std::optional<ChipAuthenticationRun> chipAuthentication_;
    Bytes chained_;
    std::optional<ChipSecureMessaging> newChannel_;
};

} // namespace cancuoc::trace
