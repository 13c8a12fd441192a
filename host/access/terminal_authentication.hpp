// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/access/card_session.hpp"
#include "host/base/object_identifier.hpp"

#include <functional>
#include <string>
#include <vector>

namespace cancuoc {

/// A CV certificate as the chip is given it.
struct PresentedCertificate {
    std::string authorityReference; ///< of the key that verifies it
    std::string holderReference;    ///< of the key in it
    Bytes bodyAndSignature;         ///< the data objects 7F4E and 5F37
};

/// With what a terminal authenticates itself.
struct TerminalCredentials {
    /// Each verified by the one before it, the first by a trust point of the chip; the last is the
    /// terminal's.
    std::vector<PresentedCertificate> certificates;
    /// Signs with the private key of the last certificate, in the scheme of its public key; ECDSA signatures
    /// in plain form. Throws Error when it cannot.
    std::function<Bytes(BytesView toBeSigned)> sign;
};

/// How a run of Terminal Authentication ended.
struct TerminalAuthenticationResult {
    bool accepted = false;
    /// What the chip refused, as a sentence; empty when accepted.
    std::string reason;
};

/// Terminal Authentication, the terminal's side (Doc 9303-11, 7.1; BSI TR-03110-2, 3.3 for version 2). Runs
/// inside secure messaging, which goes on unchanged, whatever the chip decides.
class TerminalAuthentication {
public:
    /// Must outlive the object.
    explicit TerminalAuthentication(CardSession& session);

    /// Version 1, after Chip Authentication or PACE with Chip Authentication Mapping, once a session.
    /// `chipIdentifier` is ID_IC: the document number with its check digit after BAC, Comp of the chip's
    /// ephemeral key after PACE (7.1.2). `compressedKey` is Comp of the terminal's ephemeral key that secure
    /// messaging was started with last (7.1.4.1.3, 7.1.4.2.3). Throws BadConfiguration for credentials
    /// without a certificate, what `sign` throws, MalformedData for a challenge of a wrong length, and what
    /// CardSession::transmit throws.
    [[nodiscard]] TerminalAuthenticationResult perform(const TerminalCredentials& credentials,
                                                       BytesView chipIdentifier, BytesView compressedKey);

    /// Version 2, after PACE and before Chip Authentication. `protocol` is the algorithm of the terminal's
    /// public key, `compressedKey` Comp of the ephemeral key that Chip Authentication will use,
    /// `auxiliaryData` the data object 67 or empty. Throws the same.
    [[nodiscard]] TerminalAuthenticationResult
    performVersion2(const TerminalCredentials& credentials, const ObjectIdentifier& protocol,
                    BytesView chipIdentifier, BytesView compressedKey, BytesView auxiliaryData = {});

private:
    [[nodiscard]] TerminalAuthenticationResult authenticate(const TerminalCredentials& credentials,
                                                            Bytes authenticationTemplate,
                                                            BytesView chipIdentifier,
                                                            BytesView signedAfterChallenge);
    [[nodiscard]] TerminalAuthenticationResult
    presentCertificates(const std::vector<PresentedCertificate>& certificates);
    [[nodiscard]] Bytes getChallenge();

    CardSession& session_;
};

} // namespace cancuoc
