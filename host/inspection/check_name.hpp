// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

/// The names of the checks of an inspection. Scripts depend on them.
namespace cancuoc::inspection::check_name {

inline constexpr std::string_view accessControl = "access-control";
inline constexpr std::string_view hashes = "passive-authentication.hashes";
inline constexpr std::string_view signature = "passive-authentication.signature";
inline constexpr std::string_view chain = "passive-authentication.chain";
inline constexpr std::string_view revocation = "passive-authentication.revocation";
inline constexpr std::string_view chipAuthentication = "chip-authentication";
inline constexpr std::string_view activeAuthentication = "active-authentication";
inline constexpr std::string_view terminalAuthentication = "terminal-authentication";
inline constexpr std::string_view comSod = "consistency.com-sod";
inline constexpr std::string_view mrz = "consistency.mrz";
inline constexpr std::string_view number = "consistency.number";
inline constexpr std::string_view cardAccess = "consistency.card-access";

/// All of them, in the order of every report.
inline constexpr std::array all{
    accessControl,          hashes, signature, chain,  revocation, chipAuthentication, activeAuthentication,
    terminalAuthentication, comSod, mrz,       number, cardAccess};

} // namespace cancuoc::inspection::check_name
