// SPDX-License-Identifier: Apache-2.0
#include "tools/stations/virtual_chip_station.hpp"

#include <system_error>

#include "card/ports/host/virtual_chip.hpp"
#include "host/base/error.hpp"
#include "host/reader/in_process_connection.hpp"
#include "personalization/loading/card_loader.hpp"

namespace cancuoc::tools {

namespace {

namespace fs = std::filesystem;
using card::host::VirtualChip;

/// What the chip's port says about its memory, as an error of the line.
template <class Work>
auto withChip(Work&& work) {
    try {
        return work();
    } catch (const Error&) {
        throw;
    } catch (const std::runtime_error& error) {
        throw BadConfiguration(error.what());
    }
}

std::unique_ptr<InProcessConnection> powerOn(VirtualChip& chip, const std::string& name) {
    withChip([&chip] { chip.powerOn(); });
    return std::make_unique<InProcessConnection>(
        name, chip.atr(),
        [&chip](BytesView command) { return withChip([&] { return Bytes(chip.transmit(command)); }); },
        [&chip] { withChip([&chip] { chip.powerOn(); }); });
}

void renameFile(const fs::path& from, const fs::path& to) {
    std::error_code failure;
    fs::rename(from, to, failure);
    if (failure) {
        throw BadConfiguration("Cannot rename " + from.string() + " to " + to.string() + ": " +
                               failure.message() + ".");
    }
}

fs::path blankFile(const fs::path& folder, std::string_view serial) {
    return folder / ("blank-" + std::string(serial) + ".chip");
}

fs::path rejectedFile(const fs::path& folder, std::string_view serial) {
    return folder / ("spoiled-" + std::string(serial) + ".chip");
}

fs::path cardFile(const fs::path& folder, std::string_view number) {
    return folder / (std::string(number) + ".chip");
}

class InsertedVirtualChip final : public personalization::InsertedChip {
public:
    /// @param file the chip's memory; empty for a chip in memory
    InsertedVirtualChip(VirtualChip chip, fs::path file, std::string serial, const std::string& station)
        : chip_(std::move(chip)), file_(std::move(file)), serial_(std::move(serial)),
          connection_(powerOn(chip_, station)) {}

    [[nodiscard]] std::string serial() const override { return serial_; }
    [[nodiscard]] bool isVolatile() const override { return file_.empty(); }
    [[nodiscard]] Connection& connection() override { return *connection_; }

    void keep(std::string_view number) override {
        const fs::path card = cardFile(file_.parent_path(), number);
        if (file_.empty() || file_ == card) {
            return;
        }
        if (fs::exists(card)) {
            throw BadConfiguration(
                "The file " + card.string() +
                " is there already, a card of another job store. Move it away and run again.");
        }
        moveTo(card);
    }

    void reject() override {
        if (!file_.empty()) {
            moveTo(rejectedFile(file_.parent_path(), serial_));
        }
    }

    void giveBack() override {}

private:
    void moveTo(const fs::path& file) {
        renameFile(file_, file);
        file_ = file;
    }

    VirtualChip chip_;
    fs::path file_;
    std::string serial_;
    std::unique_ptr<InProcessConnection> connection_; ///< refers to chip_
};

} // namespace

VirtualChipStation::VirtualChipStation(unsigned number, std::optional<fs::path> folder,
                                       const personalization::LoadProfile& profile)
    : number_(number), folder_(std::move(folder)), profile_(profile) {}

std::string VirtualChipStation::name() const {
    return "virtual station " + std::to_string(number_);
}

// A new chip finds its serial when it is first powered; only then can its file be named.
std::unique_ptr<personalization::InsertedChip> VirtualChipStation::insertBlank() {
    const fs::path unnamed = folder_ ? *folder_ / ("new-" + std::to_string(number_) + ".chip") : fs::path();
    VirtualChip chip = withChip([&] { return folder_ ? VirtualChip(unnamed) : VirtualChip(); });
    SystemRandom random;
    const auto serial = personalization::readChipSerial(*powerOn(chip, name()), random, profile_);
    if (!serial) {
        throw BadConfiguration("The file " + unnamed.string() + " holds a finished card; move it away.");
    }
    fs::path file;
    if (folder_) {
        file = blankFile(*folder_, *serial);
        renameFile(unnamed, file);
    }
    return std::make_unique<InsertedVirtualChip>(std::move(chip), std::move(file), *serial, name());
}

// A chip that was good already, or rejected, may have been renamed just before the run ended.
std::unique_ptr<personalization::InsertedChip> VirtualChipStation::findAgain(std::string_view serial,
                                                                             std::string_view number) {
    if (!folder_) {
        return nullptr;
    }
    for (const fs::path& file :
         {blankFile(*folder_, serial), cardFile(*folder_, number), rejectedFile(*folder_, serial)}) {
        if (fs::exists(file)) {
            return std::make_unique<InsertedVirtualChip>(withChip([&file] { return VirtualChip(file); }),
                                                         file, std::string(serial), name());
        }
    }
    return nullptr;
}

} // namespace cancuoc::tools
