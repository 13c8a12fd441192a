// SPDX-License-Identifier: Apache-2.0
/// @file cancuoc.hpp
/// C++17 over cancuoc.h: handles close themselves, failures are exceptions, text is std::string. Header only:
/// it adds nothing to the binary interface. Which function throws what is said at the C function of the same
/// name.
#ifndef CANCUOC_HPP
#define CANCUOC_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <cancuoc.h>

namespace cancuoc {

/// A call that failed.
class Failure : public std::runtime_error {
public:
    explicit Failure(const cancuoc_error& error)
        : std::runtime_error(error.message), status_(error.status), statusWord_(error.status_word) {}

    /// One of enum cancuoc_status_value.
    [[nodiscard]] cancuoc_status status() const noexcept { return status_; }
    /// SW1-SW2 that the card answered; 0 where no card did.
    [[nodiscard]] std::uint16_t statusWord() const noexcept { return statusWord_; }

private:
    cancuoc_status status_;
    std::uint16_t statusWord_;
};

namespace detail {

/// Calls a function of the C interface with an error of its own.
template <class Call>
void call(Call&& function) {
    cancuoc_error error{};
    if (std::forward<Call>(function)(&error) != CANCUOC_OK) {
        throw Failure(error);
    }
}

/// The same; false when it ends with `expected`.
template <class Call>
bool calledUnless(cancuoc_status expected, Call&& function) {
    cancuoc_error error{};
    const auto status = std::forward<Call>(function)(&error);
    if (status != CANCUOC_OK && status != expected) {
        throw Failure(error);
    }
    return status == CANCUOC_OK;
}

/// Asks for the content, and again where it does not fit.
/// @param expected length up to which it is asked for once; 0: its length is asked for first
template <class Container, class Call>
Container fetch(Call&& function, std::size_t expected = 0) {
    std::size_t length = 0;
    Container content(expected, typename Container::value_type{});
    const bool fits = calledUnless(CANCUOC_BUFFER_TOO_SMALL, [&](cancuoc_error* error) {
        return function(expected != 0 ? content.data() : nullptr, expected, &length, error);
    });
    if (!fits) {
        content.resize(length + 1);
        call([&](cancuoc_error* error) { return function(content.data(), content.size(), &length, error); });
    }
    content.resize(length);
    return content;
}

/// The elements of a list, one after another up to CANCUOC_NOT_FOUND.
/// @param expected as for fetch()
template <class Call>
std::vector<std::string> list(Call&& function, std::size_t expected = 0) {
    std::vector<std::string> elements;
    try {
        while (true) {
            elements.push_back(fetch<std::string>(
                [&](char* buffer, std::size_t capacity, std::size_t* length, cancuoc_error* error) {
                    return function(elements.size(), buffer, capacity, length, error);
                },
                expected));
        }
    } catch (const Failure& failure) {
        if (failure.status() != CANCUOC_NOT_FOUND) {
            throw;
        }
    }
    return elements;
}

template <class Handle, cancuoc_status (*Close)(Handle*, cancuoc_error*)>
struct Closer {
    void operator()(Handle* handle) const noexcept { Close(handle, nullptr); }
};

template <class Handle, cancuoc_status (*Close)(Handle*, cancuoc_error*)>
using Owned = std::unique_ptr<Handle, Closer<Handle, Close>>;

} // namespace detail

using Bytes = std::vector<std::uint8_t>;

/// The version of the library that is loaded.
[[nodiscard]] inline std::string version() {
    return cancuoc_version();
}

/// "wrong-access-key"; "unknown" for a number that is no status.
[[nodiscard]] inline std::string statusName(cancuoc_status status) {
    return cancuoc_status_name(status);
}

/// A picture as pixels: red, green, blue; rows from the top.
struct Picture {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    Bytes pixels; ///< width * height * 3 bytes
};

/// A check and how it ended.
struct Check {
    std::string name;
    cancuoc_check outcome = CANCUOC_NO_OUTCOME; ///< one of enum cancuoc_check_value
    std::string reason;
};

/// Something that happened at a reader.
struct ReaderChange {
    cancuoc_reader_event kind = CANCUOC_READER_ARRIVED; ///< one of enum cancuoc_reader_event_value
    cancuoc_reader reader{};                            ///< as it is after it
};

/// Watches the readers of the machine.
class Monitor {
public:
    Monitor() {
        cancuoc_monitor* monitor = nullptr;
        detail::call([&](auto* error) { return cancuoc_monitor_open(&monitor, error); });
        monitor_.reset(monitor);
    }

