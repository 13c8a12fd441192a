// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/order.hpp"

#include "host/base/file.hpp"
#include "personalization/intake/csv_records.hpp"
#include "personalization/intake/json_lines.hpp"
#include "personalization/intake/order_refused.hpp"

namespace cancuoc::personalization {

namespace {

/// The content of the one file of records in a folder or an archive.
std::string recordsOf(const OrderFiles& files) {
    std::optional<Bytes> found;
    for (const char* name : {"records.csv", "records.jsonl"}) {
        auto content = files.read(name, Order::maximumFileBytes);
        if (content && found) {
            throw OrderRefused({ruleNamed("order.records"), 0, "", {}});
        }
        if (content) {
            found = std::move(content);
        }
    }
    if (!found) {
        throw OrderRefused({ruleNamed("order.records"), 0, "", {}});
    }
    return toText(*found);
}

} // namespace

Order openOrder(const std::filesystem::path& path) {
    Order order;
    if (std::filesystem::is_directory(path)) {
        order.files = std::make_unique<FolderFiles>(path);
        order.records = recordsIn(recordsOf(*order.files));
        return order;
    }
    order.records = recordsIn(toText(readFile(path, Order::maximumFileBytes)));
    order.files = std::make_unique<FolderFiles>(std::filesystem::absolute(path).parent_path());
    return order;
}

std::unique_ptr<RecordSource> recordsIn(std::string text) {
    // A header of CSV names columns, and none of them begins with a brace.
    const std::size_t first = text.find_first_not_of("\xEF\xBB\xBF \t\r\n");
    if (first != std::string::npos && text[first] == '{') {
        return std::make_unique<JsonLines>(std::move(text));
    }
    return std::make_unique<CsvRecords>(std::move(text));
}

} // namespace cancuoc::personalization
