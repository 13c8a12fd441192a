// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/apdu/tlv.hpp"
#include "host/lds/directory.hpp"
#include "tests/unit/host/access/test_chip.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cancuoc::test {

/// The applications of LDS2 as a chip has them, written for the tests from Doc 9303-10, 3.7, 3.8.3 and 5:
/// what a test's chip does not know by itself.
class Lds2Applications {
public:
    /// Files by their identifiers.
    struct Application {
        std::map<std::uint16_t, std::vector<Bytes>> recordFiles;
        std::map<std::uint16_t, Bytes> transparentFiles;
    };

    std::map<std::string, Application> applications; ///< by their identifiers, hexadecimal
    /// Whether the terminal has the right to any file (5.1.1).
    std::function<bool()> isAuthorized = [] { return true; };
    /// The most bytes that READ RECORD gives.
    std::size_t largestAnswer = 65536;
    /// Answers FILE AND MEMORY MANAGEMENT with this, when set.
    std::optional<Bytes> countAnswer;

    /// EF.DIR, with the eMRTD application first.
    [[nodiscard]] Bytes directory() const {
        std::vector<lds::ApplicationIdentifier> identifiers{toBytes(lds::application::emrtd)};
        for (const auto& [identifier, application] : applications) {
            identifiers.push_back(fromHex(identifier));
        }
        return lds::Directory::of(identifiers).encode();
    }

    /// The answer to a command for these applications, or for EF.DIR; nothing for all others.
    [[nodiscard]] std::optional<ResponseApdu> process(const ReceivedCommand& command) {
        if (command.ins == 0xA4 && command.p1 == 0x04) {
            return selectApplication(command.data);
        }
        if (current_ == nullptr) {
            const bool readsDirectory = command.ins == 0xB0 && command.p1 == 0x9E && !anySelected_;
            return readsDirectory ? std::optional(success(directory())) : std::nullopt;
        }
        switch (command.ins) {
        case 0xA4:
            return selectFile(command);
        case 0xB0:
            return success(part(file_, command.p1p2(), command.le.value_or(0)));
        case 0x5F:
            return count(command);
        case 0xB2:
            return readRecords(command);
        case 0xA2:
            return search(command);
        default:
            return std::nullopt;
        }
    }

private:
    static ResponseApdu status(std::uint16_t value) { return {{}, StatusWord(value)}; }
    static ResponseApdu success(Bytes data) { return {std::move(data), status_word::success}; }

    static Bytes part(const Bytes& content, std::size_t offset, std::size_t size) {
        const std::size_t start = std::min(offset, content.size());
        return toBytes(BytesView(content).subspan(start, std::min(size, content.size() - start)));
    }

    std::optional<ResponseApdu> selectApplication(const Bytes& identifier) {
        anySelected_ = true;
        const auto found = applications.find(toHex(identifier));
        current_ = found != applications.end() && isAuthorized() ? &found->second : nullptr;
        if (found == applications.end()) {
            return std::nullopt;
        }
        return status(current_ != nullptr ? 0x9000 : 0x6982);
    }

    ResponseApdu selectFile(const ReceivedCommand& command) {
        const auto found =
            current_->transparentFiles.find(static_cast<std::uint16_t>(fromBigEndian(command.data)));
        if (found == current_->transparentFiles.end()) {
            return status(0x6A82);
        }
        file_ = found->second;
        return status(0x9000);
    }

    // Table 22 to 27; the number of existing records alone.
    ResponseApdu count(const ReceivedCommand& command) {
        const auto reference = readTlv(command.data, 0x51, "file reference").value;
        const auto* records = recordFile(static_cast<std::uint16_t>(fromBigEndian(reference)));
        if (records == nullptr || command.p1p2() != 0x0104) {
            return status(0x6A82);
        }
        return success(
            countAnswer.value_or(encodeTlv(0x7F78, encodeTlv(0x83, toShortestBigEndian(records->size())))));
    }

    // Tables 11 to 13.
    ResponseApdu readRecords(const ReceivedCommand& command) {
        const auto* records = recordFileByShortIdentifier(static_cast<std::uint8_t>(command.p2 >> 3U));
        if (records == nullptr || command.p1 == 0 || command.p1 > records->size()) {
            return status(0x6A83);
        }
        Bytes data;
        const bool toTheLast = (command.p2 & 0x07U) == 0x05;
        const std::size_t last = toTheLast ? records->size() : command.p1;
        for (std::size_t number = command.p1; number <= last; ++number) {
            append(data, records->at(number - 1));
        }
        return success(part(data, 0, std::min(command.le.value_or(0), largestAnswer)));
    }

    // Tables 14 to 17.
    ResponseApdu search(const ReceivedCommand& command) {
        const auto handling = readTlv(command.data, 0x7F76, "record handling").children();
        const auto reference = handling.require(0x51, "file reference").value;
        const auto configuration = handling.require(0xA1, "search configuration").children();
        auto window = configuration.require(0xB0, "search window").children();
        const auto offset = static_cast<std::size_t>(fromBigEndian(window.expect(0x02, "offset").value));
        const auto size = static_cast<std::size_t>(fromBigEndian(window.expect(0x02, "size").value));
        const auto text = handling.require(0xA3, "search string template")
                              .children()
                              .require(0xB1, "search string")
                              .children()
                              .require(0x81, "string")
                              .value;
        const auto* records = recordFileByShortIdentifier(reference[0]);
        Bytes found = encodeTlv(0x51, reference);
        bool any = false;
        for (std::size_t index = 0; records != nullptr && index < records->size(); ++index) {
            if (equal(part(records->at(index), offset, size), text)) {
                append(found, encodeTlv(0x02, toShortestBigEndian(index + 1)));
                any = true;
            }
        }
        return any ? success(encodeTlv(0x7F76, found)) : status(0x6282);
    }

    const std::vector<Bytes>* recordFile(std::uint16_t identifier) const {
        const auto found = current_->recordFiles.find(identifier);
        return found != current_->recordFiles.end() ? &found->second : nullptr;
    }

    // The short identifiers of all record files are the last byte of the long ones.
    const std::vector<Bytes>* recordFileByShortIdentifier(std::uint8_t identifier) const {
        return recordFile(static_cast<std::uint16_t>(0x0100U | identifier));
    }

    bool anySelected_ = false;
    Application* current_ = nullptr;
    Bytes file_;
};

} // namespace cancuoc::test