    /// Those that are there now.
    [[nodiscard]] std::vector<cancuoc_reader> readers() const {
        std::vector<cancuoc_reader> readers;
        std::size_t count = 0;
        while (!detail::calledUnless(CANCUOC_BUFFER_TOO_SMALL, [&](auto* error) {
            return cancuoc_monitor_readers(handle(), readers.data(), readers.size(), &count, error);
        })) {
            readers.resize(count);
        }
        readers.resize(count);
        return readers;
    }
    /// The next event; nothing when none came in `timeout` milliseconds, negative: as long as it takes.
    std::optional<ReaderChange> next(std::int64_t timeout = -1) {
        ReaderChange event;
        const bool happened = detail::calledUnless(CANCUOC_TIMEOUT, [&](auto* error) {
            return cancuoc_monitor_next_event(handle(), timeout, &event.kind, &event.reader, error);
        });
        return happened ? std::optional(event) : std::nullopt;
    }
    /// The reader with a card, whose name holds `readerText`. Milliseconds as in next().
    cancuoc_reader waitForCard(const std::string& readerText = {}, std::int64_t timeout = -1) {
        cancuoc_reader reader{};
        detail::call([&](auto* error) {
            return cancuoc_monitor_wait_for_card(handle(), readerText.c_str(), timeout, &reader, error);
        });
        return reader;
    }
    /// Ends watching, from any thread: calls that wait in others throw CANCUOC_CANCELLED.
    void close() noexcept { cancuoc_monitor_close(handle(), nullptr); }
    /// Valid as long as the object.
    [[nodiscard]] cancuoc_monitor* handle() const noexcept { return monitor_.get(); }

private:
    detail::Owned<cancuoc_monitor, cancuoc_monitor_close> monitor_;
};

/// What became of a file that was imported.
struct ImportReport : cancuoc_import {
    std::string reason; ///< why the first of those refused was not taken; empty when all were
};

/// Certificates and revocation lists that signatures are checked with.
class TrustStore {
public:
    /// The store in a folder.
    static TrustStore open(const std::string& directory) {
        cancuoc_trust_store* store = nullptr;
        detail::call([&](auto* error) { return cancuoc_trust_store_open(directory.c_str(), &store, error); });
        return TrustStore(store);
    }
    /// The store in a folder, made when there is none.
    static TrustStore create(const std::string& directory) {
        cancuoc_trust_store* store = nullptr;
        detail::call(
            [&](auto* error) { return cancuoc_trust_store_create(directory.c_str(), &store, error); });
        return TrustStore(store);
    }
    /// An empty one in memory.
    static TrustStore inMemory() {
        cancuoc_trust_store* store = nullptr;
        detail::call([&](auto* error) { return cancuoc_trust_store_create(nullptr, &store, error); });
        return TrustStore(store);
    }

    /// Takes in the content of a file.
    ImportReport import(const Bytes& content) {
        ImportReport report{};
        std::array<char, CANCUOC_MESSAGE_SIZE> reason{};
        detail::call([&](auto* error) {
            return cancuoc_trust_store_import(store_.get(), content.data(), content.size(), &report,
                                              reason.data(), reason.size(), error);
        });
        report.reason = reason.data();
        return report;
    }
    [[nodiscard]] cancuoc_trust_summary summary() const {
        cancuoc_trust_summary summary{};
        detail::call([&](auto* error) { return cancuoc_trust_store_summary(store_.get(), &summary, error); });
        return summary;
    }
    /// What `cancuoc trust list --json` prints.
    [[nodiscard]] std::string json() const {
        return detail::fetch<std::string>(
            [this](auto... arguments) { return cancuoc_trust_store_json(store_.get(), arguments...); });
    }
    /// Valid as long as the object.
    /// Null after it was moved from.
    [[nodiscard]] cancuoc_trust_store* handle() const noexcept { return store_.get(); }
    /// The handle where NULL would mean no store: one that was moved from is a Failure,
    /// CANCUOC_INVALID_HANDLE.
    [[nodiscard]] cancuoc_trust_store* use() const {
        if (!store_) {
            throw Failure({CANCUOC_INVALID_HANDLE, 0, 0, "The trust store was moved from."});
        }
        return handle();
    }

private:
    explicit TrustStore(cancuoc_trust_store* store) : store_(store) {}

