// SPDX-License-Identifier: Apache-2.0
#include "host/access/terminal_authentication.hpp"

#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"

#include <utility>

namespace cancuoc {

namespace {

constexpr std::uint8_t manageSecurityEnvironment = 0x22;
constexpr std::size_t challengeSize = 8;

// 7.1.5.1.
CommandApdu setDigitalSignatureTemplate(std::string_view publicKeyReference) {
    return {.ins = manageSecurityEnvironment,
            .p1 = 0x81,
            .p2 = 0xB6,
            .data = encodeTlv(0x83, viewOf(publicKeyReference))};
}

// 7.1.5.2.
CommandApdu verifyCertificate(const PresentedCertificate& certificate) {
    return {.ins = 0x2A, .p1 = 0x00, .p2 = 0xBE, .data = certificate.bodyAndSignature};
}

// 7.1.5.3.
CommandApdu setAuthenticationTemplate(Bytes dataObjects) {
    return {.ins = manageSecurityEnvironment, .p1 = 0x81, .p2 = 0xA4, .data = std::move(dataObjects)};
}

// 7.1.5.5.
CommandApdu externalAuthenticate(Bytes signature) {
    return {.ins = 0x82, .data = std::move(signature)};
}

TerminalAuthenticationResult refused(const std::string& what, StatusWord statusWord) {
    return {false, "The card refuses " + what + " with " + describe(statusWord) + "."};
}

const PresentedCertificate& terminalCertificate(const TerminalCredentials& credentials) {
    if (credentials.certificates.empty()) {
        throw BadConfiguration("Terminal Authentication needs the terminal's certificate.");
    }
    return credentials.certificates.back();
}

} // namespace

TerminalAuthentication::TerminalAuthentication(CardSession& session) : session_(session) {}

TerminalAuthenticationResult TerminalAuthentication::perform(const TerminalCredentials& credentials,
                                                             BytesView chipIdentifier,
                                                             BytesView compressedKey) {
    return authenticate(credentials,
                        encodeTlv(0x83, viewOf(terminalCertificate(credentials).holderReference)),
                        chipIdentifier, compressedKey);
}

TerminalAuthenticationResult TerminalAuthentication::performVersion2(const TerminalCredentials& credentials,
                                                                     const ObjectIdentifier& protocol,
                                                                     BytesView chipIdentifier,
                                                                     BytesView compressedKey,
                                                                     BytesView auxiliaryData) {
    // BSI TR-03110-3, B.3.
    Bytes authenticationTemplate =
        concat(encodeTlv(0x80, protocol.content()),
               encodeTlv(0x83, viewOf(terminalCertificate(credentials).holderReference)), auxiliaryData,
               encodeTlv(0x91, compressedKey));
    return authenticate(credentials, std::move(authenticationTemplate), chipIdentifier,
                        concat(compressedKey, auxiliaryData));
}

// 7.1.2: certificates, challenge, signature over ID_IC || r_IC || Comp(PK_DH,IFD).
TerminalAuthenticationResult TerminalAuthentication::authenticate(const TerminalCredentials& credentials,
                                                                  Bytes authenticationTemplate,
                                                                  BytesView chipIdentifier,
                                                                  BytesView signedAfterChallenge) {
    const CardSession::Step step(session_, "terminal-authentication");
    auto presented = presentCertificates(credentials.certificates);
    if (!presented.accepted) {
        return presented;
    }
    const StatusWord selected =
        session_.transmit(setAuthenticationTemplate(std::move(authenticationTemplate))).sw;
    if (!selected.isSuccess()) {
        return refused("the terminal's key", selected);
    }
    const Bytes challenge = getChallenge();
    Bytes signature = credentials.sign(concat(chipIdentifier, challenge, signedAfterChallenge));
    const StatusWord authenticated = session_.transmit(externalAuthenticate(std::move(signature))).sw;
    return authenticated.isSuccess() ? TerminalAuthenticationResult{true, ""}
                                     : refused("the terminal's signature", authenticated);
}

TerminalAuthenticationResult
TerminalAuthentication::presentCertificates(const std::vector<PresentedCertificate>& certificates) {
    for (const PresentedCertificate& certificate : certificates) {
        const StatusWord selected =
            session_.transmit(setDigitalSignatureTemplate(certificate.authorityReference)).sw;
        if (!selected.isSuccess()) {
            return refused("the key " + certificate.authorityReference, selected);
        }
        const StatusWord verified = session_.transmit(verifyCertificate(certificate)).sw;
        if (!verified.isSuccess()) {
            return refused("the certificate of " + certificate.holderReference, verified);
        }
    }
    return {true, ""};
}

// 7.1.5.4.
Bytes TerminalAuthentication::getChallenge() {
    Bytes challenge =
        session_.transmitExpectingSuccess({.ins = 0x84, .le = challengeSize}, "Asking for a challenge");
    if (challenge.size() != challengeSize) {
        throw MalformedData("The card's challenge has not 8 bytes.");
    }
    return challenge;
}

} // namespace cancuoc
