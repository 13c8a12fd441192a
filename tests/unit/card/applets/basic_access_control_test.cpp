// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/basic_access_control.hpp"
#include "tests/support/quick_guard.hpp"
#include "tests/unit/card/applets/openssl_terminal.hpp"

#include <doctest/doctest.h>

using namespace cancuoc::card;
using emrtd::BasicAccessControl;
using emrtd::SymmetricCipher;
using test::Bytes;
using test::hex;
using test::OwnedCommand;

namespace {

// Doc 9303-11, D.2 and D.3.
const Bytes mrzInformation = test::ascii("L898902C<369080619406236");
const Bytes chipNonce = hex("4608F91988702212");
const Bytes chipKeyingMaterial = hex("0B4F80323EB3191CB04970CB4052790B");
const OwnedCommand getChallenge(hex("0084000008"));
const Bytes authentication = hex("72C29C2371CC9BDB65B779B8E8D37B29ECC154AA"
                                 "56A8799FAE2F498F76ED92F25F1448EEA8AD90A7");
const Bytes expectedResponse = hex("46B9342A41396CD7386BF5803104D7CEDC122B91"
                                   "32139BAF2EEDC94EE178534F2F2D235D074D7449");

OwnedCommand externalAuthenticate(const Bytes& data) {
    return OwnedCommand(hex("00820000"), data, 0x28, false);
}

/// A chip whose challenge is the worked example's.
struct Fixture {
    BasicAccessControl protocol{test::quickGuard()};
    test::ScriptedRandom random{test::join(chipNonce, chipKeyingMaterial)};
    Response response;
    std::optional<emrtd::SessionKeys> established;

    void challenge() {
        REQUIRE(protocol.getChallenge(getChallenge.get(), random, response) == StatusWord::Success);
        response.clear();
    }

    StatusWord authenticate(const Bytes& data) {
        return protocol.externalAuthenticate(externalAuthenticate(data).get(), mrzInformation, random,
                                             response, established);
    }
};

} // namespace

TEST_CASE("Basic Access Control answers as the chip of Doc 9303-11, D.3") {
    Fixture chip;
    REQUIRE(chip.protocol.getChallenge(getChallenge.get(), chip.random, chip.response) ==
            StatusWord::Success);
    CHECK(test::toBytes(chip.response.data()) == chipNonce);
    chip.response.clear();

    REQUIRE(chip.authenticate(authentication) == StatusWord::Success);
    CHECK(test::toBytes(chip.response.data()) == expectedResponse);
    CHECK(chip.random.exhausted());
    REQUIRE(chip.established);
    CHECK(chip.established->cipher == SymmetricCipher::TripleDes);
    CHECK(test::encryptionKeyOf(*chip.established) == hex("979EC13B1CBFE9DCD01AB0FED307EAE5"));
    CHECK(test::authenticationKeyOf(*chip.established) == hex("F1CB1F1FB5ADF208806B89DC579DC1F8"));
    CHECK(test::toBytes(chip.established->sendSequenceCounter) ==
          test::join(Bytes(8), hex("887022120C06C226")));
}

TEST_CASE("a challenge serves once") {
    Fixture chip;
    CHECK(chip.authenticate(authentication) == StatusWord::ConditionsOfUseNotSatisfied);
    chip.challenge();
    REQUIRE(chip.authenticate(authentication) == StatusWord::Success);
    CHECK(chip.authenticate(authentication) == StatusWord::ConditionsOfUseNotSatisfied);
}

TEST_CASE("a failed authentication and a reset take the challenge away") {
    Fixture chip;
    chip.challenge();
    auto wrong = authentication;
    wrong.back() = static_cast<std::uint8_t>(wrong.back() ^ 1);
    CHECK(chip.authenticate(wrong) == StatusWord::AuthenticationFailed);
    CHECK(chip.authenticate(authentication) == StatusWord::ConditionsOfUseNotSatisfied);

    Fixture other;
    other.challenge();
    other.protocol.reset();
    CHECK(other.authenticate(authentication) == StatusWord::ConditionsOfUseNotSatisfied);
}

TEST_CASE("every flipped bit of E_IFD || M_IFD is refused") {
    for (std::size_t bit = 0; bit < authentication.size() * 8; ++bit) {
        Fixture chip;
        chip.challenge();
        auto wrong = authentication;
        wrong[bit / 8] = static_cast<std::uint8_t>(wrong[bit / 8] ^ (1U << bit % 8));
        CHECK(chip.authenticate(wrong) == StatusWord::AuthenticationFailed);
        CHECK(chip.response.size() == 0);
        CHECK_FALSE(chip.established);
    }
}

TEST_CASE("a proper message about another challenge is refused") {
    Fixture chip;
    chip.random = test::ScriptedRandom(hex("4608F91988702213"));
    chip.challenge();
    CHECK(chip.authenticate(authentication) == StatusWord::AuthenticationFailed);
}

TEST_CASE("another document's keys are refused") {
    Fixture chip;
    chip.challenge();
    CHECK(chip.protocol.externalAuthenticate(
              externalAuthenticate(authentication).get(), test::ascii("L898902C<369080619406237"),
              chip.random, chip.response, chip.established) == StatusWord::AuthenticationFailed);
}

TEST_CASE("malformed commands of Basic Access Control are refused") {
    Fixture chip;
    CHECK(chip.protocol.getChallenge(OwnedCommand(hex("0084010008")).get(), chip.random, chip.response) ==
          StatusWord::IncorrectParameters);
    for (const char* tooShort : {"00840000", "0084000007"}) {
        CHECK(chip.protocol.getChallenge(OwnedCommand(hex(tooShort)).get(), chip.random, chip.response) ==
              StatusWord::WrongLength);
    }
    CHECK(chip.protocol.getChallenge(OwnedCommand(hex("00840000010008")).get(), chip.random, chip.response) ==
          StatusWord::WrongLength);
    for (const std::size_t size : {0U, 39U, 41U, 80U}) {
        chip.challenge();
        CHECK(chip.authenticate(Bytes(size)) == StatusWord::WrongLength);
    }
    chip.challenge();
    CHECK(chip.protocol.externalAuthenticate(OwnedCommand(hex("00820001"), authentication, 40, false).get(),
                                             mrzInformation, chip.random, chip.response,
                                             chip.established) == StatusWord::IncorrectParameters);
    chip.challenge();
    CHECK(chip.protocol.externalAuthenticate(externalAuthenticate(authentication).get(), {}, chip.random,
                                             chip.response,
                                             chip.established) == StatusWord::ReferenceDataNotUsable);
    CHECK_FALSE(chip.established);
}

TEST_CASE("without randomness Basic Access Control fails and establishes nothing") {
    BasicAccessControl protocol{test::quickGuard()};
    test::FailingRandom dry;
    Response response;
    CHECK(protocol.getChallenge(getChallenge.get(), dry, response) == StatusWord::InternalError);
    CHECK(response.size() == 0);

    Fixture chip;
    chip.challenge();
    CHECK(chip.protocol.externalAuthenticate(externalAuthenticate(authentication).get(), mrzInformation, dry,
                                             chip.response, chip.established) == StatusWord::InternalError);
    CHECK_FALSE(chip.established);
}