    detail::Owned<cancuoc_trust_store, cancuoc_trust_store_close> store_;
};

/// What the chip signed in Active Authentication.
struct SignedChallenge {
    std::array<std::uint8_t, 8> challenge{};
    Bytes signature; ///< as the chip sent it
};

/// A QR code beside the chip.
struct QrComparison {
    bool matches = false; ///< nothing differs, and the chip is not found forged
    std::string json;     ///< what `cancuoc qr verify --json` prints
};

/// What was found out about one card.
class Result {
public:
    /// Takes the handle over.
    explicit Result(cancuoc_result* result) : result_(result) {}

    /// One of enum cancuoc_verdict_value.
    [[nodiscard]] cancuoc_verdict verdict() const {
        cancuoc_verdict verdict = CANCUOC_NO_VERDICT;
        detail::call([&](auto* error) { return cancuoc_result_verdict(result_.get(), &verdict, error); });
        return verdict;
    }
    [[nodiscard]] bool genuine() const { return verdict() == CANCUOC_GENUINE; }
    [[nodiscard]] std::vector<std::string> reasons() const {
        return detail::list(
            [this](auto... arguments) { return cancuoc_result_reason(result_.get(), arguments...); });
    }
    [[nodiscard]] std::vector<std::string> remarks() const {
        return detail::list(
            [this](auto... arguments) { return cancuoc_result_remark(result_.get(), arguments...); });
    }
    [[nodiscard]] Check check(const std::string& name) const {
        Check check{name, CANCUOC_NO_OUTCOME, {}};
        check.reason = detail::fetch<std::string>([&](auto... arguments) {
            return cancuoc_result_check(result_.get(), name.c_str(), &check.outcome, arguments...);
        });
        return check;
    }
    [[nodiscard]] std::vector<Check> checks() const {
        std::vector<Check> checks;
        for (const auto& name : detail::list([this](auto... arguments) {
                 return cancuoc_result_check_name(result_.get(), arguments...);
             })) {
            checks.push_back(check(name));
        }
        return checks;
    }
    /// One of enum cancuoc_field_value; nothing when its file was not read.
    [[nodiscard]] std::optional<std::string> field(cancuoc_field field) const {
        return found<std::string>(
            [&](auto... arguments) { return cancuoc_result_field(result_.get(), field, arguments...); });
    }
    /// An item of DG13 from number 17 on, which have no names; nothing when the card has none.
    [[nodiscard]] std::optional<std::string> otherItem(std::int32_t item) const {
        return found<std::string>(
            [&](auto... arguments) { return cancuoc_result_other_item(result_.get(), item, arguments...); });
    }
    /// Of the files that were read.
    [[nodiscard]] std::vector<std::string> fileNames() const {
        return detail::list(
            [this](auto... arguments) { return cancuoc_result_file_name(result_.get(), arguments...); });
    }
    /// "DG1", "EF.SOD", ...; nothing when it was not read.
    [[nodiscard]] std::optional<Bytes> file(const std::string& name) const {
        return found<Bytes>([&](auto... arguments) {
            return cancuoc_result_file(result_.get(), name.c_str(), arguments...);
        });
    }
    /// DER; nothing when there is none.
    [[nodiscard]] std::optional<Bytes> documentSigner() const {
        return found<Bytes>(
            [&](auto... arguments) { return cancuoc_result_document_signer(result_.get(), arguments...); });
    }
    /// Nothing when Active Authentication was not performed.
    [[nodiscard]] std::optional<SignedChallenge> activeAuthentication() const {
        SignedChallenge signedChallenge;
        auto signature = found<Bytes>([&](auto... arguments) {
            return cancuoc_result_active_authentication(result_.get(), signedChallenge.challenge.data(),
                                                        arguments...);
        });
        if (!signature) {
            return std::nullopt;
        }
        signedChallenge.signature = std::move(*signature);
        return signedChallenge;
    }
    /// Format and size of the face; nothing when there is none.
    [[nodiscard]] std::optional<cancuoc_image> faceImage() const {
        cancuoc_image image{};
        const bool isThere = detail::calledUnless(CANCUOC_NOT_FOUND, [&](auto* error) {
            return cancuoc_result_face(result_.get(), &image, error);
        });
        return isThere ? std::optional(image) : std::nullopt;
    }
    /// As the card has it; nothing when there is none.
    [[nodiscard]] std::optional<Bytes> encodedFace() const {
        return found<Bytes>(
            [&](auto... arguments) { return cancuoc_result_face_encoded(result_.get(), arguments...); });
    }
    [[nodiscard]] std::optional<Picture> face() const {
        Picture picture;
        auto pixels = found<Bytes>([&](auto... arguments) {
            return cancuoc_result_face_rgb(result_.get(), &picture.width, &picture.height, arguments...);
        });
        if (!pixels) {
            return std::nullopt;
        }
        picture.pixels = std::move(*pixels);
        return picture;
    }
    [[nodiscard]] std::string json() const {
        return detail::fetch<std::string>(
            [&](auto... arguments) { return cancuoc_result_json(result_.get(), arguments...); });
    }
    [[nodiscard]] Bytes evidence() const {
        return detail::fetch<Bytes>(
            [&](auto... arguments) { return cancuoc_result_evidence(result_.get(), arguments...); });
    }
    /// Whether nothing of a QR code's text differs from the chip.
    [[nodiscard]] bool matches(std::string_view qrText) const {
        std::int32_t matches = 0;
        detail::call([&](auto* error) {
            return cancuoc_qr_match(qrText.data(), qrText.size(), result_.get(), &matches, nullptr, 0,
                                    nullptr, error);
        });
        return matches == 1;
    }
    /// The same field by field.
    [[nodiscard]] QrComparison compare(std::string_view qrText) const {
        std::int32_t matches = 0;
        auto json = detail::fetch<std::string>([&](auto... arguments) {
            return cancuoc_qr_match(qrText.data(), qrText.size(), result_.get(), &matches, arguments...);
        });
        return {matches == 1, std::move(json)};
    }
    /// Valid as long as the object.
    [[nodiscard]] cancuoc_result* handle() const noexcept { return result_.get(); }

private:
    template <class Container, class Call>
    static std::optional<Container> found(Call&& function) {
        try {
            return detail::fetch<Container>(std::forward<Call>(function));
        } catch (const Failure& failure) {
            if (failure.status() == CANCUOC_NOT_FOUND) {
                return std::nullopt;
            }
            throw;
        }
    }

