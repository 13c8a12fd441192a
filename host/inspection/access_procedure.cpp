// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/access_procedure.hpp"

#include <array>
#include <vector>

#include "host/access/basic_access_control.hpp"
#include "host/access/select.hpp"
#include "host/base/error.hpp"
#include "host/crypto/public_key_compression.hpp"
#include "host/inspection/check_name.hpp"
#include "host/lds/data_group.hpp"

namespace cancuoc::inspection {

namespace {

using trust::Check;
using trust::CheckResult;

// The eMRTD application (Doc 9303-10, 3.6.1).
constexpr std::array<std::uint8_t, 7> emrtdApplication{0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01};

Check accessControl(CheckResult result, std::string reason = "") {
    return {std::string(check_name::accessControl), result, std::move(reason)};
}

// 9.2.2: explicit domain parameters stand under the protocol without its cipher, and under the same number.
std::optional<DomainParameters> explicitParametersFor(const lds::PaceInfo& info,
                                                      const lds::SecurityInfos& securityInfos) {
    const BytesView protocol = info.protocol.content();
    for (const auto& candidate : securityInfos.all<lds::PaceDomainParameterInfo>()) {
        const bool sameNumber = candidate.parameterId == info.parameterId || !candidate.parameterId;
        if (!sameNumber || !equal(candidate.protocol.content(), protocol.first(protocol.size() - 1))) {
            continue;
        }
        try {
            return decodeDomainParameters(candidate.domainParameter);
        } catch (const MalformedData&) {
            return std::nullopt; // as good as unknown
        }
    }
    return std::nullopt;
}

std::string_view whyNone(const lds::CardAccess& cardAccess) {
    if (cardAccess.securityInfos.all<lds::PaceInfo>().empty()) {
        return "the card offers no PACE";
    }
    return cardAccess.securityInfos.all<lds::PaceDomainParameterInfo>().empty()
               ? "the card offers only unknown variants of PACE"
               : "the card offers PACE only with domain parameters that are not known to be secure";
}

AccessOpened openedWith(const PaceProtocol& protocol, PaceResult result) {
    const auto compress =
        protocol.keyAgreement() == KeyAgreement::EllipticCurve ? compressPoint : compressElement;
    AccessOpened opened{
        {"PACE", std::string(cancuoc::nameOf(protocol.mapping)), protocol.protocol.toText(),
         cancuoc::nameOf(protocol.domainParameters), std::string(cancuoc::nameOf(result.password))},
        accessControl(CheckResult::Passed, result.parametersNamedOnDemand
                                               ? "the card wants its only domain parameters named"
                                               : ""),
        compress(result.chipPublicKey),
        std::move(result.chipAuthenticationData)};
    if (opened.chipAuthenticationData) {
        opened.compressedTerminalKey = compress(result.terminalPublicKey);
    }
    return opened;
}

} // namespace

std::vector<PaceOffer> paceOffersOf(const lds::CardAccess& cardAccess) {
    std::vector<PaceOffer> offers;
    for (const auto& info : cardAccess.securityInfos.all<lds::PaceInfo>()) {
        PaceOffer offer{info.protocol, std::nullopt, explicitParametersFor(info, cardAccess.securityInfos)};
        if (info.parameterId && *info.parameterId >= 0) {
            offer.parameterId = static_cast<unsigned>(*info.parameterId);
        }
        offers.push_back(std::move(offer));
    }
    return offers;
}

AccessProcedure::AccessProcedure(CardSession& session, RandomSource& random, const AccessKeys& keys,
                                 const Policy& policy)
    : session_(session), random_(random), keys_(keys), policy_(policy) {}

AccessOpened AccessProcedure::open(const lds::CardAccess* cardAccess, const InMasterFile& inMasterFile) {
    paceFailure_ = nullptr;
    paceRepeated_ = false;
    if (cardAccess == nullptr) {
        return openWithBac("the card offers no PACE", false);
    }
    const auto protocols = rankPaceProtocols(paceOffersOf(*cardAccess));
    if (protocols.empty()) {
        return openWithBac(whyNone(*cardAccess), false);
    }
    if (keys_.paceByReader) {
        auto opened = openByReader(*cardAccess, protocols);
        selectEmrtdApplication();
        return opened;
    }
    if (!keys_.can && !keys_.mrz && !keys_.pin && !keys_.puk) {
        throw BadConfiguration(
            "This card opens with PACE, and no access key was given. Give its CAN or MRZ.");
    }
    if (auto opened = tryPace(protocols)) {
        if (opened->chipAuthenticationData && inMasterFile) {
            inMasterFile();
        }
        selectEmrtdApplication();
        return *std::move(opened);
    }
    if (!keys_.mrz) {
        std::rethrow_exception(paceFailure_);
    }
    session_.reset();
    return openWithBac("PACE failed", true);
}

// Another variant is tried only where the card refuses this one: a wrong password stays wrong.
std::optional<AccessOpened> AccessProcedure::tryPace(const std::vector<PaceProtocol>& protocols) {
    std::string refused;
    for (const auto& protocol : protocols) {
        try {
            auto opened = tryPace(protocol);
            if (opened && !refused.empty()) {
                opened->check.reason = "PACE failed with " + refused + " before";
            } else if (opened && paceRepeated_) {
                opened->check.reason = "PACE was begun again: the card forgot the first run in the middle";
            }
            return opened;
        } catch (const CardError&) {
            paceFailure_ = std::current_exception();
        } catch (const MalformedData&) {
            paceFailure_ = std::current_exception();
        }
        refused += (refused.empty() ? "" : ", ") + protocol.protocol.toText();
    }
    return std::nullopt;
}

std::optional<AccessOpened> AccessProcedure::tryPace(const PaceProtocol& protocol) {
    for (const auto* key : {&keys_.can, &keys_.mrz, &keys_.pin, &keys_.puk}) {
        if (!*key) {
            continue;
        }
        try {
            return openedWith(protocol, performPace(protocol, **key));
        } catch (const WrongAccessKey&) {
            paceFailure_ = std::current_exception();
        }
    }
    return std::nullopt;
}

// The reader chooses among the variants by itself; where the card offers one, there is no doubt which.
AccessOpened AccessProcedure::openByReader(const lds::CardAccess& cardAccess,
                                           const std::vector<PaceProtocol>& protocols) {
    auto output = performReaderPace(*keys_.paceByReader);
    if (lds::CardAccess::decode(output.cardAccess).securityInfos.encode() !=
        cardAccess.securityInfos.encode()) {
        throw MalformedData("The reader ran PACE by another EF.CardAccess than the card gives.");
    }
    AccessUsed used{"PACE", "", "", "", std::string(cancuoc::nameOf(*keys_.paceByReader)), true};
    if (protocols.size() == 1) {
        const PaceProtocol& protocol = protocols.front();
        used.mapping = cancuoc::nameOf(protocol.mapping);
        used.oid = protocol.protocol.toText();
        used.curve = cancuoc::nameOf(protocol.domainParameters);
    }
    return {std::move(used), accessControl(CheckResult::Passed, "PACE was run by the reader"),
            std::move(output.chipIdentifier), std::nullopt};
}

EstablishPaceChannelOutput AccessProcedure::performReaderPace(PasswordType password) {
    const bool isGiven = password == PasswordType::Can && keys_.can;
    const auto* can = isGiven ? &*keys_.can : nullptr;
    try {
        return cancuoc::performReaderPace(session_, password, can);
    } catch (const CardReset&) {
    }
    session_.reset();
    return cancuoc::performReaderPace(session_, password, can);
}

// A chip that loses its power in the middle forgets the run, and answers the next step with an error or not
// at all. It gets one fresh run, for that is no refusal.
PaceResult AccessProcedure::performPace(const PaceProtocol& protocol, const AccessKey& key) {
    Pace pace(session_, random_);
    try {
        return pace.perform(protocol, key);
    } catch (const CardReset&) {
        if (paceRepeated_) {
            throw;
        }
    } catch (const CardError&) {
        if (paceRepeated_ || !pace.begun()) {
            throw;
        }
    }
    paceRepeated_ = true;
    session_.reset();
    return pace.perform(protocol, key);
}

AccessOpened AccessProcedure::openWithBac(std::string_view whyNotPace, bool paceFailed) {
    selectEmrtdApplication(); // first: a blank or foreign card must not make the caller look for an MRZ
    if (!paceFailed && givesFilesPlainly()) {
        return {{"none", "", "", "", ""},
                accessControl(CheckResult::NotSupported, "the card gives its files without access control"),
                {},
                {}};
    }
    if (!keys_.mrz) {
        throw BadConfiguration("This card opens with the MRZ only: " + std::string(whyNotPace) +
                               ". Give its MRZ, or the number with birth and expiry dates.");
    }
    try {
        BasicAccessControl(session_, random_).perform(*keys_.mrz);
    } catch (const WrongAccessKey&) {
        throwPaceFailure(paceFailed);
    } catch (const CardError&) {
        throwPaceFailure(paceFailed);
    } catch (const MalformedData&) {
        throwPaceFailure(paceFailed);
    }
    const AccessUsed used{"BAC", "", "", "", std::string(cancuoc::nameOf(PasswordType::Mrz))};
    const auto reason = "BAC, because " + std::string(whyNotPace);
    if (paceFailed && !policy_.tolerateDowngrade) {
        return {used, accessControl(CheckResult::Failed, reason + " although the MRZ is right"), {}, {}};
    }
    return {used,
            accessControl(policy_.demandPace ? CheckResult::NotSupported : CheckResult::Passed, reason),
            {},
            {}};
}

// Where neither opened, what PACE said is the answer.
void AccessProcedure::throwPaceFailure(bool paceFailed) const {
    if (paceFailed) {
        std::rethrow_exception(paceFailure_);
    }
    throw;
}

// One byte of EF.COM, by its short identifier: chips with access control refuse it (4.2).
bool AccessProcedure::givesFilesPlainly() {
    const CardSession::Step step(session_, "bac");
    const auto byShortIdentifier = static_cast<std::uint8_t>(0x80 | lds::shortFileId(lds::FileId::Com));
    const auto response = session_.transmit({.ins = 0xB0, .p1 = byShortIdentifier, .le = 1});
    return response.sw.isSuccess() && !response.data.empty();
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
