// SPDX-License-Identifier: Apache-2.0
// The functions of the C interface for a reading.
#include <set>
#include <string>
#include <utility>

#include "host/base/secret_bytes.hpp"
#include "host/sdk/buffers.hpp"
#include "host/sdk/handles.hpp"
#include "host/sdk/reading.hpp"
#include "host/sdk/terminal.hpp"
#include "host/sdk/typed_access.hpp"

using namespace cancuoc;
using namespace cancuoc::sdk;

namespace {

constexpr std::int64_t longestWait = 86'400'000; // milliseconds
constexpr std::int64_t lastSecond = 253'402'300'799;
constexpr std::size_t challengeSize = 8;

/// Runs `change` on the setup of a reading that no other thread uses.
template <class Change>
cancuoc_status configure(cancuoc_reading* reading, cancuoc_error* error, Change&& change) {
    return guarded(error, [&] {
        const auto found = readings().find(reading);
        const Reading::Held setup(*found);
        std::forward<Change>(change)(*setup);
    });
}

std::chrono::milliseconds waitOf(std::int64_t milliseconds) {
    requireArgument(milliseconds >= 0 && milliseconds <= longestWait,
                    "A wait is out of range: 0 to 86,400,000 milliseconds.");
    return std::chrono::milliseconds(milliseconds);
}

// A wrong key leaves the reading as it was. A document number opens nothing before its dates are there.
void apply(const TypedAccess& given, Reading::Setup& setup) {
    auto usable = given;
    if (!usable.birthDate) {
        wipe(usable.documentNumber);
        usable.documentNumber.clear();
    }
    usable.applyTo(setup.request);
    setup.given = given;
}

void requireDocumentNumber(std::string_view text) {
    constexpr std::size_t longestDocumentNumber = 30;
    if (text.size() > longestDocumentNumber) {
        throw BadConfiguration("A document number has 1 to 30 characters.");
    }
}

std::string& placeOf(cancuoc_key kind, TypedAccess& given) {
    switch (kind) {
    case CANCUOC_KEY_NUMBER:
        return given.number;
    case CANCUOC_KEY_CAN:
        return given.can;
    case CANCUOC_KEY_MRZ:
        return given.mrz;
    case CANCUOC_KEY_PIN:
        return given.pin;
    case CANCUOC_KEY_PUK:
        return given.puk;
    case CANCUOC_KEY_DOCUMENT_NUMBER:
        return given.documentNumber;
    default:
        throw Refusal(CANCUOC_INVALID_ARGUMENT, "There is no kind of key of this number.");
    }
}

void setKey(Reading::Setup& setup, cancuoc_key kind, std::string_view text) {
    if (text.empty()) {
        throw BadConfiguration("The key is empty.");
    }
    if (kind == CANCUOC_KEY_DOCUMENT_NUMBER) {
        requireDocumentNumber(text);
    }
    auto given = setup.given;
    auto& place = placeOf(kind, given);
    wipe(place);
    place = text;
    if (kind == CANCUOC_KEY_MRZ) {
        given.correctMrz();
    }
    apply(given, setup);
}

} // namespace

cancuoc_status cancuoc_reading_open(cancuoc_reading** reading, cancuoc_error* error) {
    return guarded(error, [&] {
        requireArgument(reading != nullptr, "There is no place for the reading.");
        *reading = readings().open(std::make_shared<Reading>());
    });
}

cancuoc_status cancuoc_reading_close(cancuoc_reading* reading, cancuoc_error* error) {
    return guarded(error, [&] {
        if (reading != nullptr) {
            readings().close(reading)->cancel();
        }
    });
}

cancuoc_status cancuoc_reading_set_key(cancuoc_reading* reading, cancuoc_key kind, const char* text,
                                       cancuoc_error* error) {
    return configure(reading, error, [&](Reading::Setup& setup) { setKey(setup, kind, takeText(text)); });
}

cancuoc_status cancuoc_reading_set_dates(cancuoc_reading* reading, const char* birth, const char* expiry,
                                         cancuoc_error* error) {
    return configure(reading, error, [&](Reading::Setup& setup) {
        auto given = setup.given;
        given.birthDate = dateFromIso(takeText(birth));
        given.expiryDate = dateFromIso(takeText(expiry));
        if (given.number.empty() && given.documentNumber.empty()) {
            throw BadConfiguration("The dates open a card together with the 12-digit number or the document "
                                   "number: give it first.");
        }
        apply(given, setup);
    });
}

cancuoc_status cancuoc_reading_set_reader(cancuoc_reading* reading, const char* reader_text,
                                          cancuoc_error* error) {
    return configure(reading, error, [&](Reading::Setup& setup) {
        setup.reader = reader_text != nullptr ? reader_text : "";
        setup.link.reset();
    });
}

cancuoc_status cancuoc_reading_set_card_link(cancuoc_reading* reading, const cancuoc_card_link* link,
                                             cancuoc_error* error) {
    return configure(reading, error, [&](Reading::Setup& setup) {
        requireArgument(link != nullptr, "The card link is NULL.");
        setup.link.emplace(*link);
    });
}