    detail::Owned<cancuoc_result, cancuoc_result_close> result_;
};

namespace detail {

inline Result verifyEvidence(const Bytes& evidence, cancuoc_trust_store* store, const std::string& policy) {
    cancuoc_result* result = nullptr;
    call([&](auto* error) {
        return cancuoc_evidence_verify(evidence.data(), evidence.size(), policy.c_str(), store, &result,
                                       error);
    });
    return Result(result);
}

} // namespace detail

/// Judges the card of an earlier reading again, without it.
/// @param policy "strict", "standard", "fast", or the path of a JSON file
[[nodiscard]] inline Result verifyEvidence(const Bytes& evidence, const TrustStore& store,
                                           const std::string& policy = "standard") {
    return detail::verifyEvidence(evidence, store.use(), policy);
}
/// The same without a trust store, by which no card is genuine.
[[nodiscard]] inline Result verifyEvidence(const Bytes& evidence, std::nullptr_t /*store*/,
                                           const std::string& policy = "standard") {
    return detail::verifyEvidence(evidence, nullptr, policy);
}

/// The texts of the QR codes in a picture, PNG or JPEG. May take seconds: the picture is looked through once
/// for each code, and once more.
[[nodiscard]] inline std::vector<std::string> findQrCodes(const Bytes& picture) {
    constexpr std::size_t enoughForAnyCode = 8192;
    return detail::list(
        [&](std::size_t index, auto... arguments) {
            return cancuoc_qr_find(picture.data(), picture.size(), index, arguments...);
        },
        enoughForAnyCode);
}

/// What the text of a QR code says, as `cancuoc qr decode --json` prints a symbol.
[[nodiscard]] inline std::string qrJson(std::string_view text) {
    return detail::fetch<std::string>(
        [&](auto... arguments) { return cancuoc_qr_json(text.data(), text.size(), arguments...); });
}

/// The 12-digit number in the text of an identity card's QR code.
[[nodiscard]] inline std::string qrNumber(std::string_view text) {
    std::array<char, 13> number{};
    detail::call(
        [&](auto* error) { return cancuoc_qr_number(text.data(), text.size(), number.data(), error); });
    return number.data();
}

/// How the terminal authenticates itself. Called on the thread that reads; where one throws, Terminal
/// Authentication is not performed.
struct Terminal {
    /// The CV certificates, DER, for a card that trusts these certification authority references.
    std::function<std::vector<Bytes>(const std::vector<std::string>& trustPoints)> certificates;
    /// Signs `message` with the key of the certificate of `holderReference`; ECDSA in plain form, r || s.
    std::function<Bytes(const std::string& holderReference, const Bytes& message)> sign;
};

/// One card that is to be read.
class Reading {
public:
    /// Return false to end the reading. Called on the thread that reads; what it throws ends the reading, and
    /// comes out of run().
    using Observer = std::function<bool(const cancuoc_event&)>;

