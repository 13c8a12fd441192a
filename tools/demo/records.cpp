// SPDX-License-Identifier: Apache-2.0
// cancuoc_demo_records RECORDS.csv DIR: writes each record as DIR/NUMBER/record.json, every column by its
// English camelCase name, as `cancuoc qr encode --record` takes it. The QR code is made from the record and
// compared with the chip later, so it must not come from the chip.
#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "personalization/intake/csv_reader.hpp"
#include "personalization/intake/order.hpp"

#include <nlohmann/json.hpp>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

namespace {

using cancuoc::personalization::CsvReader;
using cancuoc::personalization::Order;

// full_name -> fullName
std::string camelCase(const std::string& column) {
    std::string name;
    bool capital = false;
    for (const char character : column) {
        if (character == '_') {
            capital = true;
        } else {
            name +=
                capital ? static_cast<char>(std::toupper(static_cast<unsigned char>(character))) : character;
            capital = false;
        }
    }
    return name;
}

void writeRecords(const std::filesystem::path& records, const std::filesystem::path& folder) {
    const auto content = cancuoc::readFile(records, Order::maximumFileBytes);
    const std::string text(content.begin(), content.end());
    CsvReader csv(text);
    const auto header = csv.next();
    if (!header) {
        throw cancuoc::MalformedData(records.string() + " is empty.");
    }
    while (const auto row = csv.next()) {
        nlohmann::ordered_json record;
        for (std::size_t i = 0; i < row->fields.size() && i < header->fields.size(); ++i) {
            record[camelCase(header->fields[i])] = row->fields[i];
        }
        const std::filesystem::path target = folder / record.at("number").get<std::string>();
        std::filesystem::create_directories(target);
        std::ofstream(target / "record.json") << record.dump(2) << '\n';
    }
}

} // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::cerr << "usage: cancuoc_demo_records RECORDS.csv DIR\n";
        return 1;
    }
    try {
        writeRecords(arguments[1], arguments[2]);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "cancuoc_demo_records: " << error.what() << '\n';
        return 2;
    }
}
