// SPDX-License-Identifier: Apache-2.0
#include "host/reader/pcsc.hpp"

#include "host/base/error.hpp"
#include "host/base/secret_bytes.hpp"
#include "host/reader/pcsc_error.hpp"
#include "host/reader/reader_limit.hpp"

#include <winscard.h>

#include <algorithm>
#include <cctype>
#include <utility>

namespace cancuoc {

namespace {

constexpr std::size_t longestShortCommand = 261;
constexpr std::size_t longestShortResponse = 256;
constexpr std::size_t longestExtendedData = 65535;
// Header, extended Lc and Le.
constexpr std::size_t extendedLengthFields = 4 + 3 + 2;
constexpr DWORD protocols = SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1;

std::string lowerCase(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

std::string listNames(const std::vector<const ReaderInfo*>& readers) {
    std::string list;
    for (const ReaderInfo* reader : readers) {
        list += (list.empty() ? "\"" : ", \"") + reader->name + "\"";
    }
    return list;
}

std::vector<const ReaderInfo*> readersNamedLike(const std::vector<ReaderInfo>& readers,
                                                std::string_view text) {
    std::vector<const ReaderInfo*> fitting;
    for (const ReaderInfo& reader : readers) {
        if (reader.name == text) {
            return {&reader};
        }
        if (lowerCase(reader.name).find(lowerCase(text)) != std::string::npos) {
            fitting.push_back(&reader);
        }
    }
    return fitting;
}

[[noreturn]] void refuseName(const std::vector<ReaderInfo>& readers, std::string_view text) {
    if (readers.empty()) {
        throwPcsc(SCARD_E_NO_READERS_AVAILABLE, PcscPhase::Service, {});
    }
    throw ReaderUnavailable("No reader's name contains \"" + std::string(text) +
                            "\". Attached: " + listNames(readersNamedLike(readers, {})) + ".");
}

// T=0 carries either data or an expected length; the response data are fetched with GET RESPONSE
// (ISO/IEC 7816-3, 12.2.3).
BytesView withoutExpectedLength(BytesView command) {
    const bool hasBoth = command.size() > 5 && command.size() == 5U + command[4] + 1U;
    return hasBoth ? command.first(command.size() - 1) : command;
}

std::vector<std::string> splitNames(const std::string& multiString) {
    std::vector<std::string> names;
    for (std::size_t start = 0; start < multiString.size() && multiString[start] != '\0';) {
        names.emplace_back(multiString.c_str() + start);
        start += names.back().size() + 1;
    }
    return names;
}

} // namespace

class PcscContext::Handle {
public:
    Handle() {
        requirePcsc(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context_),
                    PcscPhase::Service, {});
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { SCardReleaseContext(context_); }

    [[nodiscard]] SCARDCONTEXT get() const { return context_; }

    [[nodiscard]] std::vector<std::string> readerNames() const {
        std::string names;
        LONG result = SCARD_E_INSUFFICIENT_BUFFER;
        // A reader may be plugged in between asking for the length and for the names.
        while (result == SCARD_E_INSUFFICIENT_BUFFER) {
            DWORD length = 0;
            result = SCardListReaders(context_, nullptr, nullptr, &length);
            if (result == SCARD_S_SUCCESS) {
                names.assign(length, '\0');
                result = SCardListReaders(context_, nullptr, names.data(), &length);
            }
        }
        if (result == SCARD_E_NO_READERS_AVAILABLE) {
            return {};
        }
        requirePcsc(result, PcscPhase::Service, {});
        return splitNames(names);
    }

    /// SCARD_STATE_... flags; SCARD_STATE_UNAVAILABLE for a reader that is gone.
    [[nodiscard]] DWORD stateOf(const std::string& readerName) const {
        SCARD_READERSTATE state{};
        state.szReader = readerName.c_str();
        state.dwCurrentState = SCARD_STATE_UNAWARE;
        const LONG result = SCardGetStatusChange(context_, 0, &state, 1);
        if (result == SCARD_E_UNKNOWN_READER) {
            return SCARD_STATE_UNAVAILABLE;
        }
        if (result != SCARD_E_TIMEOUT) {
            requirePcsc(result, PcscPhase::Service, readerName);
        }
        return state.dwEventState;
    }

private:
    SCARDCONTEXT context_ = 0;
};

PcscContext::PcscContext() : handle_(std::make_unique<Handle>()) {}

PcscContext::~PcscContext() = default;

std::vector<ReaderInfo> PcscContext::readers() const {
    std::vector<ReaderInfo> readers;
    for (std::string& name : handle_->readerNames()) {
        const DWORD state = handle_->stateOf(name);
        readers.push_back({std::move(name), (state & SCARD_STATE_PRESENT) != 0});
    }
    return readers;
}

const ReaderInfo& chooseReader(const std::vector<ReaderInfo>& readers, std::string_view text) {
    std::vector<const ReaderInfo*> fitting = readersNamedLike(readers, text);
    if (fitting.empty()) {
        refuseName(readers, text);
    }
    if (fitting.size() == 1) {
        return *fitting.front();
    }
    std::vector<const ReaderInfo*> withCard;
    std::copy_if(fitting.begin(), fitting.end(), std::back_inserter(withCard),
                 [](const ReaderInfo* reader) { return reader->cardPresent; });
    if (withCard.size() == 1) {
        return *withCard.front();
    }
    if (withCard.empty()) {
        throw NoCard("There is no card on any of the readers " + listNames(fitting) +
                     ". Put the card on one.");
    }
    throw BadConfiguration("Several readers hold a card: " + listNames(withCard) + ". Name the one to use.");
}

/// The handle of a connected card, with its transaction.
class PcscConnection::Card {
public:
    Card(const PcscContext::Handle& context, std::string readerName)
        : context_(context), readerName_(std::move(readerName)), received_(MAX_BUFFER_SIZE_EXTENDED) {
        requirePcsc(SCardConnect(context.get(), readerName_.c_str(), SCARD_SHARE_SHARED, protocols, &handle_,
                                 &protocol_),
                    PcscPhase::Connect, readerName_);
        try {
            beginTransaction();
            readAtr();
        } catch (...) {
            SCardDisconnect(handle_, SCARD_LEAVE_CARD);
            throw;
        }
        readerLimit_ = maximumApduDataSize(handle_);
    }
    Card(const Card&) = delete;
    Card& operator=(const Card&) = delete;
    ~Card() {
        wipe(received_);
        SCardEndTransaction(handle_, SCARD_LEAVE_CARD);
        SCardDisconnect(handle_, SCARD_RESET_CARD);
    }