    Reading() {
        cancuoc_reading* reading = nullptr;
        detail::call([&](auto* error) { return cancuoc_reading_open(&reading, error); });
        reading_.reset(reading);
    }

    Reading& key(cancuoc_key kind, const std::string& text) {
        return set([&](auto* error) { return cancuoc_reading_set_key(handle(), kind, text.c_str(), error); });
    }
    Reading& dates(const std::string& birth, const std::string& expiry) {
        return set([&](auto* error) {
            return cancuoc_reading_set_dates(handle(), birth.c_str(), expiry.c_str(), error);
        });
    }
    Reading& reader(const std::string& text) {
        return set([&](auto* error) { return cancuoc_reading_set_reader(handle(), text.c_str(), error); });
    }
    Reading& cardLink(const cancuoc_card_link& link) {
        return set([&](auto* error) { return cancuoc_reading_set_card_link(handle(), &link, error); });
    }
    /// Milliseconds, as cancuoc_reading_set_waits().
    Reading& waits(std::int64_t card, std::int64_t resume, std::int64_t total = 0) {
        return set(
            [&](auto* error) { return cancuoc_reading_set_waits(handle(), card, resume, total, error); });
    }
    Reading& trust(const TrustStore& store) {
        return set(
            [&](auto* error) { return cancuoc_reading_set_trust_store(handle(), store.use(), error); });
    }
    /// Takes the trust store back.
    Reading& trust(std::nullptr_t /*store*/) {
        return set([&](auto* error) { return cancuoc_reading_set_trust_store(handle(), nullptr, error); });
    }
    Reading& policy(const std::string& policy) {
        return set([&](auto* error) { return cancuoc_reading_set_policy(handle(), policy.c_str(), error); });
    }
    /// 1 to 16; none: all that the policy uses.
    Reading& dataGroups(const std::vector<std::int32_t>& numbers) {
        return set([&](auto* error) {
            return cancuoc_reading_set_data_groups(handle(), numbers.data(), numbers.size(), error);
        });
    }
    /// Of Active Authentication, drawn by a server; for one reading.
    Reading& challenge(const std::array<std::uint8_t, 8>& challenge) {
        return set([&](auto* error) {
            return cancuoc_reading_set_challenge(handle(), challenge.data(), challenge.size(), error);
        });
    }
    /// At which certificates must be valid: seconds since 1970 UTC.
    Reading& time(std::int64_t seconds) {
        return set([&](auto* error) { return cancuoc_reading_set_time(handle(), seconds, error); });
    }
    /// The folder with the terminal's certificates and keys.
    Reading& terminalKeys(const std::string& directory) {
        return set([&](auto* error) {
            return cancuoc_reading_set_terminal_keys(handle(), directory.c_str(), error);
        });
    }
    Reading& terminal(Terminal terminal) {
        auto functions = std::make_unique<Terminal>(std::move(terminal));
        const cancuoc_terminal callbacks{functions.get(), giveCertificates, signWithTerminalKey};
        set([&](auto* error) { return cancuoc_reading_set_terminal(handle(), &callbacks, error); });
        terminal_ = std::move(functions); // not before: a call that is refused leaves the former one in use
        return *this;
    }
    /// Takes the terminal back, and its keys in a folder too.
    Reading& terminal(std::nullptr_t /*terminal*/) {
        set([&](auto* error) { return cancuoc_reading_set_terminal(handle(), nullptr, error); });
        terminal_.reset();
        return *this;
    }
    /// Whether to record the session, for trace().
    Reading& recording(bool record) {
        return set(
            [&](auto* error) { return cancuoc_reading_set_recording(handle(), record ? 1 : 0, error); });
    }
    Reading& observer(Observer observer) {
        auto watcher = std::make_unique<Watcher>(Watcher{std::move(observer), nullptr});
        set([&](auto* error) {
            return cancuoc_reading_set_event_callback(
                handle(),
                [](void* context, const cancuoc_event* event) {
                    return static_cast<Watcher*>(context)->tell(*event);
                },
                watcher.get(), error);
        });
        watcher_ = std::move(watcher); // not before: a call that is refused leaves the former one in use
        return *this;
    }

