// SPDX-License-Identifier: Apache-2.0
// The chip's access protocols against a terminal that sends any command data in any order.
#include "card/applets/emrtd/basic_access_control.hpp"
#include "card/applets/emrtd/chip_authentication.hpp"
#include "card/applets/emrtd/pace.hpp"
#include "tests/support/quick_guard.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

using namespace cancuoc::card;

namespace {

using crypto::StandardizedDomainParameters;
using emrtd::SymmetricCipher;

constexpr std::array<emrtd::PaceConfiguration, 5> paceConfigurations{
    {{emrtd::PaceVariant::EcdhGenericMapping, SymmetricCipher::Aes128,
      StandardizedDomainParameters::BrainpoolP256r1},
     {emrtd::PaceVariant::EcdhGenericMapping, SymmetricCipher::TripleDes,
      StandardizedDomainParameters::Secp256r1},
     {emrtd::PaceVariant::EcdhIntegratedMapping, SymmetricCipher::Aes256,
      StandardizedDomainParameters::Secp256r1},
     {emrtd::PaceVariant::EcdhChipAuthenticationMapping, SymmetricCipher::Aes128,
      StandardizedDomainParameters::BrainpoolP256r1},
     {emrtd::PaceVariant::DhGenericMapping, SymmetricCipher::Aes128,
      StandardizedDomainParameters::Modp1024Subgroup160}}};
constexpr std::array<emrtd::ChipAuthenticationConfiguration, 3> chipAuthenticationConfigurations{
    {{false, SymmetricCipher::TripleDes, std::uint8_t{1}},
     {false, SymmetricCipher::Aes128, std::uint8_t{1}},
     {true, SymmetricCipher::Aes128, std::uint8_t{2}}}};

constexpr std::array<std::uint8_t, 32> privateKey{0, 1, 2, 3, 4, 5, 6, 7};

class Keys final : public emrtd::ChipAuthenticationKeys {
public:
    bool load(std::optional<std::uint8_t> keyId, emrtd::ChipAuthenticationKey& key) const override {
        const bool usesDh = keyId == std::uint8_t{2};
        key.domainParameters = usesDh ? StandardizedDomainParameters::Modp1024Subgroup160
                                      : StandardizedDomainParameters::BrainpoolP256r1;
        return key.privateKey.assign(std::span(privateKey).first(usesDh ? 20 : 32));
    }
};

class CountingRandom final : public RandomSource {
public:
    bool fill(std::span<std::uint8_t> output) override {
        std::generate(output.begin(), output.end(), [this] { return ++next_; });
        return true;
    }

private:
    std::uint8_t next_ = 0;
};

std::span<const std::uint8_t> ascii(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Cuts the next command off the input: one byte of control, one of length, then data.
struct Step {
    std::uint8_t control = 0;
    std::span<const std::uint8_t> data;
};

std::optional<Step> nextStep(std::span<const std::uint8_t>& input) {
    if (input.size() < 2) {
        return std::nullopt;
    }
    const auto length = std::min<std::size_t>(input[1], input.size() - 2);
    const Step step{input[0], input.subspan(2, length)};
    input = input.subspan(2 + length);
    return step;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto mrzInformation = ascii("T22000129364081251010318");
    const auto cardAccessNumber = ascii("123456");
    const Keys keys;

    CountingRandom random;
    emrtd::Pace pace{test::quickGuard()};
    emrtd::BasicAccessControl basicAccessControl{test::quickGuard()};
    emrtd::ChipAuthentication chipAuthentication;
    std::optional<emrtd::SessionKeys> established;

    std::span<const std::uint8_t> input(data, size);
    constexpr int maximumSteps = 8;
    for (int count = 0; count < maximumSteps; ++count) {
        const auto step = nextStep(input);
        if (!step) {
            break;
        }
        Response response;
        Command command;
        command.cla = (step->control & 0x10) != 0 ? 0x10 : 0x00;
        command.data = step->data;
        StatusWord status = StatusWord::Success;
        switch (step->control % 7) {
        case 0:
            status = pace.setAuthenticationTemplate(step->data, {mrzInformation, cardAccessNumber},
                                                    paceConfigurations);
            break;
        case 1:
            status = pace.generalAuthenticate(command, random, response, established, {privateKey, {}, {}});
            break;
        case 2:
            status =
                chipAuthentication.setAuthenticationTemplate(step->data, chipAuthenticationConfigurations);
            break;
        case 3:
            status = chipAuthentication.generalAuthenticate(command, keys, random, response, established);
            break;
        case 4:
            status = chipAuthentication.setKeyAgreementTemplate(step->data, chipAuthenticationConfigurations,
                                                                keys, random, established);
            break;
        case 5:
            status = basicAccessControl.getChallenge(command, random, response);
            break;
        default:
            status = basicAccessControl.externalAuthenticate(command, mrzInformation, random, response,
                                                             established);
            break;
        }
        static_cast<void>(status);
    }
    return 0;
}
