// SPDX-License-Identifier: Apache-2.0
#include "card/applets/manager/data_loader.hpp"

#include "card/core/configuration.hpp"
#include "card/crypto/aes.hpp"
#include "card/crypto/padding.hpp"

#include <algorithm>
#include <optional>

namespace cancuoc::card::manager {
namespace {

using Bytes = std::span<const std::uint8_t>;

// STORE DATA, P1 (11.11.2.1)
constexpr std::uint8_t lastBlock = 0x80;
constexpr std::uint8_t encryptionMask = 0x60;
constexpr std::uint8_t noEncryption = 0x00;
constexpr std::uint8_t encrypted = 0x60;
// Data groupings when the bits say so or nothing at all.
constexpr std::uint8_t structureMask = 0x18;
constexpr std::uint8_t dataObjectStructure = 0x10;
constexpr std::uint8_t reservedMask = 0x07;

// CREATE FILE (ISO/IEC 7816-4, 7.4.3) and UPDATE BINARY with odd instruction (11.3.4)
constexpr std::uint8_t fileControlParameters = 0x62;
constexpr std::uint8_t numberOfBytes = 0x80;
constexpr std::uint8_t fileIdentifier = 0x83;
constexpr std::uint8_t offsetObject = 0x54;
constexpr std::uint8_t discretionaryData = 0x53;
constexpr std::size_t maximumOffsetLength = 4;

using DecryptedGrouping = crypto::SecretBuffer<configuration::maximumSecretLength + crypto::aesBlockSize>;

// The value of the data object with `tag` that `data` begins with, and `data` without it.
std::optional<Bytes> takeObject(std::uint8_t tag, Bytes& data) {
    DataObjectHeader header;
    for (std::size_t i = 0; i < data.size(); ++i) {
        if (!header.take(data[i])) {
            return std::nullopt;
        }
        if (header.complete()) {
            const Bytes rest = data.subspan(i + 1);
            if (header.tag() != tag || header.length() > rest.size()) {
                return std::nullopt;
            }
            data = rest.subspan(header.length());
            return rest.first(header.length());
        }
    }
    return std::nullopt;
}

std::size_t bigEndian(Bytes bytes) {
    std::size_t number = 0;
    for (const std::uint8_t byte : bytes) {
        number = number << 8 | byte;
    }
    return number;
}

} // namespace

// Whether an application was chosen that has not been activated.
bool DataLoader::mayLoad() const {
    return application_ != nullptr && guard_.holds([this] { return !application_->personalized(); });
}

StatusWord DataLoader::storeData(const Command& command, const SecureChannel& channel, ObjectStore& objects) {
    if (!mayLoad()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    Transaction transaction(objects);
    StatusWord status = store(command, channel, transaction);
    if (status == StatusWord::Success && !transaction.commit()) {
        status = StatusWord::MemoryFailure;
    }
    if (status != StatusWord::Success || (command.p1 & lastBlock) != 0) {
        endSequence();
    } else {
        ++nextBlock_;
    }
    return status;
}

StatusWord DataLoader::store(const Command& command, const SecureChannel& channel, Transaction& transaction) {
    const std::uint8_t structure = command.p1 & structureMask;
    const std::uint8_t encryption = command.p1 & encryptionMask;
    const auto chosen = structure == dataObjectStructure ? Structure::DataObjects : Structure::DataGroupings;
    const bool begins = groupings_.betweenGroupings() && header_.empty();
    if ((command.p1 & reservedMask) != 0 || structure == structureMask || command.p2 != nextBlock_ ||
        (encryption != noEncryption && encryption != encrypted) ||
        (encryption == encrypted && chosen == Structure::DataObjects) || (!begins && chosen != structure_)) {
        return StatusWord::IncorrectParameters;
    }
    structure_ = chosen;
    StatusWord status = StatusWord::Success;
    if (encryption == encrypted) {
        status = storeEncryptedGrouping(command.data, channel, transaction);
    } else {
        status = chosen == Structure::DataObjects ? storeDataObjects(command.data, transaction)
                                                  : storeGroupings(command.data, transaction);
    }
    const bool complete = groupings_.betweenGroupings() && header_.empty();
    return status == StatusWord::Success && (command.p1 & lastBlock) != 0 && !complete ? StatusWord::WrongData
                                                                                       : status;
}

// An error forgets the grouping at work; the loader begins again with block 0.
void DataLoader::endSequence() {
    nextBlock_ = 0;
    groupings_.reset();
    header_.reset();
    remaining_ = 0;
    received_ = 0;
}

StatusWord DataLoader::storeGroupings(Bytes data, Transaction& transaction) {
    while (!data.empty()) {
        StatusWord status = StatusWord::Success;
        if (!groupings_.headerComplete()) {
            if (!groupings_.readHeader(data)) {
                continue;
            }
            status = groupings_.length() == 0
                         ? StatusWord::WrongData
                         : application_->beginFile(groupings_.identifier(), groupings_.length(), transaction);
        } else {
            status = application_->continueFile(groupings_.readValue(data), transaction);
        }
        if (status != StatusWord::Success) {
            return status;
        }
    }
    return StatusWord::Success;
}

// The value alone is encrypted, with the data encryption key and padding method 2; the grouping fills its
// command.
StatusWord DataLoader::storeEncryptedGrouping(Bytes data, const SecureChannel& channel,
                                              Transaction& transaction) {
    DataGroupingReader reader;
    if (!groupings_.betweenGroupings() || !reader.readHeader(data) || reader.length() != data.size()) {
        return StatusWord::WrongData;
    }
    DecryptedGrouping value;
    if (data.empty() || !value.resize(data.size()) || !channel.decryptSensitive(data, value.bytes())) {
        return StatusWord::WrongData;
    }
    const std::optional<std::size_t> length =
        crypto::sizeWithoutPadding(value.view(), channel.sensitiveBlockSize());
    return length ? application_->storeSecret(reader.identifier(), value.view().first(*length), transaction)
                  : StatusWord::WrongData;
}

// Each data object is a file as a whole, header and value; its tag tells which.
StatusWord DataLoader::storeDataObjects(Bytes data, Transaction& transaction) {
    while (!data.empty()) {
        if (!header_.complete()) {
            if (!header_.take(data.front())) {
                return StatusWord::WrongData;
            }
            data = data.subspan(1);
            if (header_.complete()) {
                if (const StatusWord status = beginDataObject(transaction); status != StatusWord::Success) {
                    return status;
                }
            }
            continue;
        }
        const Bytes part = data.first(std::min(remaining_, data.size()));
        data = data.subspan(part.size());
        if (const StatusWord status = continueFile(part, transaction); status != StatusWord::Success) {
            return status;
        }
        if (remaining_ == 0) {
            header_.reset();
        }
    }
    return StatusWord::Success;
}

StatusWord DataLoader::beginDataObject(Transaction& transaction) {
    const std::optional<std::uint16_t> grouping = application_->groupingOfTag(header_.tag());
    if (!grouping) {
        return StatusWord::ReferencedDataNotFound;
    }
    StatusWord status = beginFile(*grouping, header_.bytes().size() + header_.length(), transaction);
    if (status == StatusWord::Success) {
        status = continueFile(header_.bytes(), transaction);
    }
    if (remaining_ == 0) {
        header_.reset();
    }
    return status;
}

StatusWord DataLoader::beginFile(std::uint16_t grouping, std::size_t length, Transaction& transaction) {
    const StatusWord status = application_->beginFile(grouping, length, transaction);
    remaining_ = status == StatusWord::Success ? length : 0;
    received_ = 0;
    return status;
}

StatusWord DataLoader::continueFile(Bytes content, Transaction& transaction) {
    const StatusWord status = application_->continueFile(content, transaction);
    if (status == StatusWord::Success) {
        remaining_ -= content.size();
        received_ += content.size();
    }
    return status;
}

StatusWord DataLoader::createFile(const Command& command, ObjectStore& objects) {
    if (!mayLoad()) {
        return StatusWord::ConditionsOfUseNotSatisfied;
    }
    endSequence();
    if (command.p1 != 0 || command.p2 != 0) {
        return StatusWord::IncorrectParameters;
    }
    Bytes data = command.data;
    std::optional<Bytes> parameters = takeObject(fileControlParameters, data);
    if (!parameters || !data.empty()) {
        return StatusWord::WrongData;
    }
    const std::optional<Bytes> length = takeObject(numberOfBytes, *parameters);
    const std::optional<Bytes> identifier = takeObject(fileIdentifier, *parameters);
    if (!length || length->empty() || length->size() > maximumOffsetLength || !identifier ||
        identifier->size() != 2 || !parameters->empty() || bigEndian(*length) == 0) {
        return StatusWord::WrongData;
    }
    Transaction transaction(objects);
    const StatusWord status =
        beginFile(static_cast<std::uint16_t>(bigEndian(*identifier)), bigEndian(*length), transaction);
    return status == StatusWord::Success && !transaction.commit() ? StatusWord::MemoryFailure : status;
}

StatusWord DataLoader::updateBinary(const Command& command, ObjectStore& objects) {
    if (!mayLoad() || remaining_ == 0) {
        return StatusWord::CommandNotAllowed;
    }
    std::size_t offset = static_cast<std::size_t>(command.p1 << 8 | command.p2);
    Bytes content = command.data;
    if ((command.ins & 1) != 0) {
        const std::optional<Bytes> offsetValue = takeObject(offsetObject, content);
        const std::optional<Bytes> value = takeObject(discretionaryData, content);
        if (offset != 0) {
            return StatusWord::IncorrectParameters;
        }
        if (!offsetValue || offsetValue->size() > maximumOffsetLength || !value || !content.empty()) {
            return StatusWord::WrongData;
        }
        offset = bigEndian(*offsetValue);
        content = *value;
    }
    if (offset != received_) {
        return StatusWord::WrongOffset;
    }
    if (content.empty() || content.size() > remaining_) {
        return StatusWord::WrongLength;
    }
    Transaction transaction(objects);
    const StatusWord status = continueFile(content, transaction);
    if (status != StatusWord::Success || !transaction.commit()) {
        endSequence();
        return status == StatusWord::Success ? StatusWord::MemoryFailure : status;
    }
    return status;
}

} // namespace cancuoc::card::manager
