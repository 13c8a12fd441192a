// SPDX-License-Identifier: Apache-2.0
#include "card/storage/object_store.hpp"

#include "card/crypto/memory.hpp"
#include "card/storage/cyclic_redundancy_check.hpp"
#include "card/storage/flash_word.hpp"

#include <algorithm>

namespace cancuoc::card {
namespace {

namespace config = configuration;

using Word = FlashWord;

constexpr std::size_t areaCount = 2;
constexpr std::size_t areaSize = config::logAreaPages * config::storePageSize;
constexpr std::size_t heapBegin = areaCount * areaSize;

// First word of an area, first and last word of an entry: a mark and a number each.
constexpr std::uint32_t areaMark = 0x43434C31;
constexpr std::uint32_t entryMark = 0x43434531;
constexpr std::uint32_t commitMark = 0x43434331;

// A record: identifier (2), kind (1), length of its content (1), content. A file's content is its address and
// its length.
constexpr std::size_t recordHeaderSize = 4;
constexpr std::size_t fileContentSize = 8;

static_assert(config::maximumValueLength <= 255 && fileContentSize <= config::maximumValueLength);
static_assert(areaSize >= 4 * config::flashWordSize +
                              config::maximumObjects * (recordHeaderSize + config::maximumValueLength) +
                              config::transactionCapacity,
              "a snapshot and the largest transaction fit one area");

std::optional<std::uint32_t> numberAfter(std::uint32_t mark, const Word& word) {
    return firstNumber(word) == mark ? std::optional(secondNumber(word)) : std::nullopt;
}

std::size_t roundUpToWord(std::size_t size) {
    return (size + config::flashWordSize - 1) / config::flashWordSize * config::flashWordSize;
}

std::size_t pagesFor(std::size_t length) {
    return (length + config::storePageSize - 1) / config::storePageSize;
}

std::size_t areaBegin(std::size_t area) {
    return area * areaSize;
}

bool eraseArea(Flash& flash, std::size_t area) {
    for (std::size_t page = 0; page < config::logAreaPages; ++page) {
        if (!flash.erase(area * config::logAreaPages + page)) {
            return false;
        }
    }
    return true;
}

// What an entry's commit mark vouches for: the area's generation, the entry's place and its bytes.
CyclicRedundancyCheck beginCheck(std::uint32_t generation, std::size_t address) {
    CyclicRedundancyCheck check;
    check.update(makeWord(generation, static_cast<std::uint32_t>(address)));
    return check;
}

} // namespace

/// Writes one log entry: its first word, records packed and padded to words, and last the commit mark.
class ObjectStore::EntryWriter {
public:
    EntryWriter(Flash& flash, std::uint32_t generation, std::size_t address)
        : flash_(&flash), check_(beginCheck(generation, address)), address_(address) {}
    ~EntryWriter() { crypto::wipe(word_); }
    EntryWriter(const EntryWriter&) = delete;
    EntryWriter& operator=(const EntryWriter&) = delete;

    [[nodiscard]] bool begin(std::size_t payloadSize) {
        return write(makeWord(entryMark, static_cast<std::uint32_t>(payloadSize)));
    }

    [[nodiscard]] bool write(std::span<const std::uint8_t> bytes) {
        for (const std::uint8_t byte : bytes) {
            word_[filled_++] = byte;
            if (filled_ == word_.size() && !programWord()) {
                return false;
            }
        }
        return true;
    }

    /// The commit: only this word makes the entry count. Returns the address behind the entry.
    [[nodiscard]] std::optional<std::size_t> commit() {
        while (filled_ != 0) {
            const std::uint8_t padding = 0xFF;
            if (!write(std::span(&padding, 1))) {
                return std::nullopt;
            }
        }
        if (!flash_->program(address_, makeWord(commitMark, check_.value()))) {
            return std::nullopt;
        }
        return address_ + config::flashWordSize;
    }

private:
    [[nodiscard]] bool programWord() {
        check_.update(word_);
        const bool programmed = flash_->program(address_, word_);
        address_ += word_.size();
        filled_ = 0;
        return programmed;
    }

