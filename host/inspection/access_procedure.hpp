// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "host/access/access_key.hpp"
#include "host/access/card_session.hpp"
#include "host/access/chip_authentication_mapping.hpp"
#include "host/access/pace.hpp"
#include "host/access/pace_protocol.hpp"
#include "host/access/reader_pace.hpp"
#include "host/base/random.hpp"
#include "host/inspection/inspection_result.hpp"
#include "host/inspection/policy.hpp"
#include "host/lds/card_access.hpp"
#include "host/trust/check.hpp"

namespace cancuoc::inspection {

/// The passwords of one card that are known. PACE takes any, in this order; BAC takes the MRZ only.
struct AccessKeys {
    std::optional<AccessKey> can{};
    std::optional<AccessKey> mrz{};
    std::optional<AccessKey> pin{};
    std::optional<AccessKey> puk{};
    /// The reader runs PACE itself, with this password: with `can` if it is the CAN and given, otherwise with
    /// what the holder types at the reader. No other password is tried then.
    std::optional<PasswordType> paceByReader{};
};

/// What the PACEInfos and PACEDomainParameterInfos of EF.CardAccess offer, in the order of the file.
[[nodiscard]] std::vector<PaceOffer> paceOffersOf(const lds::CardAccess& cardAccess);

/// How access was opened and what that says about the card.
struct AccessOpened {
    AccessUsed used;
    trust::Check check; ///< `access-control`
    /// What Terminal Authentication knows the chip by after PACE, Comp(PK_DH,IC); empty with BAC, where it is
    /// the document number (Doc 9303-11, 7.1.2)
    Bytes chipIdentifier;
    /// after PACE with the chip authentication mapping: what may prove that the chip is no copy
    std::optional<ChipAuthenticationData> chipAuthenticationData;
    /// Comp(PK_DH,IFD) after PACE with the chip authentication mapping, which Terminal Authentication signs
    /// where no Chip Authentication follows; empty after other ways of access
    Bytes compressedTerminalKey{};
};

/// Opens access to the eMRTD application: PACE if the card offers a variant that is known here, the best of
/// several first and the next after a refusal, BAC otherwise (Doc 9303-11, 4.2); a card that gives its files
/// without either is read plainly, and the check is not supported. A card that is reset or forgets the run in
/// the middle of PACE is reset and gets one fresh run. Where the reader is to run PACE itself, it does so and
/// nothing else is tried. BAC after a PACE that failed tells a wrong
/// password from a card that was made to refuse PACE: if it succeeds, the password was right, and the check
/// fails unless the policy tolerates downgrades.
class AccessProcedure {
public:
    /// All must outlive the object.
    AccessProcedure(CardSession& session, RandomSource& random, const AccessKeys& keys, const Policy& policy);

    /// Runs after PACE with the chip authentication mapping, while the master file is still the current
    /// directory: EF.CardSecurity can be read there.
    using InMasterFile = std::function<void()>;

    /// Leaves the application selected and secure messaging active.
    /// @param cardAccess what EF.CardAccess announces; null if the card has none or it cannot be decoded
    /// @throws WrongAccessKey if the card accepts none of the keys
    /// @throws BadConfiguration if the card needs the MRZ and only the CAN is known, or the reader does not
    /// run PACE itself and should
    /// @throws CardError if the card refuses to select the application
    /// @throws CardReset if the card is reset again and again; CardRemoved, Cancelled as Connection::transmit
    [[nodiscard]] AccessOpened open(const lds::CardAccess* cardAccess, const InMasterFile& inMasterFile = {});

private:
    [[nodiscard]] std::optional<AccessOpened> tryPace(const std::vector<PaceProtocol>& protocols);
    [[nodiscard]] std::optional<AccessOpened> tryPace(const PaceProtocol& protocol);
    [[nodiscard]] AccessOpened openByReader(const lds::CardAccess& cardAccess,
                                            const std::vector<PaceProtocol>& protocols);
    [[nodiscard]] EstablishPaceChannelOutput performReaderPace(PasswordType password);
    [[nodiscard]] PaceResult performPace(const PaceProtocol& protocol, const AccessKey& key);
    [[noreturn]] void throwPaceFailure(bool paceFailed) const;
    [[nodiscard]] bool givesFilesPlainly();
    [[nodiscard]] AccessOpened openWithBac(std::string_view whyNotPace, bool paceFailed);
    void selectEmrtdApplication();

    CardSession& session_;
    RandomSource& random_;
    const AccessKeys& keys_;
    const Policy& policy_;
    std::exception_ptr paceFailure_;
    bool paceRepeated_ = false;
};

} // namespace cancuoc::inspection
