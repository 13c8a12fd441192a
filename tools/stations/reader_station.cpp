// SPDX-License-Identifier: Apache-2.0
#include "tools/stations/reader_station.hpp"

#include "host/base/error.hpp"
#include "host/base/random.hpp"
#include "personalization/loading/card_loader.hpp"

namespace cancuoc::tools {

namespace {

class CardOnReader final : public personalization::InsertedChip {
public:
    CardOnReader(std::unique_ptr<PcscConnection> connection, std::string serial, ReaderStation::Prompt prompt)
        : connection_(std::move(connection)), serial_(std::move(serial)), prompt_(std::move(prompt)) {}

    [[nodiscard]] std::string serial() const override { return serial_; }
    [[nodiscard]] bool isVolatile() const override { return false; }
    [[nodiscard]] Connection& connection() override { return *connection_; }
    void keep(std::string_view) override { prompt_("The card is good: take it off the reader."); }
    void reject() override { prompt_("Take the card off the reader and put it with those to be destroyed."); }
    void giveBack() override { prompt_("The card is still a blank: take it off the reader."); }

private:
    std::unique_ptr<PcscConnection> connection_;
    std::string serial_;
    ReaderStation::Prompt prompt_;
};

} // namespace

ReaderStation::ReaderStation(std::string reader, std::chrono::seconds patience,
                             const personalization::LoadProfile& profile, std::stop_token stop, Prompt prompt)
    : reader_(std::move(reader)), patience_(patience), profile_(profile), stop_(std::move(stop)),
      prompt_(std::move(prompt)) {}

std::string ReaderStation::name() const {
    return "reader " + reader_;
}

std::unique_ptr<personalization::InsertedChip> ReaderStation::insertBlank() {
    if (taken_ && !waitForNextCard()) {
        return nullptr;
    }
    auto connection = connect();
    const unsigned card = chooseReader(monitor_.readers(), connection->readerName()).cardChanges;
    SystemRandom random;
    const auto serial = personalization::readChipSerial(*connection, random, profile_);
    if (!serial) {
        throw NoCard("The card on the reader is finished already. Take it off and put a blank on.");
    }
    taken_ = card;
    return std::make_unique<CardOnReader>(std::move(connection), *serial, prompt_);
}

std::unique_ptr<personalization::InsertedChip> ReaderStation::findAgain(std::string_view serial,
                                                                        std::string_view) {
    if (!cardPresent()) {
        return nullptr;
    }
    auto connection = connect();
    SystemRandom random;
    const auto found = personalization::readChipSerial(*connection, random, profile_);
    if (found && *found != serial) {
        return nullptr;
    }
    return std::make_unique<CardOnReader>(std::move(connection), std::string(serial), prompt_);
}

// Nobody else may touch a card in the making. Asked to stop, the run does not begin another one; one that was
// begun is finished.
std::unique_ptr<PcscConnection> ReaderStation::connect() const {
    auto connection = std::make_unique<PcscConnection>(
        reader_,
        PcscOptions{.sharing = Sharing::Exclusive, .interruption = Interruption{stop_, std::nullopt}});
    connection->interruptBy({});
    return connection;
}

bool ReaderStation::waitForNextCard() const {
    if (patience_.count() == 0) {
        return false;
    }
    prompt_("Put the next blank on the reader.");
    try {
        static_cast<void>(
            monitor_.waitForCard(reader_, Interruption{stop_, std::nullopt}.within(patience_), taken_));
        return true;
    } catch (const NoCard&) {
    } catch (const Cancelled&) {
    }
    return false;
}

bool ReaderStation::cardPresent() const {
    const auto readers = monitor_.readers();
    try {
        return chooseReader(readers, reader_).cardPresent;
    } catch (const NoCard&) {
        return false;
    }
}

} // namespace cancuoc::tools
