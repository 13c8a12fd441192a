// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/access_procedure.hpp"

#include <array>
#include <vector>

#include "host/access/basic_access_control.hpp"
#include "host/access/pace.hpp"
#include "host/access/select.hpp"
#include "host/base/error.hpp"
#include "host/crypto/public_key_compression.hpp"
#include "host/inspection/check_name.hpp"

namespace cancuoc::inspection {

namespace {

using trust::Check;
using trust::CheckResult;

// The eMRTD application (Doc 9303-10, 3.6.1).
constexpr std::array<std::uint8_t, 7> emrtdApplication{0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01};

Check accessControl(CheckResult result, std::string reason = "") {
    return {std::string(check_name::accessControl), result, std::move(reason)};
}

std::vector<PaceOffer> offersOf(const lds::CardAccess& cardAccess) {
    std::vector<PaceOffer> offers;
    for (const auto& info : cardAccess.securityInfos.all<lds::PaceInfo>()) {
        PaceOffer offer{ObjectIdentifier::fromContent(info.protocol.content()), std::nullopt};
        if (info.parameterId && *info.parameterId >= 0) {
            offer.parameterId = static_cast<unsigned>(*info.parameterId);
        }
        offers.push_back(std::move(offer));
    }
    return offers;
}

} // namespace

AccessProcedure::AccessProcedure(CardSession& session, RandomSource& random, const AccessKeys& keys,
                                 const Policy& policy)
    : session_(session), random_(random), keys_(keys), policy_(policy) {}

AccessOpened AccessProcedure::open(const lds::CardAccess* cardAccess) {
    paceFailure_ = nullptr;
    if (cardAccess == nullptr) {
        return openWithBac("the card offers no PACE", false);
    }
    const auto offers = offersOf(*cardAccess);
    const auto protocol = choosePaceProtocol(offers);
    if (!protocol) {
        return openWithBac(offers.empty() ? "the card offers no PACE"
                                          : "the card offers only unknown variants of PACE",
                           false);
    }
    if (auto opened = tryPace(*protocol)) {
        selectEmrtdApplication();
        return *std::move(opened);
    }
    if (!keys_.mrz) {
        std::rethrow_exception(paceFailure_);
    }
    session_.reset();
    return openWithBac("PACE failed", true);
}

std::optional<AccessOpened> AccessProcedure::tryPace(const PaceProtocol& protocol) {
    for (const auto* key : {&keys_.can, &keys_.mrz}) {
        if (!*key) {
            continue;
        }
        try {
            const auto result = Pace(session_, random_).perform(protocol, **key);
            return AccessOpened{{"PACE", std::string(protocol.mapping()), protocol.protocol.toText(),
                                 std::string(protocol.curve.name()),
                                 std::string(cancuoc::nameOf(result.password))},
                                accessControl(CheckResult::Passed),
                                compressPoint(result.chipPublicKey)};
        } catch (const WrongAccessKey&) {
            paceFailure_ = std::current_exception();
        } catch (const CardError&) {
            paceFailure_ = std::current_exception();
        } catch (const MalformedData&) {
            paceFailure_ = std::current_exception();
        }
    }
    return std::nullopt;
}

AccessOpened AccessProcedure::openWithBac(std::string_view whyNotPace, bool paceFailed) {
    selectEmrtdApplication(); // first: a blank or foreign card must not make the caller look for an MRZ
    if (!keys_.mrz) {
        throw BadConfiguration("This card opens with the MRZ only: " + std::string(whyNotPace) +
                               ". Give its MRZ, or the number with birth and expiry dates.");
    }
    try {
        BasicAccessControl(session_, random_).perform(*keys_.mrz);
    } catch (const Error&) {
        if (paceFailed) {
            std::rethrow_exception(paceFailure_); // neither opened: what PACE said is the answer
        }
        throw;
    }
    const AccessUsed used{"BAC", "", "", "", std::string(cancuoc::nameOf(PasswordType::Mrz))};
    const auto reason = "BAC, because " + std::string(whyNotPace);
    if (paceFailed && !policy_.tolerateDowngrade) {
        return {used, accessControl(CheckResult::Failed, reason + " although the MRZ is right"), {}};
    }
    return {used,
            accessControl(policy_.demandPace ? CheckResult::NotSupported : CheckResult::Passed, reason),
            {}};
}

void AccessProcedure::selectEmrtdApplication() {
    const CardSession::Step step(session_, "select-application");
    const auto response = session_.transmit(selectApplication(emrtdApplication));
    if (!response.sw.isSuccess()) {
        throw CardError("The card has no eMRTD application that answers (" + describe(response.sw) +
                            "): it is a blank, or another kind of card.",
                        response.sw.value());
    }
}

} // namespace cancuoc::inspection
