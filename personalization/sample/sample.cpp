// SPDX-License-Identifier: Apache-2.0
#include "personalization/sample/sample.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/intake/record_column.hpp"
#include "personalization/sample/fictional_citizen.hpp"
#include "personalization/sample/fingerprint_drawing.hpp"
#include "personalization/sample/portrait_drawing.hpp"

#include <fstream>
#include <iomanip>
#include <iterator>
#include <sstream>
#include <string>

namespace cancuoc::personalization {

namespace {

constexpr std::size_t maximumCount = 100'000;
constexpr std::size_t maximumPortraitSize = 20'000; // as real cards have them: 15 to 20 kB

// A field in quotes when it holds what would end it (RFC 4180, 2.6 and 2.7).
std::string quotedIfNeeded(const std::string& field) {
    if (field.find_first_of(",\"\r\n") == std::string::npos) {
        return field;
    }
    std::string quoted = "\"";
    for (const char character : field) {
        quoted += character == '"' ? "\"\"" : std::string(1, character);
    }
    return quoted + '"';
}

// One row of records.csv with what `textOf` says of each column.
template <class TextOf>
std::string row(const TextOf& textOf) {
    std::string text;
    for (const RecordColumn& column : recordColumns()) {
        text += quotedIfNeeded(textOf(column)) + ',';
    }
    text.back() = '\n';
    return text;
}

// Runs once through 000000 to 999999 in an order that depends on the seed, so that no two numbers of a sample
// end alike: 387,421 has no factor in common with a million.
unsigned serialOf(std::uint64_t seed, std::size_t index) {
    constexpr std::uint64_t all = 1'000'000;
    return static_cast<unsigned>((seed % all * 7919 + static_cast<std::uint64_t>(index) * 387'421) % all);
}

// The lots of a citizen and those of the pictures, so that either can be drawn without the other.
Lot citizenLot(std::uint64_t seed, std::size_t index) {
    return {seed, std::uint64_t{2} * index};
}
Lot pictureLot(std::uint64_t seed, std::size_t index) {
    return {seed, std::uint64_t{2} * index + 1};
}

// Request ids stand in reports, so they say nothing of the citizen; with the seed in them, two samples can be
// imported into one store.
std::string requestIdOf(std::uint64_t seed, std::size_t index) {
    std::ostringstream text;
    text << 'S' << seed << '-' << std::setw(6) << std::setfill('0') << index + 1;
    return text.str();
}

FictionalCitizen citizenOf(std::uint64_t seed, std::size_t index) {
    Lot lot = citizenLot(seed, index);
    FictionalCitizen citizen = drawCitizen(serialOf(seed, index), lot);
    citizen.record.requestId = requestIdOf(seed, index);
    return citizen;
}

std::string recordsOf(std::size_t count, std::uint64_t seed) {
    std::string records = row([](const RecordColumn& column) { return std::string(column.name); });
    for (std::size_t index = 0; index < count; ++index) {
        const CitizenRecord record = citizenOf(seed, index).record;
        records += row([&record](const RecordColumn& column) { return column.text(record); });
    }
    return records;
}

void writePictures(const std::filesystem::path& directory, const FictionalCitizen& citizen, Lot lot) {
    const CitizenRecord& record = citizen.record;
    const DrawnImage portrait = drawPortrait({record.sex, citizen.ageAtIssue, citizen.mark}, lot);
    writeFile(directory / record.portrait, encodeJpeg(portrait, maximumPortraitSize));
    writeFile(directory / record.leftIndex, encodePng(drawFingerprint(lot), fingerprintDotsPerInch));
    writeFile(directory / record.rightIndex, encodePng(drawFingerprint(lot), fingerprintDotsPerInch));
}

// A list of other people is never overwritten; writing the same sample again does no harm.
void refuseOtherRecords(const std::filesystem::path& path, const std::string& records) {
    std::ifstream file(path, std::ios::binary);
    if (file && std::string(std::istreambuf_iterator<char>(file), {}) != records) {
        throw BadConfiguration("\"" + path.string() +
                               "\" holds other records; choose another folder or remove that file.");
    }
}

void makeDirectories(const std::filesystem::path& directory) {
    for (const char* folder : {"portraits", "fingers"}) {
        std::error_code error;
        std::filesystem::create_directories(directory / folder, error);
        if (error) {
            throw BadConfiguration("\"" + (directory / folder).string() +
                                   "\" cannot be made: " + error.message() + ".");
        }
    }
}

} // namespace

void writeSample(const std::filesystem::path& directory, std::size_t count, std::uint64_t seed) {
    if (count < 1 || count > maximumCount) {
        throw BadConfiguration("A sample has 1 to " + std::to_string(maximumCount) + " citizens.");
    }
    const std::string records = recordsOf(count, seed);
    refuseOtherRecords(directory / "records.csv", records);
    makeDirectories(directory);
    for (std::size_t index = 0; index < count; ++index) {
        writePictures(directory, citizenOf(seed, index), pictureLot(seed, index));
    }
    // Last, so that a sample cut short is not taken for a whole one.
    writeFile(directory / "records.csv", viewOf(records));
}

} // namespace cancuoc::personalization