    Flash* flash_;
    CyclicRedundancyCheck check_;
    std::size_t address_;
    Word word_{};
    std::size_t filled_ = 0;
};

ObjectStore::ObjectStore(Flash& flash) : flash_(flash) {}

bool ObjectStore::open() {
    dropStaged();
    upload_.reset();
    usable_ = false;
    objectCount_ = 0;
    if (!flash_.open()) {
        return false;
    }
    std::array<std::optional<std::uint32_t>, areaCount> generations{};
    for (std::size_t area = 0; area < areaCount; ++area) {
        Word word{};
        if (!flash_.read(areaBegin(area), word)) {
            return false;
        }
        generations[area] = numberAfter(areaMark, word);
    }
    const std::size_t newer = generations[1] > generations[0] ? 1 : 0;
    for (const std::size_t area : {newer, areaCount - 1 - newer}) {
        if (generations[area] && replay(area, *generations[area])) {
            usable_ = true;
            return true;
        }
    }
    return format();
}

// An area without a whole snapshot at its beginning does not count; whatever else follows a torn entry is
// lost to it.
bool ObjectStore::replay(std::size_t area, std::uint32_t generation) {
    objectCount_ = 0;
    activeArea_ = area;
    generation_ = generation;
    const std::size_t end = areaBegin(area) + areaSize;
    std::size_t address = areaBegin(area) + config::flashWordSize;
    bool hasSnapshot = false;
    while (const std::optional<std::size_t> next = entryEnd(address, end)) {
        if (!applyRecords(address)) {
            return false;
        }
        hasSnapshot = true;
        address = *next;
    }
    logEnd_ = isErased(flash_, address, end) ? address : end;
    return hasSnapshot;
}

// Where the entry at `address` ends, when it is a whole one. Its check value hangs on secrets.
std::optional<std::size_t> ObjectStore::entryEnd(std::size_t address, std::size_t areaEnd) const {
    Word word{};
    if (address + 2 * word.size() > areaEnd || !flash_.read(address, word)) {
        return std::nullopt;
    }
    const std::optional<std::uint32_t> payloadSize = numberAfter(entryMark, word);
    if (!payloadSize || *payloadSize > areaEnd - address - 2 * word.size()) {
        return std::nullopt;
    }
    CyclicRedundancyCheck check = beginCheck(generation_, address);
    const std::size_t markAddress = address + word.size() + roundUpToWord(*payloadSize);
    for (std::size_t at = address; at < markAddress; at += word.size()) {
        if (!flash_.read(at, word)) {
            return std::nullopt;
        }
        check.update(word);
    }
    if (markAddress + word.size() > areaEnd || !flash_.read(markAddress, word) ||
        !crypto::equalConstantTime(word, makeWord(commitMark, check.value()))) {
        return std::nullopt;
    }
    return markAddress + word.size();
}

bool ObjectStore::applyRecords(std::size_t entryAddress) {
    Word word{};
    if (!flash_.read(entryAddress, word)) {
        return false;
    }
    std::size_t address = entryAddress + word.size();
    const std::size_t end = address + readNumber(std::span(word).last<4>());
    while (address < end) {
        std::array<std::uint8_t, recordHeaderSize> header{};
        if (!flash_.read(address, header)) {
            return false;
        }
        Object object;
        object.id = static_cast<ObjectIdentifier>(header[0] << 8 | header[1]);
        object.kind = static_cast<Kind>(header[2]);
        object.address = static_cast<std::uint32_t>(address + recordHeaderSize);
        object.length = header[3];
        address += recordHeaderSize + header[3];
        if (object.kind == Kind::File) {
            std::array<std::uint8_t, fileContentSize> content{};
            if (!flash_.read(object.address, content)) {
                return false;
            }
            object.address = readNumber(std::span(content).first<4>());
            object.length = readNumber(std::span(content).last<4>());
        }
        if (!apply(object)) {
            return false;
        }
    }
    return true;
}

bool ObjectStore::apply(const Object& object) {
    const auto begin = objects_.begin();
    const auto end = begin + static_cast<std::ptrdiff_t>(objectCount_);
    const auto old = std::find_if(begin, end, [&](const Object& other) { return other.id == object.id; });
    if (object.kind == Kind::Removal) {
        objectCount_ = static_cast<std::size_t>(std::copy(std::min(old + 1, end), end, old) - begin);
        return true;
    }
    if (old == objects_.end()) {
        return false;
    }
    *old = object;
    objectCount_ += old == end ? 1 : 0;
    return true;
}

// Only a memory whose second area was never written may be a new one: the first power-up writes the first
// area alone, so power that fails in it leaves this mark.
bool ObjectStore::format() {
    objectCount_ = 0;
    if (!isErased(flash_, areaBegin(1), areaBegin(1) + areaSize)) {
        return false;
    }
    activeArea_ = 1;
    generation_ = 0;
    usable_ = writeSnapshot();
    return usable_;
}

const ObjectStore::Object* ObjectStore::find(ObjectIdentifier id) const {
    const std::span<const Object> objects(objects_.data(), objectCount_);
    const auto found =
        std::find_if(objects.begin(), objects.end(), [id](const Object& object) { return object.id == id; });
    return found == objects.end() ? nullptr : &*found;
}

std::optional<std::size_t> ObjectStore::length(ObjectIdentifier id) const {
    const Object* object = find(id);
    return object == nullptr ? std::nullopt : std::optional<std::size_t>(object->length);
}

bool ObjectStore::read(ObjectIdentifier id, std::size_t offset, std::span<std::uint8_t> output) const {
    const Object* object = find(id);
    if (object == nullptr || offset > object->length || output.size() > object->length - offset) {
        return false;
    }
    return flash_.read(object->address + offset, output);
}

bool ObjectStore::stage(Kind kind, ObjectIdentifier id, std::span<const std::uint8_t> content) {
    const std::size_t size = recordHeaderSize + content.size();
    if (!usable_ || content.size() > config::maximumValueLength || size > staged_.size() - stagedSize_) {
        return false;
    }
    if (kind != Kind::Removal && find(id) == nullptr) {
        if (objectCount_ + stagedNewObjects_ >= objects_.size()) {
            return false;
        }
        ++stagedNewObjects_;
    }
    const std::array<std::uint8_t, recordHeaderSize> header{
        static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id), static_cast<std::uint8_t>(kind),
        static_cast<std::uint8_t>(content.size())};
    const auto place = std::copy(header.begin(), header.end(), staged_.data() + stagedSize_);
    std::copy(content.begin(), content.end(), place);
    stagedSize_ += size;
    return true;
}

