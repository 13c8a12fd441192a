// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cancuoc::personalization::lint {

/// How bad it is to break a rule.
enum class Severity {
    Error,  ///< the standard says MUST, or inspection systems refuse it
    Warning ///< the standard says SHOULD, or recommends otherwise
};

/// "error" or "warning".
[[nodiscard]] constexpr std::string_view nameOf(Severity severity) {
    return severity == Severity::Error ? "error" : "warning";
}

/// Whose rules something is held against. They contradict each other: a CSCA's certificate must have
/// alternative names, or must not.
enum class Profile : std::uint8_t {
    /// Doc 9303, eighth edition.
    EighthEdition,
    /// Without what the eighth edition adds by its own word (Doc 9303-12, 1): the certificates of seals, of
    /// LDS2 and of its authorization PKI. Where they are, what all certificates have in common is asked.
    SeventhEdition,
    /// The older checks that the ICAO PKD applies to what States upload, after RFC 3280 and the sixth edition
    /// (Doc 9303-12, appendix C).
    PkdUpload
};

inline constexpr std::array everyProfile{Profile::EighthEdition, Profile::SeventhEdition, Profile::PkdUpload};

/// As `--profile` takes it: "8", "7", "pkd-upload".
[[nodiscard]] constexpr std::string_view nameOf(Profile profile) {
    constexpr std::array<std::string_view, 3> names{"8", "7", "pkd-upload"};
    return names[static_cast<std::size_t>(profile)];
}

/// The profile of that name; nothing for any other text.
[[nodiscard]] constexpr std::optional<Profile> profileOf(std::string_view name) {
    for (const Profile profile : everyProfile) {
        if (nameOf(profile) == name) {
            return profile;
        }
    }
    return std::nullopt;
}

/// Some of the profiles.
class Profiles {
public:
    template <class... Members>
    explicit constexpr Profiles(Members... members)
        : bits_(static_cast<std::uint8_t>((bitOf(members) | ... | 0U))) {}

    [[nodiscard]] constexpr bool contains(Profile profile) const { return (bits_ & bitOf(profile)) != 0; }

private:
    static constexpr unsigned bitOf(Profile profile) { return 1U << static_cast<unsigned>(profile); }

    std::uint8_t bits_;
};

inline constexpr Profiles inEveryProfile{Profile::EighthEdition, Profile::SeventhEdition, Profile::PkdUpload};
/// What both editions say, and the checks of uploads do not ask for.
inline constexpr Profiles inBothEditions{Profile::EighthEdition, Profile::SeventhEdition};
inline constexpr Profiles inEighthEdition{Profile::EighthEdition};
inline constexpr Profiles inPkdUpload{Profile::PkdUpload};

/// One thing that the standard asks for. Rules live for ever, and their identifiers stay.
struct Rule {
    std::string id;     ///< `crl.next-update`
    std::string clause; ///< `Doc 9303-12, table 9`
    Severity severity = Severity::Error;
    std::string broken; ///< what is said where it is broken: "nextUpdate is missing"
    Profiles profiles = inEveryProfile;
};

} // namespace cancuoc::personalization::lint
