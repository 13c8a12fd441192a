// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace cancuoc::inspection {

/// How the reason begins of a check that is not performed, and of a file that is not read, because a policy
/// does not ask for it; the policy's name follows.
inline constexpr std::string_view leftOutByPolicy = "left out by the policy ";

/// What must be proven before a card is called genuine. Under every policy a check that failed makes the card
/// not genuine; a policy decides which checks are made, and which must not be missing.
struct Policy {
    std::string name;
    bool demandPace = false; ///< BAC, though the card offers nothing better, is not enough
    bool demandCloneProof =
        false; ///< a card that promises neither Chip nor Active Authentication is not enough
    bool demandCurrentCrl = false;  ///< the revocation of the Document Signer must have been checked
    bool performCloneProofs = true; ///< make the Chip and Active Authentication that DG14 and DG15 promise
    bool demandFace = true;         ///< DG2 must hold a picture; without it, photos can be left unread
    bool tolerateDowngrade =
        false; ///< BAC after a failed PACE, or an EF.COM shorter than the EF.SOD, is only named

    /// Also demands PACE, a proof against cloning and a current CRL.
    [[nodiscard]] static Policy strict();
    /// File hashes, signature, chain, MRZ, EF.COM, EF.CardAccess, a face, and every proof against cloning
    /// that the card promises. The default.
    [[nodiscard]] static Policy standard();
    /// Without Chip and Active Authentication, and with downgrades tolerated.
    [[nodiscard]] static Policy fast();

    /// `strict`, `standard`, `fast`, or the path of a JSON file:
    /// `{"base": "standard", "demandCurrentCrl": true}` names one of the three and the switches that differ.
    /// @throws BadConfiguration if there is no such policy and no such file, or the file is no such object;
    /// the message names the file and what is wrong in it
    [[nodiscard]] static Policy load(const std::string& nameOrFile);

    /// The policy that a JSON text describes, as load() reads it from a file.
    /// @param name what reports call it
    /// @throws BadConfiguration as load()
    [[nodiscard]] static Policy fromJson(std::string_view json, std::string name);

    /// A JSON text that fromJson() makes the same policy of, but for its name.
    [[nodiscard]] std::string toJson() const;

    friend bool operator==(const Policy&, const Policy&) = default;
};

} // namespace cancuoc::inspection
