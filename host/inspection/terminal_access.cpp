// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/terminal_access.hpp"

#include <algorithm>
#include <utility>

#include "host/access/select.hpp"
#include "host/access/terminal_authentication.hpp"
#include "host/inspection/check_name.hpp"
#include "host/inspection/lds2_reader.hpp"
#include "host/lds/cvca.hpp"

namespace cancuoc::inspection {

namespace {

using trust::Check;
using trust::CheckResult;

constexpr int protectedDataGroups[] = {3, 4};

Check terminalAuthentication(CheckResult result, std::string reason = "") {
    return {std::string(check_name::terminalAuthentication), result, std::move(reason)};
}

TerminalAccess notPerformed(std::string reason) {
    return {terminalAuthentication(CheckResult::NotPerformed, std::move(reason)), {}};
}

// DG14 is signed, EF.CardAccess is not; version 2 belongs to another application.
std::optional<lds::TerminalAuthenticationInfo> announcement(const Document& document) {
    std::vector<lds::TerminalAuthenticationInfo> infos;
    if (document.dataGroup14) {
        infos = document.dataGroup14->securityInfos.all<lds::TerminalAuthenticationInfo>();
    }
    if (infos.empty() && document.cardAccess) {
        infos = document.cardAccess->securityInfos.all<lds::TerminalAuthenticationInfo>();
    }
    const auto found =
        std::find_if(infos.begin(), infos.end(), [](const auto& info) { return info.version == 1; });
    return found != infos.end() ? std::optional(*found) : std::nullopt;
}

ResponseApdu readStart(CardSession& session, std::uint8_t p1) {
    return session.transmit({.ins = 0xB0, .p1 = p1, .le = lds::Cvca::length});
}

bool holdsData(const ResponseApdu& response) {
    return response.sw.isSuccessOrWarning() && !response.data.empty();
}

// The file is no single data object with a length of its own, so it is read as far as it may reach. Throws
// CardError when the card does not give it.
lds::Cvca readCvca(CardSession& session, const lds::Cvca::Location& location) {
    const CardSession::Step step(session, "EF.CVCA");
    ResponseApdu response{{}, status_word::fileNotFound};
    if (location.shortFileIdentifier) {
        response = readStart(session, static_cast<std::uint8_t>(0x80U | *location.shortFileIdentifier));
    }
    if (!holdsData(response)) {
        session.transmitExpectingSuccess(selectElementaryFile(location.fileIdentifier), "Selecting EF.CVCA");
        response = readStart(session, 0x00);
    }
    if (!holdsData(response)) {
        throw CardError("Reading EF.CVCA failed: the card answered " + describe(response.sw) + ".",
                        response.sw.value());
    }
    return lds::Cvca::decode(response.data);
}

// 7.1.2: the document number as in the MRZ, with its check digit.
std::optional<Bytes> documentNumber(const Document& document) {
    if (!document.dataGroup1) {
        return std::nullopt;
    }
    constexpr std::size_t datesWithCheckDigits = 14;
    const std::string information = document.dataGroup1->machineReadableZone.mrzInformation();
    return toBytes(viewOf(information).first(information.size() - datesWithCheckDigits));
}

// The terminal's key did not sign: nothing that the card has done.
class CannotSign : public Error {
public:
    using Error::Error;
};

TerminalCredentials credentialsOf(const trust::TerminalCertificateChain& chain) {
    TerminalCredentials credentials{{}, [&chain](BytesView toBeSigned) {
                                        try {
                                            return chain.sign(toBeSigned);
                                        } catch (const Error& failure) {
                                            throw CannotSign(failure.what());
                                        }
                                    }};
    for (const trust::CvCertificate& certificate : chain.certificates) {
        credentials.certificates.push_back({certificate.body().authorityReference,
                                            certificate.body().holderReference,
                                            toBytes(certificate.bodyAndSignature())});
    }
    return credentials;
}

std::string joined(const std::vector<std::string>& references) {
    std::string text;
    for (const std::string& reference : references) {
        text += (text.empty() ? "" : ", ") + reference;
    }
    return text;
}

TerminalAccess perform(CardSession& session, const trust::TerminalCertificateChain& chain,
                       BytesView chipIdentifier, BytesView compressedTerminalKey) {
    const auto result =
        TerminalAuthentication(session).perform(credentialsOf(chain), chipIdentifier, compressedTerminalKey);
    if (!result.accepted) {
        return notPerformed(result.reason);
    }
    TerminalAccess access{terminalAuthentication(CheckResult::Passed), {}};
    std::copy_if(std::begin(protectedDataGroups), std::end(protectedDataGroups),
                 std::inserter(access.dataGroups, access.dataGroups.end()),
                 [&chain](int number) { return chain.mayRead(number); });
    return access;
}

} // namespace

std::optional<Check> checkWithoutTerminalAuthentication(const Document& document,
                                                        const InspectionRequest& request) {
    if (!announcement(document)) {
        return terminalAuthentication(CheckResult::NotSupported,
                                      "the card announces no Terminal Authentication");
    }
    if (request.terminalKeys == nullptr) {
        return terminalAuthentication(CheckResult::NotPerformed, "no terminal keys were given");
    }
    const bool isNeeded =
        (request.lds2 && document.directory && listsLds2(*document.directory)) ||
        std::any_of(std::begin(protectedDataGroups), std::end(protectedDataGroups),
                    [&](int number) { return document.lists(number) && request.wants(number); });
    if (!isNeeded) {
        return terminalAuthentication(CheckResult::NotPerformed,
                                      "neither DG3 nor DG4 is on the card and asked for");
    }
    return std::nullopt;
}

TerminalAccess authenticateTerminal(CardSession& session, const Document& document,
                                    const trust::TerminalKeys& keys, const TerminalAuthenticationInput& input,
                                    Date day) {
    if (input.compressedTerminalKey.empty()) {
        return notPerformed("Chip Authentication, which comes before it, did not pass");
    }
    try {
        const auto chipIdentifier =
            input.chipIdentifier.empty() ? documentNumber(document) : std::optional(input.chipIdentifier);
        if (!chipIdentifier) {
            return notPerformed("after BAC it needs the document number, and DG1 was not read");
        }
        const auto cvca = readCvca(session, lds::Cvca::locate(announcement(document)->efCvca));
        const auto chain = keys.chainFrom(cvca.authorityReferences, day);
        if (!chain) {
            return notPerformed("no certificates lead from what the card trusts, " +
                                joined(cvca.authorityReferences) + ", to a terminal key that was given");
        }
        return perform(session, *chain, *chipIdentifier, input.compressedTerminalKey);
    } catch (const CannotSign& failure) {
        return notPerformed(std::string("the terminal's key cannot sign: ") + failure.what());
    } catch (const CardError& refusal) {
        return notPerformed(refusal.what());
    } catch (const MalformedData& malformed) {
        return notPerformed(malformed.what());
    }
}

} // namespace cancuoc::inspection
