// SPDX-License-Identifier: Apache-2.0
#include "host/reader/reader_info.hpp"

#include "host/base/error.hpp"
#include "host/reader/pcsc_error.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>

namespace cancuoc {

namespace {

std::string lowerCase(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

std::string listNames(const std::vector<const ReaderInfo*>& readers) {
    std::string list;
    for (const ReaderInfo* reader : readers) {
        list += (list.empty() ? "\"" : ", \"") + reader->name + "\"";
    }
    return list;
}

std::vector<const ReaderInfo*> readersNamedLike(const std::vector<ReaderInfo>& readers,
                                                std::string_view text) {
    std::vector<const ReaderInfo*> fitting;
    for (const ReaderInfo& reader : readers) {
        if (reader.name == text) {
            return {&reader};
        }
        if (lowerCase(reader.name).find(lowerCase(text)) != std::string::npos) {
            fitting.push_back(&reader);
        }
    }
    return fitting;
}

[[noreturn]] void refuseName(const std::vector<ReaderInfo>& readers, std::string_view text) {
    if (readers.empty()) {
        throwPcsc(SCARD_E_NO_READERS_AVAILABLE, PcscPhase::Service, {});
    }
    throw ReaderUnavailable("No reader's name contains \"" + std::string(text) +
                            "\". Attached: " + listNames(readersNamedLike(readers, {})) + ".");
}

} // namespace

const ReaderInfo& chooseReader(const std::vector<ReaderInfo>& readers, std::string_view text) {
    std::vector<const ReaderInfo*> fitting = readersNamedLike(readers, text);
    if (fitting.empty()) {
        refuseName(readers, text);
    }
    if (fitting.size() == 1) {
        return *fitting.front();
    }
    std::vector<const ReaderInfo*> withCard;
    std::copy_if(fitting.begin(), fitting.end(), std::back_inserter(withCard),
                 [](const ReaderInfo* reader) { return reader->cardPresent; });
    if (withCard.size() == 1) {
        return *withCard.front();
    }
    if (withCard.empty()) {
        throw NoCard("There is no card on any of the readers " + listNames(fitting) +
                     ". Put the card on one.");
    }
    throw BadConfiguration("Several readers hold a card: " + listNames(withCard) + ". Name the one to use.");
}

} // namespace cancuoc
