// SPDX-License-Identifier: Apache-2.0
#include "tools/commands/qr_record.hpp"

#include <filesystem>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/cardface/card_content.hpp"
#include "personalization/intake/order.hpp"
#include "personalization/intake/record_reader.hpp"

namespace cancuoc::tools {

namespace {

constexpr std::size_t maximumJsonSize = std::size_t{4} << 20U;

// The record with that number, or the only record of the file if no number was given.
qr::CardIdentity readRecord(const std::string& file, const std::string& number) {
    personalization::RecordReader reader(personalization::openOrder(file).records);
    std::optional<qr::CardIdentity> found;
    while (const auto line = reader.next()) {
        if (!line->record || (!number.empty() && line->record->number != number)) {
            continue;
        }
        if (found) {
            throw BadConfiguration(
                fmt::format("{} holds several records that fit; choose one with --number.", file));
        }
        found = cardface::cardIdentityOf(*line->record);
    }
    if (!found) {
        throw Error(fmt::format("{} holds no readable record that fits.", file));
    }
    return *found;
}

} // namespace

Json readJson(const std::string& file) {
    const auto content = readFile(file, maximumJsonSize);
    auto json = Json::parse(content.begin(), content.end(), nullptr, /*allow_exceptions*/ false);
    if (json.is_discarded()) {
        throw MalformedData(fmt::format("{} is not JSON.", file));
    }
    return json;
}

qr::CardIdentity readIdentity(const std::string& file, const std::string& number) {
    const auto extension = std::filesystem::path(file).extension();
    return extension == ".csv" || extension == ".jsonl" ? readRecord(file, number)
                                                        : qr::cardIdentityFromJson(readJson(file));
}

} // namespace cancuoc::tools
