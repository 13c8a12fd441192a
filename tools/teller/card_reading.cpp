// SPDX-License-Identifier: Apache-2.0
#include "tools/teller/card_reading.hpp"

#include <optional>
#include <utility>

#include "host/base/error.hpp"
#include "host/crypto/digest.hpp"
#include "host/inspection/evidence.hpp"
#include "host/inspection/inspection_json.hpp"
#include "host/trace/attended_inspection.hpp"

namespace cancuoc::teller {

namespace {

using inspection::InspectionRequest;
using inspection::InspectionResult;

// What a reading was about when it failed: the same exception means something else at each stage.
enum class Stage { Settings, Connecting, Inspecting };

// Called while an Error is handled.
reading_event::Failed failureOf(Stage stage) {
    try {
        throw;
    } catch (const WrongAccessKey& error) {
        return {Failure::WrongKey, error.what()};
    } catch (const ReaderBusy& error) {
        return {Failure::ReaderBusy, error.what()};
    } catch (const ReaderUnavailable& error) {
        return {Failure::ReaderMissing, error.what()};
    } catch (const NoCard& error) {
        return {Failure::NoCardCame, error.what()};
    } catch (const CardRemoved& error) {
        return {Failure::CardNotBack, error.what()};
    } catch (const BadConfiguration& error) {
        const auto failure = stage == Stage::Connecting ? Failure::ReaderUnclear : Failure::ZoneNeeded;
        return {stage == Stage::Settings ? Failure::SettingsWrong : failure, error.what()};
    } catch (const CardError& error) {
        return {Failure::OtherCard, error.what()};
    } catch (const SecureMessagingError& error) {
        return {Failure::ConnectionBroken, error.what()};
    } catch (const MalformedData& error) {
        return {Failure::ConnectionBroken, error.what()};
    } catch (const Error& error) {
        return {stage == Stage::Settings ? Failure::SettingsWrong : Failure::Unexpected, error.what()};
    }
}

std::vector<qr::FieldComparison> compareWithQr(const CounterInput& input, const InspectionResult& result) {
    if (!input.qr || (!result.dataGroup1 && !result.dataGroup13)) {
        return {};
    }
    return qr::compare(*input.qr, qr::cardIdentityFromJson(inspection::toJson(result)));
}

Outcome outcomeOf(const CounterInput& input, const InspectionRequest& request,
                  const InspectionResult& result) {
    Outcome outcome;
    outcome.judgement = result.judgement;
    outcome.policy = result.policy;
    outcome.checks = result.checks;
    outcome.remarks = result.remarks;
    outcome.person = personOf(result.dataGroup1 ? &*result.dataGroup1 : nullptr,
                              result.dataGroup13 ? &*result.dataGroup13 : nullptr, dateOf(result.time));
    outcome.comparisons = compareWithQr(input, result);
    outcome.time = result.time;
    outcome.reader = result.reader;
    outcome.evidence = inspection::Evidence::of(request, result).encode();
    outcome.evidenceSha256 = toLowerCaseHex(digest(HashAlgorithm::Sha256, outcome.evidence));
    return outcome;
}

// A face that cannot be shown is named among the remarks of the result.
void tellFace(const biometric::EncodedImage& face, const CardReading::Tell& tell) {
    try {
        tell(reading_event::FaceRead{face.pixels()});
    } catch (const MalformedData&) {
    }
}

// Passes on what a teller is shown of an inspection.
class Narrator {
public:
    Narrator(const CardReading::Tell& tell, Date today) : tell_(tell), today_(today) {}

    void operator()(const inspection::InspectionEvent& happened) const {
        std::visit([this](const auto& event) { on(event); }, happened);
    }

private:
    template <class Event>
    void on(const Event& /*of no interest to a teller*/) const {}
    void on(const inspection::event::AccessOpened& /*event*/) const { tell_(reading_event::Opened{}); }
    void on(const inspection::event::IdentityRead& event) const {
        tell_(reading_event::PersonRead{personOf(event.dataGroup1, event.dataGroup13, today_)});
    }
    void on(const inspection::event::FileProgress& event) const {
        if (event.file == lds::FileId::DataGroup2) {
            tell_(reading_event::FaceProgress{event.read, event.total});
        }
    }
    void on(const inspection::event::FaceRead& event) const {
        if (event.face != nullptr) {
            tellFace(*event.face, tell_);
        }
    }

    const CardReading::Tell& tell_;
    Date today_;
};

void ask(CardPrompt prompt, const CardReading::Tell& tell) {
    if (prompt == CardPrompt::PutCard) {
        tell(reading_event::CardWanted{});
    } else {
        tell(reading_event::CardLifted{});
    }
}

} // namespace

CardReading::CardReading(CounterSettings settings, OpenCard openCard, Clock clock)
    : settings_(std::move(settings)), openCard_(std::move(openCard)), clock_(std::move(clock)) {}

void CardReading::run(const CounterInput& input, const std::stop_token& stop, const Tell& tell) const {
    auto stage = Stage::Settings;
    try {
        InspectionRequest request;
        request.policy = inspection::Policy::load(settings_.policy);
        std::optional<trust::TrustStore> store;
        if (!settings_.trustStore.empty()) {
            store = trust::TrustStore::open(settings_.trustStore, clock_);
            request.trustStore = &*store;
        }
        input.access.applyTo(request);

        stage = Stage::Connecting;
        const Interruption interruption{stop};
        const auto card = openCard_({.reader = settings_.reader,
                                     .wait = settings_.patience,
                                     .resumeWithin = settings_.patience,
                                     .interruption = interruption,
                                     .prompt = [&tell](CardPrompt prompt) { ask(prompt, tell); }});

        stage = Stage::Inspecting;
        SystemRandom random;
        inspection::ReadingCache cache;
        const auto result = trace::AttendedInspection{.request = request,
                                                      .random = random,
                                                      .clock = clock_,
                                                      .interruption = interruption,
                                                      .observer = Narrator(tell, dateOf(clock_()))}
                                .run(*card, cache);
        tell(reading_event::Finished{outcomeOf(input, request, result)});
    } catch (const Cancelled&) {
    } catch (const Error&) {
        tell(failureOf(stage));
    }
}

std::unique_ptr<CardSource> openCardOnReader(CardWaiting waiting) {
    return std::make_unique<CardOnReader>(std::move(waiting));
}

} // namespace cancuoc::teller