void ObjectStore::dropStaged() {
    crypto::wipe(std::span(staged_).first(stagedSize_));
    stagedSize_ = 0;
    stagedNewObjects_ = 0;
}

// Where the heap region that begins in [begin, end) and is in use ends; nothing when [begin, end) is free.
std::optional<std::size_t> ObjectStore::occupiedUntil(std::size_t begin, std::size_t end) const {
    const auto overlap = [&](std::size_t address, std::size_t length) -> std::optional<std::size_t> {
        const std::size_t regionEnd = address + pagesFor(length) * config::storePageSize;
        return address < end && begin < regionEnd ? std::optional(regionEnd) : std::nullopt;
    };
    for (const Object& object : std::span(objects_).first(objectCount_)) {
        if (object.kind == Kind::File) {
            if (const auto until = overlap(object.address, object.length)) {
                return until;
            }
        }
    }
    for (std::size_t at = 0; at < stagedSize_; at += recordHeaderSize + staged_[at + 3]) {
        if (static_cast<Kind>(staged_[at + 2]) == Kind::File) {
            const std::span<const std::uint8_t> content(staged_.data() + at + recordHeaderSize,
                                                        fileContentSize);
            if (const auto until = overlap(readNumber(content.first<4>()), readNumber(content.last<4>()))) {
                return until;
            }
        }
    }
    return std::nullopt;
}

// First fit: the lowest free run of pages.
std::optional<std::uint32_t> ObjectStore::allocate(std::size_t length) const {
    const std::size_t size = pagesFor(length) * config::storePageSize;
    std::size_t begin = heapBegin;
    while (size <= config::storeSize - begin) {
        const std::optional<std::size_t> until = occupiedUntil(begin, begin + size);
        if (!until) {
            return static_cast<std::uint32_t>(begin);
        }
        begin = *until;
    }
    return std::nullopt;
}

bool ObjectStore::beginUpload(ObjectIdentifier id, std::size_t length) {
    upload_.reset();
    if (!usable_ || length == 0 || length > config::maximumFileLength) {
        return false;
    }
    const std::optional<std::uint32_t> address = allocate(length);
    if (!address) {
        return false;
    }
    upload_ = Upload{};
    upload_->id = id;
    upload_->address = *address;
    upload_->length = static_cast<std::uint32_t>(length);
    return true;
}

bool ObjectStore::continueUpload(std::span<const std::uint8_t> content) {
    if (!upload_ || content.size() > upload_->length - upload_->received) {
        return false;
    }
    Upload& upload = *upload_;
    while (!content.empty()) {
        const std::size_t inWord = upload.received % upload.word.size();
        const std::size_t count = std::min(upload.word.size() - inWord, content.size());
        std::copy_n(content.begin(), count, upload.word.bytes().subspan(inWord).begin());
        content = content.subspan(count);
        upload.received += static_cast<std::uint32_t>(count);
        const bool last = upload.received == upload.length;
        if (last) {
            const auto padding = upload.word.bytes().subspan(inWord + count);
            std::fill(padding.begin(), padding.end(), std::uint8_t{0xFF});
        }
        if ((last || inWord + count == upload.word.size()) && !programUploadWord()) {
            return false;
        }
        if (last) {
            return finishUpload();
        }
    }
    return true;
}

