// SPDX-License-Identifier: Apache-2.0
#include "personalization/audit/audit_trail.hpp"

#include "host/base/error.hpp"
#include "host/base/secret_key_file.hpp"

namespace cancuoc::personalization::audit {

namespace {

constexpr std::size_t keySize = 32;

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
    if (auto key = readSecretKeyFile(file, keySize)) {
        return *std::move(key);
    }
    throw BadConfiguration("The file " + file.string() + " holds no key of 64 hexadecimal digits.");
}

AuditTrail::AuditTrail(AuditLog& log, std::string who, RandomSource& random)
    : log_(log), who_(std::move(who)) {
    const auto file = pseudonymKeyBeside(log.file());
    const bool isNew = !std::filesystem::exists(file);
    if (isNew) {
        makeSecretKeyFile(file, keySize, random);
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