cancuoc_status cancuoc_reading_set_waits(cancuoc_reading* reading, int64_t card_ms, int64_t resume_ms,
                                         int64_t total_ms, cancuoc_error* error) {
    return configure(reading, error, [&](Reading::Setup& setup) {
        const auto card = waitOf(card_ms);
        const auto resume = waitOf(resume_ms);
        const auto whole = waitOf(total_ms);
        setup.waitForCard = card;
        setup.waitForReturn = resume;
        setup.whole = whole;
    });
}

cancuoc_status cancuoc_reading_set_trust_store(cancuoc_reading* reading, cancuoc_trust_store* store,
                                               cancuoc_error* error) {
    return configure(reading, error, [&](Reading::Setup& setup) {
        setup.store = store != nullptr ? stores().find(store) : nullptr;
    });
}

cancuoc_status cancuoc_reading_set_policy(cancuoc_reading* reading, const char* policy,
                                          cancuoc_error* error) {
    return configure(reading, error, [&](Reading::Setup& setup) {
        setup.request.policy = inspection::Policy::load(std::string(takeText(policy)));
    });
}

cancuoc_status cancuoc_reading_set_data_groups(cancuoc_reading* reading, const int32_t* numbers, size_t count,
                                               cancuoc_error* error) {
    constexpr std::size_t dataGroups = 16;
    return configure(reading, error, [&](Reading::Setup& setup) {
        requireArgument(numbers != nullptr || count == 0, "The numbers are NULL, and their count is not 0.");
        requireArgument(count <= dataGroups, "There are more numbers than data groups.");
        std::set<int> wanted;
        for (const auto number : std::span(numbers, count)) {
            requireArgument(number >= 1 && number <= 16,
                            "The number of a data group is out of range: 1 to 16.");
            wanted.insert(number);
        }
        setup.request.dataGroups = wanted.empty() ? std::nullopt : std::optional(std::move(wanted));
    });
}

cancuoc_status cancuoc_reading_set_challenge(cancuoc_reading* reading, const uint8_t* challenge,
                                             size_t length, cancuoc_error* error) {
    return configure(reading, error, [&](Reading::Setup& setup) {
        setup.request.activeAuthenticationChallenge =
            toBytes(takeBytes(challenge, length, challengeSize, challengeSize));
    });
}

cancuoc_status cancuoc_reading_set_terminal(cancuoc_reading* reading, const cancuoc_terminal* terminal,
                                            cancuoc_error* error) {
    return configure(reading, error, [&](Reading::Setup& setup) {
        setup.terminalKeys = terminal != nullptr ? std::optional(terminalKeysOf(*terminal)) : std::nullopt;
    });
}

cancuoc_status cancuoc_reading_set_terminal_keys(cancuoc_reading* reading, const char* directory,
                                                 cancuoc_error* error) {
    return configure(reading, error, [&](Reading::Setup& setup) {
        setup.terminalKeys = trust::TerminalKeys::fromDirectory(takeText(directory));
    });
}

cancuoc_status cancuoc_reading_set_time(cancuoc_reading* reading, int64_t seconds, cancuoc_error* error) {
    return configure(reading, error, [&](Reading::Setup& setup) {
        requireArgument(seconds >= 0 && seconds <= lastSecond, "The time is out of range.");
        setup.time = std::chrono::sys_seconds(std::chrono::seconds(seconds));
    });
}

cancuoc_status cancuoc_reading_set_event_callback(cancuoc_reading* reading, cancuoc_event_callback callback,
                                                  void* context, cancuoc_error* error) {
    return configure(reading, error, [&](Reading::Setup& setup) {
        setup.callback = callback;
        setup.context = context;
    });
}

cancuoc_status cancuoc_reading_set_recording(cancuoc_reading* reading, int32_t record, cancuoc_error* error) {
    return configure(reading, error, [&](Reading::Setup& setup) {
        requireArgument(record == 0 || record == 1, "Recording is 0 or 1.");
        setup.record = record == 1;
    });
}

cancuoc_status cancuoc_reading_run(cancuoc_reading* reading, cancuoc_result** result, cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = readings().find(reading);
        requireArgument(result != nullptr, "There is no place for the result.");
        *result = results().open(found->run());
    });
}

cancuoc_status cancuoc_reading_cancel(cancuoc_reading* reading, cancuoc_error* error) {
    return guarded(error, [&] { readings().find(reading)->cancel(); });
}

cancuoc_status cancuoc_reading_trace(cancuoc_reading* reading, char* buffer, size_t capacity, size_t* length,
                                     cancuoc_error* error) {
    return configure(reading, error, [&](Reading::Setup& setup) {
        if (!setup.trace) {
            throw Refusal(CANCUOC_NOT_FOUND, "No run was recorded.");
        }
        give(*setup.trace, buffer, capacity, length);
    });
}