    /// Tells nobody any more.
    Reading& observer(std::nullptr_t /*observer*/) {
        set([&](auto* error) {
            return cancuoc_reading_set_event_callback(handle(), nullptr, nullptr, error);
        });
        watcher_.reset();
        return *this;
    }

    [[nodiscard]] Result run() {
        cancuoc_result* result = nullptr;
        try {
            detail::call([&](auto* error) { return cancuoc_reading_run(handle(), &result, error); });
        } catch (const Failure&) {
            if (watcher_ != nullptr && watcher_->thrown != nullptr) {
                std::rethrow_exception(std::exchange(watcher_->thrown, nullptr));
            }
            throw;
        }
        return Result(result);
    }
    /// The trace of the last run, with pseudonyms for what is secret or personal.
    [[nodiscard]] std::string trace() const {
        return detail::fetch<std::string>(
            [this](auto... arguments) { return cancuoc_reading_trace(handle(), arguments...); });
    }
    /// From any thread.
    void cancel() {
        detail::call([&](auto* error) { return cancuoc_reading_cancel(handle(), error); });
    }
    /// Valid as long as the object.
    [[nodiscard]] cancuoc_reading* handle() const noexcept { return reading_.get(); }

private:
    template <class Call>
    Reading& set(Call&& function) {
        detail::call(std::forward<Call>(function));
        return *this;
    }

    // No exception goes through the C library.
    struct Watcher {
        Observer observer;
        std::exception_ptr thrown;

        int tell(const cancuoc_event& event) noexcept {
            try {
                return observer(event) ? 0 : 1;
            } catch (...) {
                thrown = std::current_exception();
                return 1;
            }
        }
    };

    static cancuoc_status giveCertificates(void* context, const char* const* trustPoints, std::size_t count,
                                           cancuoc_certificates* certificates) noexcept {
        try {
            const std::vector<std::string> references(trustPoints, trustPoints + count);
            for (const auto& certificate : static_cast<Terminal*>(context)->certificates(references)) {
                detail::call([&](auto* error) {
                    return cancuoc_certificates_add(certificates, certificate.data(), certificate.size(),
                                                    error);
                });
            }
            return CANCUOC_OK;
        } catch (...) {
            return CANCUOC_CALLBACK_FAILED;
        }
    }

    static cancuoc_status signWithTerminalKey(void* context, const char* holderReference,
                                              const std::uint8_t* message, std::size_t messageLength,
                                              std::uint8_t* signature, std::size_t capacity,
                                              std::size_t* signatureLength) noexcept {
        try {
            const auto made = static_cast<Terminal*>(context)->sign(holderReference,
                                                                    Bytes(message, message + messageLength));
            if (made.size() > capacity) {
                return CANCUOC_BUFFER_TOO_SMALL;
            }
            std::copy(made.begin(), made.end(), signature);
            *signatureLength = made.size();
            return CANCUOC_OK;
        } catch (...) {
            return CANCUOC_CALLBACK_FAILED;
        }
    }

    std::unique_ptr<Terminal> terminal_;
    std::unique_ptr<Watcher> watcher_;
    detail::Owned<cancuoc_reading, cancuoc_reading_close> reading_;
};

} // namespace cancuoc

#endif