// A page is erased when its first word comes, so that no command waits for the whole file's pages.
bool ObjectStore::programUploadWord() {
    const std::size_t index = (upload_->received - 1) / config::flashWordSize;
    const std::size_t address = upload_->address + index * config::flashWordSize;
    if (address % config::storePageSize == 0 && !flash_.erase(address / config::storePageSize)) {
        return false;
    }
    return flash_.program(address, upload_->word.view());
}

bool ObjectStore::finishUpload() {
    std::array<std::uint8_t, fileContentSize> content{};
    writeNumber(std::span(content).first<4>(), upload_->address);
    writeNumber(std::span(content).last<4>(), upload_->length);
    const ObjectIdentifier id = upload_->id;
    upload_.reset();
    return stage(Kind::File, id, content);
}

bool ObjectStore::commit() {
    if (!usable_) {
        return false;
    }
    if (stagedSize_ == 0) {
        return true;
    }
    const std::size_t needed = 2 * config::flashWordSize + roundUpToWord(stagedSize_);
    const bool fits = needed <= areaBegin(activeArea_) + areaSize - logEnd_;
    const bool committed = (fits || writeSnapshot()) && appendEntry();
    dropStaged();
    return committed;
}

// A write that fails without a power cut leaves a spoilt end behind: the next commit goes to the other area.
bool ObjectStore::appendEntry() {
    const std::size_t address = logEnd_;
    logEnd_ = areaBegin(activeArea_) + areaSize;
    EntryWriter writer(flash_, generation_, address);
    if (!writer.begin(stagedSize_) || !writer.write(std::span(staged_).first(stagedSize_))) {
        return false;
    }
    const std::optional<std::size_t> end = writer.commit();
    if (!end) {
        return false;
    }
    logEnd_ = *end;
    return applyRecords(address);
}

bool ObjectStore::writeSnapshot() {
    const std::size_t area = areaCount - 1 - activeArea_;
    const std::uint32_t generation = generation_ + 1;
    const std::size_t address = areaBegin(area) + config::flashWordSize;
    if (!eraseArea(flash_, area) || !flash_.program(areaBegin(area), makeWord(areaMark, generation))) {
        return false;
    }
    std::size_t size = 0;
    for (const Object& object : std::span(objects_).first(objectCount_)) {
        size += recordHeaderSize + (object.kind == Kind::File ? fileContentSize : object.length);
    }
    EntryWriter writer(flash_, generation, address);
    if (!writer.begin(size)) {
        return false;
    }
    for (const Object& object : std::span(objects_).first(objectCount_)) {
        if (!writeRecord(writer, object)) {
            return false;
        }
    }
    const std::optional<std::size_t> end = writer.commit();
    return end && replay(area, generation);
}

bool ObjectStore::writeRecord(EntryWriter& writer, const Object& object) const {
    std::array<std::uint8_t, config::maximumValueLength> buffer{};
    const bool isFile = object.kind == Kind::File;
    const std::span<std::uint8_t> content =
        std::span(buffer).first(isFile ? fileContentSize : static_cast<std::size_t>(object.length));
    bool complete = true;
    if (isFile) {
        writeNumber(content.first<4>(), object.address);
        writeNumber(content.last<4>(), object.length);
    } else {
        complete = flash_.read(object.address, content);
    }
    const std::array<std::uint8_t, recordHeaderSize> header{
        static_cast<std::uint8_t>(object.id >> 8), static_cast<std::uint8_t>(object.id),
        static_cast<std::uint8_t>(object.kind), static_cast<std::uint8_t>(content.size())};
    complete = complete && writer.write(header) && writer.write(content);
    crypto::wipe(buffer);
    return complete;
}

Transaction::Transaction(ObjectStore& store) : store_(&store) {
    store_->dropStaged();
}

Transaction::~Transaction() {
    if (!committed_) {
        store_->dropStaged();
        store_->upload_.reset();
    }
}

bool Transaction::put(ObjectIdentifier id, std::span<const std::uint8_t> value) {
    return store_->stage(ObjectStore::Kind::Value, id, value);
}

bool Transaction::remove(ObjectIdentifier id) {
    return store_->stage(ObjectStore::Kind::Removal, id, {});
}

bool Transaction::beginFile(ObjectIdentifier id, std::size_t length) {
    return store_->beginUpload(id, length);
}

bool Transaction::appendToFile(std::span<const std::uint8_t> content) {
    return store_->continueUpload(content);
}

bool Transaction::commit() {
    committed_ = store_->commit();
    return committed_;
}

} // namespace cancuoc::card
