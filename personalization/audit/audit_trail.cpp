// SPDX-License-Identifier: Apache-2.0
#include "personalization/audit/audit_trail.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"

namespace cancuoc::personalization::audit {

namespace {

constexpr std::size_t keySize = 32;
constexpr std::size_t largestKeyFile = 256;

// Whole on the disk under its name, or not there: half a key would be worse than none.
void writeKey(const std::filesystem::path& file, BytesView key) {
    auto unfinished = file;
    unfinished += ".new";
    writePrivateFile(unfinished, viewOf(toLowerCaseHex(key) + "\n"));
    flushToDisk(unfinished);
    std::filesystem::rename(unfinished, file);
    flushToDisk(std::filesystem::absolute(file).parent_path());
}

} // namespace

std::string Pseudonyms::ofCard(std::string_view serial) {
    return of("card", serial);
}

std::string Pseudonyms::ofRequest(std::string_view requestId) {
    return of("request", requestId);
}

std::string Pseudonyms::of(std::string_view kind, std::string_view name) {
    if (name.empty()) {
        return "";
    }
    return toLowerCaseHex(mac_.compute(concat(viewOf(kind), Bytes{0x00}, viewOf(name))));
}

std::filesystem::path pseudonymKeyBeside(const std::filesystem::path& log) {
    auto file = log;
    file += ".key";
    return file;
}

SecretBytes readPseudonymKey(const std::filesystem::path& file) {
    try {
        SecretBytes key(fromHex(toText(readFile(file, largestKeyFile))));
        if (key.size() == keySize) {
            return key;
        }
    } catch (const MalformedData&) {
    }
    throw BadConfiguration("The file " + file.string() + " holds no key of 64 hexadecimal digits.");
}

AuditTrail::AuditTrail(AuditLog& log, std::string who, RandomSource& random)
    : log_(log), who_(std::move(who)) {
    const auto file = pseudonymKeyBeside(log.file());
    const bool isNew = !std::filesystem::exists(file);
    if (isNew) {
        SecretBytes key(keySize);
        random.fill(key.span());
        writeKey(file, key.view());
    }
    pseudonyms_.emplace(readPseudonymKey(file));
    if (isNew) {
        record({"pseudonym-key-made", "", "", ""});
    }
}

void AuditTrail::record(const Occurrence& occurrence) {
    const std::lock_guard guard(mutex_);
    log_.append({{},
                 who_,
                 occurrence.station,
                 occurrence.what,
                 pseudonyms_->ofCard(occurrence.chipSerial),
                 pseudonyms_->ofRequest(occurrence.requestId),
                 occurrence.members});
}

} // namespace cancuoc::personalization::audit
