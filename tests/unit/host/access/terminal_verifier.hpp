// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/trust/cv_certificate.hpp"
#include "tests/unit/host/access/test_chip.hpp"

#include <map>
#include <string>

namespace cancuoc::test {

/// The chip's side of Terminal Authentication, written for the tests from Doc 9303-11, 7.1.
class TerminalVerifier {
public:
    /// What the chip verifies certificates with: a CVCA's key under its reference.
    std::map<std::string, trust::CvPublicKey> trustPoints;
    /// ID_IC: what the chip is known by.
    Bytes identifier;
    /// Comp of the terminal's ephemeral key, from Chip Authentication or from MSE:Set AT of version 2.
    Bytes compressedTerminalKey;
    /// r_IC; without one, it is drawn.
    std::optional<Bytes> challenge;

    [[nodiscard]] bool accepted() const { return accepted_; }
    /// Answers the commands of Terminal Authentication, chained parts joined; nothing for others.
    [[nodiscard]] std::optional<ResponseApdu> process(const ReceivedCommand& command);

private:
    [[nodiscard]] ResponseApdu selectPublicKey(const ReceivedCommand& command);
    [[nodiscard]] ResponseApdu selectTerminal(const ReceivedCommand& command);
    [[nodiscard]] ResponseApdu verifyCertificate(BytesView bodyAndSignature);
    [[nodiscard]] ResponseApdu authenticate(BytesView signature);

    SystemRandom random_;
    std::map<std::string, trust::CvPublicKey> importedKeys_;
    std::optional<EllipticCurve> curve_;
    std::string selectedKey_;
    Bytes auxiliaryData_;
    Bytes issuedChallenge_;
    bool accepted_ = false;
};

/// An answer without data.
[[nodiscard]] ResponseApdu statusOnly(std::uint16_t statusWord);
/// The value of the first data object `tag`; empty when there is none.
[[nodiscard]] Bytes valueOf(BytesView dataObjects, std::uint32_t tag);

} // namespace cancuoc::test
