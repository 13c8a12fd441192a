// SPDX-License-Identifier: Apache-2.0
#include "personalization/intake/order.hpp"

#include "host/base/file.hpp"
#include "personalization/intake/csv_records.hpp"
#include "personalization/intake/json_lines.hpp"
#include "personalization/intake/order_manifest.hpp"
#include "personalization/intake/order_refused.hpp"

namespace cancuoc::personalization {

namespace {

[[noreturn]] void refuse(const Rule* rule) {
    throw OrderRefused({rule, 0, "", {}});
}

/// A file of records; nothing when there is none.
std::optional<Bytes> recordsFile(const OrderFiles& files, const std::filesystem::path& name) {
    OrderFile file = files.read(name, Order::maximumFileBytes);
    if (!file.content && file.refusal == FileRefusal::NotAsSigned) {
        refuse(ruleNamed("manifest.records"));
    }
    return std::move(file.content);
}

/// The content of the one file of records in a folder or an archive.
std::string recordsOf(const OrderFiles& files) {
    auto csv = recordsFile(files, "records.csv");
    auto jsonLines = recordsFile(files, "records.jsonl");
    if (csv.has_value() == jsonLines.has_value()) {
        refuse(ruleNamed("order.records"));
    }
    return toText(csv ? *csv : *jsonLines);
}

bool isZip(BytesView file) {
    // PKWARE APPNOTE, 4.3.7 and 4.3.16: a local file header, or the end of an empty directory.
    const std::string begin = toText(file.first(std::min<std::size_t>(file.size(), 4)));
    return begin == "PK\x03\x04" || begin == "PK\x05\x06";
}

/// Verifies signatures as the policy has it, and remembers in the order what came out.
class SignatureCheck {
public:
    SignatureCheck(const SignaturePolicy& policy, Order& order) : policy_(policy), order_(order) {}

    void missing() const {
        if (policy_.required) {
            refuse(ruleNamed("signature.missing"));
        }
    }

    void detached(BytesView signature, BytesView content) const {
        if (checks()) {
            order_.signer = verifyDetached(signature, content, policy_);
        }
    }

    [[nodiscard]] Bytes enveloping(BytesView file) const {
        if (!checks()) {
            return contentWithoutVerification(file);
        }
        SignedOrder verified = verifyEnveloping(file, policy_);
        order_.signer = std::move(verified.signer);
        return std::move(verified.content);
    }

private:
    [[nodiscard]] bool checks() const {
        if (policy_.signers == nullptr) {
            missing(); // one that nobody checks is none
            order_.findings.push_back({ruleNamed("signature.unchecked"), 0, "", {}});
        }
        return policy_.signers != nullptr;
    }

    const SignaturePolicy& policy_;
    Order& order_;
};

/// The list of a folder, its signature verified; nothing when it has no signed list.
std::optional<OrderManifest> signedList(const OrderFiles& files, const SignatureCheck& signature) {
    const std::string name = OrderManifest::fileName;
    const auto around = files.read(name + ".p7m", OrderManifest::maximumBytes).content;
    if (around) {
        return OrderManifest::decode(toText(signature.enveloping(*around)));
    }
    const auto beside = files.read(name + ".p7s", Order::maximumSignatureBytes).content;
    if (!beside) {
        return std::nullopt;
    }
    const auto list = files.read(name, OrderManifest::maximumBytes).content;
    if (!list) {
        refuse(ruleNamed("signature.value"));
    }
    signature.detached(*beside, *list);
    return OrderManifest::decode(toText(*list));
}

/// The files of a folder, limited to those of its signed list where it has one.
std::unique_ptr<OrderFiles> folderFiles(const std::filesystem::path& folder,
                                        const SignatureCheck& signature) {
    auto files = std::make_unique<FolderFiles>(folder);
    auto list = signedList(*files, signature);
    if (!list) {
        signature.missing();
        return files;
    }
    return std::make_unique<ListedFiles>(std::move(files), std::move(*list));
}

void openFolder(Order& order, const std::filesystem::path& folder, const SignatureCheck& signature) {
    order.files = folderFiles(folder, signature);
    order.records = recordsIn(recordsOf(*order.files));
}

void openRecords(Order& order, const std::filesystem::path& file, const SignatureCheck& signature) {
    order.files = folderFiles(std::filesystem::absolute(file).parent_path(), signature);
    order.records = recordsIn(toText(recordsFile(*order.files, file.filename()).value_or(Bytes())));
}

void openArchive(Order& order, Bytes archive, const ZipLimits& limits) {
    order.files = std::make_unique<ZipFiles>(std::move(archive), limits);
    order.records = recordsIn(recordsOf(*order.files));
}

} // namespace

Order openOrder(const std::filesystem::path& path, const OrderPolicy& policy) {
    Order order;
    const SignatureCheck signature(policy.signature, order);
    if (std::filesystem::is_directory(path)) {
        openFolder(order, path, signature);
        return order;
    }
    Bytes file = readFile(path, Order::maximumFileBytes);
    const bool enveloped = isCms(file);
    if (enveloped) {
        file = signature.enveloping(file);
    }
    if (!isZip(file)) {
        if (enveloped) {
            refuse(ruleNamed("signature.pictures"));
        }
        openRecords(order, path, signature);
        return order;
    }
    const std::filesystem::path beside = path.string() + ".p7s";
    if (!enveloped && std::filesystem::exists(beside)) {
        signature.detached(readFile(beside, Order::maximumSignatureBytes), file);
    } else if (!enveloped) {
        signature.missing();
    }
    openArchive(order, std::move(file), policy.zip);
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
