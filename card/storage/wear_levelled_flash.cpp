// SPDX-License-Identifier: Apache-2.0
#include "card/storage/wear_levelled_flash.hpp"

#include "card/crypto/memory.hpp"
#include "card/storage/cyclic_redundancy_check.hpp"
#include "card/storage/flash_word.hpp"

#include <algorithm>
#include <limits>

namespace cancuoc::card {
namespace {

namespace config = configuration;

constexpr std::uint32_t contentMark = 0x43435031;
constexpr std::uint32_t unknownCount = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t lastVersion = std::numeric_limits<std::uint32_t>::max();

static_assert(config::pageHeaderSize == 3 * config::flashWordSize);
static_assert(config::flashPages < 0xFFFF);

std::size_t addressOf(std::size_t page) {
    return page * config::flashPageSize;
}

std::uint32_t checkOf(std::size_t page, std::uint32_t eraseCount) {
    CyclicRedundancyCheck check;
    check.update(makeWord(static_cast<std::uint32_t>(page), eraseCount));
    return check.value();
}

std::uint32_t checkOf(std::size_t page, std::uint32_t eraseCount, const FlashWord& content) {
    CyclicRedundancyCheck check;
    check.update(makeWord(static_cast<std::uint32_t>(page), eraseCount));
    check.update(content);
    return check.value();
}

// Calls `access` with address and size of each part of [address, address + size) that lies in one page of
// the store; false at the first that fails or when the range is outside it.
template <typename Access>
bool forEachPage(std::size_t address, std::size_t size, Access access) {
    if (address > config::storeSize || size > config::storeSize - address) {
        return false;
    }
    std::size_t done = 0;
    while (done < size) {
        const std::size_t room = config::storePageSize - (address + done) % config::storePageSize;
        const std::size_t count = std::min(room, size - done);
        if (!access(address + done, done, count)) {
            return false;
        }
        done += count;
    }
    return true;
}

} // namespace

/// What a page of the memory begins with.
struct WearLevelledFlash::Header {
    std::uint32_t eraseCount = unknownCount;
    /// Page of the store and version, when the page holds one.
    std::optional<FlashWord> content;

    [[nodiscard]] bool read(const Flash& memory, std::size_t page) {
        std::array<FlashWord, 3> words{};
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (!memory.read(addressOf(page) + i * config::flashWordSize, words[i])) {
                return false;
            }
        }
        if (secondNumber(words[0]) != checkOf(page, firstNumber(words[0]))) {
            return true;
        }
        eraseCount = firstNumber(words[0]);
        if (words[2] == makeWord(contentMark, checkOf(page, eraseCount, words[1])) &&
            firstNumber(words[1]) < config::storePages && secondNumber(words[1]) < lastVersion) {
            content = words[1];
        }
        return true;
    }
};

void WearLevelledFlash::forget() {
    usable_ = false;
    places_.fill(nowhere);
    contents_.fill(nowhere);
    eraseCounts_.fill(unknownCount);
    nextVersion_ = 1;
}

bool WearLevelledFlash::open() {
    forget();
    std::array<std::uint32_t, config::storePages> versions{};
    for (std::size_t page = 0; page < config::flashPages; ++page) {
        Header header;
        if (!header.read(*memory_, page)) {
            return false;
        }
        eraseCounts_[page] = header.eraseCount;
        if (!header.content) {
            continue;
        }
        const std::uint32_t storePage = firstNumber(*header.content);
        const std::uint32_t version = secondNumber(*header.content);
        nextVersion_ = std::max(nextVersion_, version + 1);
        if (version > versions[storePage]) {
            versions[storePage] = version;
            place(storePage, page);
        }
    }
    if (nextVersion_ == 1) {
        usable_ = format();
    } else {
        assumeWorn();
        usable_ = true;
    }
    return usable_;
}

// What held the page of the store until now is free.
void WearLevelledFlash::place(std::size_t storePage, std::size_t page) {
    if (places_[storePage] != nowhere) {
        contents_[places_[storePage]] = nowhere;
    }
    places_[storePage] = static_cast<std::uint16_t>(page);
    contents_[page] = static_cast<std::uint16_t>(storePage);
}

// Power that failed between an erasure and its count lost the count: at most the most worn page was erased
// once more.
void WearLevelledFlash::assumeWorn() {
    std::uint32_t most = 0;
    for (const std::uint32_t count : eraseCounts_) {
        most = count == unknownCount ? most : std::max(most, count);
    }
    std::replace(eraseCounts_.begin(), eraseCounts_.end(), unknownCount, most + 1);
}