    [[nodiscard]] Bytes transmit(BytesView command) {
        const bool isT0 = protocol_ == SCARD_PROTOCOL_T0;
        const BytesView sent = isT0 ? withoutExpectedLength(command) : command;
        auto length = static_cast<DWORD>(received_.size());
        const LONG result =
            SCardTransmit(handle_, isT0 ? SCARD_PCI_T0 : SCARD_PCI_T1, sent.data(),
                          static_cast<DWORD>(sent.size()), nullptr, received_.data(), &length);
        if (result != SCARD_S_SUCCESS) {
            throwLost(result);
        }
        // Some drivers report a card that leaves during the exchange as a success without a status word.
        if (length < 2 || length > received_.size()) {
            throwLost(SCARD_E_COMM_DATA_LOST);
        }
        return toBytes(BytesView(received_).first(length));
    }

    void reset() {
        SCardEndTransaction(handle_, SCARD_LEAVE_CARD);
        const LONG result =
            SCardReconnect(handle_, SCARD_SHARE_SHARED, protocols, SCARD_UNPOWER_CARD, &protocol_);
        if (result != SCARD_S_SUCCESS) {
            throwLost(result);
        }
        beginTransaction();
        readAtr();
    }

    [[nodiscard]] BytesView atr() const { return atr_; }
    [[nodiscard]] const std::string& readerName() const { return readerName_; }

    /// The most data in one extended APDU that the reader carries; nothing when only short lengths are
    /// possible.
    [[nodiscard]] std::optional<std::size_t> readerExtendedData() const {
        const std::size_t limit = std::min(readerLimit_.value_or(longestExtendedData), longestExtendedData);
        if (protocol_ != SCARD_PROTOCOL_T1 || limit <= longestShortResponse) {
            return std::nullopt;
        }
        return limit;
    }

    /// The same for reader and card together, as far as the ATR tells.
    [[nodiscard]] std::optional<std::size_t> extendedData() const {
        return statesExtendedLength(atr_) ? readerExtendedData() : std::nullopt;
    }

private:
    void beginTransaction() { requirePcsc(SCardBeginTransaction(handle_), PcscPhase::Connect, readerName_); }

    void readAtr() {
        atr_.assign(MAX_ATR_SIZE, 0);
        DWORD length = atr_.size();
        requirePcsc(SCardStatus(handle_, nullptr, nullptr, nullptr, nullptr, atr_.data(), &length),
                    PcscPhase::Connect, readerName_);
        atr_.resize(std::min<std::size_t>(length, MAX_ATR_SIZE));
    }

    // Drivers report the same loss in several ways; the reader's state tells what really happened.
    [[noreturn]] void throwLost(LONG code) const {
        const DWORD state = context_.stateOf(readerName_);
        if ((state & (SCARD_STATE_UNAVAILABLE | SCARD_STATE_UNKNOWN)) != 0) {
            code = SCARD_E_READER_UNAVAILABLE;
        } else if ((state & SCARD_STATE_EMPTY) != 0) {
            code = SCARD_W_REMOVED_CARD;
        }
        throwPcsc(code, PcscPhase::Exchange, readerName_);
    }

    const PcscContext::Handle& context_;
    std::string readerName_;
    Bytes received_;
    SCARDHANDLE handle_ = 0;
    DWORD protocol_ = SCARD_PROTOCOL_UNDEFINED;
    Bytes atr_;
    std::optional<std::size_t> readerLimit_;
};

PcscConnection::PcscConnection(std::string_view readerText) {
    const std::vector<ReaderInfo> readers = context_.readers();
    card_ = std::make_unique<Card>(*context_.handle_, chooseReader(readers, readerText).name);
}

PcscConnection::~PcscConnection() = default;

Bytes PcscConnection::transmit(BytesView command) {
    return card_->transmit(command);
}

void PcscConnection::reset() {
    card_->reset();
}

BytesView PcscConnection::atr() const {
    return card_->atr();
}

std::string PcscConnection::readerName() const {
    return card_->readerName();
}

std::size_t PcscConnection::maximumCommandLength() const {
    const auto data = card_->extendedData();
    return data ? *data + extendedLengthFields : longestShortCommand;
}

std::size_t PcscConnection::maximumResponseLength() const {
    return card_->extendedData().value_or(longestShortResponse);
}

std::size_t PcscConnection::readerMaximumLength() const {
    return card_->readerExtendedData().value_or(longestShortResponse);
}

} // namespace cancuoc
