// SPDX-License-Identifier: Apache-2.0
#include "host/reader/pcsc.hpp"

#include "host/base/error.hpp"
#include "host/reader/card_thread.hpp"

#include <algorithm>
#include <utility>

namespace cancuoc {

namespace {

constexpr std::size_t longestExtendedData = 65535;
// Header, extended Lc and Le.
constexpr std::size_t extendedLengthFields = 4 + 3 + 2;

// What is known of a connected card without asking it again.
struct CardFacts {
    std::string readerName;
    Bytes atr;
    bool usesT1 = false;
    PcscFeatures reader;

    explicit CardFacts(const PcscCard& card)
        : readerName(card.readerName()), atr(card.atr()), usesT1(card.usesT1()), reader(card.features()) {}

    /// The most data in one extended APDU that the reader carries; nothing when only short lengths are
    /// possible.
    [[nodiscard]] std::optional<std::size_t> readerExtendedData() const {
        const std::size_t limit =
            std::min(reader.features.maximumApduDataSize.value_or(longestExtendedData), longestExtendedData);
        return usesT1 && limit > shortResponseLength ? std::optional(limit) : std::nullopt;
    }

    /// The same for reader and card together, as far as the ATR tells.
    [[nodiscard]] std::optional<std::size_t> extendedData() const {
        return statesExtendedLength(atr) ? readerExtendedData() : std::nullopt;
    }
};

} // namespace

/// The thread with the card, and what is known of it.
class PcscConnection::Link {
public:
    Link(std::string_view readerText, const PcscOptions& options)
        : interruption_(options.interruption), thread_(options.keepAliveEvery),
          facts_(perform([text = std::string(readerText), sharing = options.sharing](CardThread::Slot& card) {
              card = std::make_unique<PcscCard>(text, sharing);
              return CardFacts(*card);
          })) {}

    template <class Call>
    std::invoke_result_t<Call, CardThread::Slot&> perform(Call call) {
        return thread_.perform(std::move(call), interruption_);
    }

    void reset() {
        facts_ = perform([](CardThread::Slot& card) {
            card->reset();
            return CardFacts(*card);
        });
    }

    /// Gives `input` to the part of the reader that runs PACE.
    [[nodiscard]] Bytes controlPace(SecretBytes input) {
        if (!facts_.reader.executePace) {
            throw BadConfiguration("The reader \"" + facts_.readerName + "\" does not run PACE itself.");
        }
        return perform([code = *facts_.reader.executePace,
                        owned = std::make_shared<SecretBytes>(std::move(input))](CardThread::Slot& card) {
            return card->control(code, owned->view());
        });
    }

    void interruptBy(const Interruption& interruption) { interruption_ = interruption; }
    [[nodiscard]] const CardFacts& facts() const { return facts_; }

private:
    Interruption interruption_;
    CardThread thread_;
    CardFacts facts_;
};

PcscConnection::PcscConnection(std::string_view readerText, const PcscOptions& options)
    : link_(std::make_unique<Link>(readerText, options)) {}

PcscConnection::~PcscConnection() = default;

Bytes PcscConnection::transmit(BytesView command) {
    return link_->perform(
        [owned = toBytes(command)](CardThread::Slot& card) { return card->transmit(owned); });
}

void PcscConnection::reset() {
    link_->reset();
}

void PcscConnection::interruptBy(const Interruption& interruption) {
    link_->interruptBy(interruption);
}

BytesView PcscConnection::atr() const {
    return link_->facts().atr;
}

std::string PcscConnection::readerName() const {
    return link_->facts().readerName;
}

std::size_t PcscConnection::maximumCommandLength() const {
    const auto data = link_->facts().extendedData();
    return data ? *data + extendedLengthFields : shortCommandLength;
}

std::size_t PcscConnection::maximumResponseLength() const {
    return link_->facts().extendedData().value_or(shortResponseLength);
}

std::size_t PcscConnection::readerMaximumLength() const {
    return link_->facts().readerExtendedData().value_or(shortResponseLength);
}

PaceReader* PcscConnection::paceReader() {
    return features().pace.pace ? this : nullptr;
}

PaceCapabilities PcscConnection::paceCapabilities() const {
    return features().pace;
}

EstablishPaceChannelOutput PcscConnection::establishPaceChannel(const EstablishPaceChannelInput& input) {
    return EstablishPaceChannelOutput::decode(link_->controlPace(input.encode()));
}

void PcscConnection::destroyPaceChannel() {
    if (features().pace.destroy) {
        static_cast<void>(link_->controlPace(SecretBytes(encodeDestroyPaceChannel())));
    }
}

const ReaderFeatures& PcscConnection::features() const {
    return link_->facts().reader.features;
}

} // namespace cancuoc