// A memory without any content may be a new one. Its first power-up begins the counts of all pages, and then
// uses one page after the other: power that fails in it leaves at most one page that is neither blank nor
// begins a count and is blank behind it.
bool WearLevelledFlash::format() {
    std::array<bool, config::flashPages> clean{};
    for (std::size_t page = 0; page < config::flashPages; ++page) {
        const std::size_t counted = eraseCounts_[page] == unknownCount ? 0 : config::flashWordSize;
        clean[page] = isErased(*memory_, addressOf(page) + counted, addressOf(page) + config::flashPageSize);
    }
    if (std::count(clean.begin(), clean.end(), false) > 1) {
        return false;
    }
    for (std::size_t page = 0; page < config::flashPages; ++page) {
        const bool counted = eraseCounts_[page] != unknownCount;
        eraseCounts_[page] = counted ? eraseCounts_[page] : 0;
        if (!clean[page] ? !renew(page) : !counted && !programCount(page)) {
            return false;
        }
    }
    return true;
}

bool WearLevelledFlash::read(std::size_t address, std::span<std::uint8_t> output) const {
    return usable_ &&
           forEachPage(address, output.size(), [&](std::size_t at, std::size_t done, std::size_t count) {
               const std::span<std::uint8_t> part = output.subspan(done, count);
               const std::uint16_t held = places_[at / config::storePageSize];
               if (held == nowhere) {
                   std::fill(part.begin(), part.end(), std::uint8_t{0xFF});
                   return true;
               }
               return memory_->read(addressOf(held) + config::pageHeaderSize + at % config::storePageSize,
                                    part);
           });
}

bool WearLevelledFlash::program(std::size_t address, std::span<const std::uint8_t> data) {
    return usable_ &&
           forEachPage(address, data.size(), [&](std::size_t at, std::size_t done, std::size_t count) {
               const std::uint16_t held = places_[at / config::storePageSize];
               return held != nowhere &&
                      memory_->program(addressOf(held) + config::pageHeaderSize + at % config::storePageSize,
                                       data.subspan(done, count));
           });
}

bool WearLevelledFlash::erase(std::size_t page) {
    if (!usable_ || page >= config::storePages) {
        return false;
    }
    const std::optional<std::size_t> room = makeRoom(page);
    usable_ = room && renew(*room) && assign(*room, page);
    return usable_;
}

std::optional<std::size_t> WearLevelledFlash::leastWornFree() const {
    std::optional<std::size_t> least;
    for (std::size_t page = 0; page < config::flashPages; ++page) {
        if (contents_[page] == nowhere && (!least || eraseCounts_[page] < eraseCounts_[*least])) {
            least = page;
        }
    }
    return least;
}

std::optional<std::size_t> WearLevelledFlash::leastWornAtRest(std::size_t exceptStorePage) const {
    std::optional<std::size_t> least;
    for (std::size_t page = 0; page < config::flashPages; ++page) {
        if (contents_[page] != nowhere && contents_[page] != exceptStorePage &&
            (!least || eraseCounts_[page] < eraseCounts_[*least])) {
            least = page;
        }
    }
    return least;
}

// The page to be erased next. Data at rest keep no page from its share of the wear.
std::optional<std::size_t> WearLevelledFlash::makeRoom(std::size_t forStorePage) {
    const std::optional<std::size_t> free = leastWornFree();
    const std::optional<std::size_t> resting = leastWornAtRest(forStorePage);
    if (!free || !resting || eraseCounts_[*free] < eraseCounts_[*resting] + config::restingPageLag) {
        return free;
    }
    return move(*resting, *free) ? resting : std::nullopt;
}

bool WearLevelledFlash::programCount(std::size_t page) {
    return memory_->program(addressOf(page), makeWord(eraseCounts_[page], checkOf(page, eraseCounts_[page])));
}

bool WearLevelledFlash::renew(std::size_t page) {
    ++eraseCounts_[page];
    return memory_->erase(page) && programCount(page);
}

// From its last word on the page is what the store reads; the one before is free.
bool WearLevelledFlash::assign(std::size_t page, std::size_t storePage) {
    const FlashWord content = makeWord(static_cast<std::uint32_t>(storePage), nextVersion_);
    const FlashWord mark = makeWord(contentMark, checkOf(page, eraseCounts_[page], content));
    if (nextVersion_ == lastVersion || !memory_->program(addressOf(page) + config::flashWordSize, content) ||
        !memory_->program(addressOf(page) + 2 * config::flashWordSize, mark)) {
        return false;
    }
    ++nextVersion_;
    place(storePage, page);
    return true;
}

// Words that were not programmed are left for the store to program.
bool WearLevelledFlash::move(std::size_t from, std::size_t to) {
    if (!renew(to)) {
        return false;
    }
    FlashWord word{};
    bool complete = true;
    for (std::size_t at = config::pageHeaderSize; at < config::flashPageSize && complete; at += word.size()) {
        complete = memory_->read(addressOf(from) + at, word) &&
                   (isErased(word) || memory_->program(addressOf(to) + at, word));
    }
    crypto::wipe(word);
    return complete && assign(to, contents_[from]);
}

} // namespace cancuoc::card
