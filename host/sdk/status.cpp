// SPDX-License-Identifier: Apache-2.0
#include "host/sdk/status.hpp"

#include <new>
#include <string_view>

#include "host/sdk/buffers.hpp"

namespace cancuoc::sdk {

namespace {

cancuoc_status report(cancuoc_error* error, cancuoc_status status, std::string_view message,
                      std::uint16_t statusWord = 0) {
    if (error != nullptr) {
        error->status = status;
        error->status_word = statusWord;
        error->reserved = 0;
        giveCut(message, error->message, sizeof error->message);
    }
    return status;
}

} // namespace

// The order of the handlers is that of the exceptions: the special before the general.
cancuoc_status reportCurrentException(cancuoc_error* error) noexcept {
    try {
        throw;
    } catch (const Refusal& refusal) {
        return report(error, refusal.status(), refusal.what());
    } catch (const ReaderBusy& busy) {
        return report(error, CANCUOC_READER_BUSY, busy.what());
    } catch (const ReaderUnavailable& unavailable) {
        return report(error, CANCUOC_READER_UNAVAILABLE, unavailable.what());
    } catch (const NoCard& noCard) {
        return report(error, CANCUOC_NO_CARD, noCard.what());
    } catch (const CardReset& reset) {
        return report(error, CANCUOC_CARD_RESET, reset.what());
    } catch (const CardRemoved& removed) {
        return report(error, CANCUOC_CARD_REMOVED, removed.what());
    } catch (const CardError& refused) {
        return report(error, CANCUOC_CARD_ERROR, refused.what(), refused.statusWord());
    } catch (const WrongAccessKey& wrong) {
        return report(error, CANCUOC_WRONG_ACCESS_KEY, wrong.what());
    } catch (const SecureMessagingError& ended) {
        return report(error, CANCUOC_SECURE_MESSAGING_ENDED, ended.what(), ended.statusWord().value_or(0));
    } catch (const MalformedData& malformed) {
        return report(error, CANCUOC_MALFORMED_DATA, malformed.what());
    } catch (const BadConfiguration& wrong) {
        return report(error, CANCUOC_BAD_CONFIGURATION, wrong.what());
    } catch (const CryptographyError& refused) {
        return report(error, CANCUOC_CRYPTOGRAPHY, refused.what());
    } catch (const DeadlineExceeded& late) {
        return report(error, CANCUOC_TIMEOUT, late.what());
    } catch (const Cancelled& cancelled) {
        return report(error, CANCUOC_CANCELLED, cancelled.what());
    } catch (const Error& failure) {
        return report(error, CANCUOC_SYSTEM_ERROR, failure.what());
    } catch (const std::bad_alloc&) {
        return report(error, CANCUOC_OUT_OF_MEMORY, "There is not enough memory.");
    } catch (const std::exception& fault) {
        return report(error, CANCUOC_INTERNAL_ERROR, fault.what());
    } catch (...) {
        return report(error, CANCUOC_INTERNAL_ERROR, "A fault of the library without a name.");
    }
}

void throwStatusOfCallback(cancuoc_status status) {
    switch (status) {
    case CANCUOC_OK:
        return;
    case CANCUOC_CARD_REMOVED:
        throw CardRemoved("The card was taken away.");
    case CANCUOC_CARD_RESET:
        throw CardReset("The card lost its power for a moment.");
    case CANCUOC_NO_CARD:
        throw NoCard("There is no card.");
    case CANCUOC_READER_UNAVAILABLE:
        throw ReaderUnavailable("The reader is gone.");
    case CANCUOC_CANCELLED:
        throw Cancelled("The program asked to stop.");
    case CANCUOC_TIMEOUT:
        throw DeadlineExceeded("The card did not answer in time.");
    default:
        throw Refusal(CANCUOC_CALLBACK_FAILED, "The program's card link failed.");
    }
}

} // namespace cancuoc::sdk
