// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/reading_time_bench.hpp"

#include <functional>
#include <iomanip>
#include <ostream>
#include <stdexcept>
#include <string>

#include "host/access/chip_authentication.hpp"
#include "host/access/pace.hpp"
#include "host/access/select.hpp"
#include "host/apdu/tlv.hpp"
#include "host/crypto/subject_public_key_info.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/trust/passive_authentication.hpp"
#include "tests/bench/timed_link.hpp"
#include "tests/unit/host/inspection/simulated_card.hpp"

namespace cancuoc::bench {

namespace {

using card::host::LatencyModel;
using lds::FileId;
using test::SimulatedCard;
using test::SimulatedCardProfile;

struct Waiting {
    TimedLink::Time person{};   // until the person's data are there
    TimedLink::Time judged{};   // until they are judged, too
    TimedLink::Time finished{}; // until the verdict over everything
    std::size_t commands = 0;
};

Waiting readWithThisLibrary(const SimulatedCardProfile& profile, const LatencyModel& model) {
    SimulatedCard card(profile);
    TimedLink link(card.chip(), model);
    SystemRandom random;
    Waiting waiting;
    inspection::Inspection inspection(link, random, SimulatedCard::clock());
    inspection.onEvent([&](const inspection::InspectionEvent& event) {
        if (std::holds_alternative<inspection::event::IdentityRead>(event)) {
            waiting.person = link.elapsed();
        } else if (std::holds_alternative<inspection::event::IdentityJudged>(event)) {
            waiting.judged = link.elapsed();
        }
    });
    const auto result = inspection.run(SimulatedCard::request());
    if (result.judgement.verdict != inspection::Verdict::Genuine) {
        throw std::runtime_error("the simulated card is not genuine");
    }
    waiting.finished = link.elapsed();
    waiting.commands = link.commands();
    return waiting;
}

// A read loop as many libraries have it: SELECT, the header by itself, and then chunks of one size.
class ChunkReader {
public:
    ChunkReader(CardSession& session, std::size_t headerSize, std::size_t chunkSize)
        : session_(session), headerSize_(headerSize), chunkSize_(chunkSize) {}

    Bytes read(FileId file) {
        static_cast<void>(session_.transmitExpectingSuccess(selectElementaryFile(lds::fileIdentifier(file)),
                                                            "Selecting a file"));
        Bytes content = readBinary(0, headerSize_);
        const auto header = readTlvHeader(content);
        const std::size_t total = header.value().headerSize + header->valueSize;
        while (content.size() < total) {
            append(content, readBinary(content.size(), std::min(chunkSize_, total - content.size())));
        }
        return content;
    }

private:
    Bytes readBinary(std::size_t offset, std::size_t size) {
        return session_.transmitExpectingSuccess({.ins = 0xB0,
                                                  .p1 = static_cast<std::uint8_t>(offset >> 8U),
                                                  .p2 = static_cast<std::uint8_t>(offset & 0xFFU),
                                                  .le = size},
                                                 "Reading a file");
    }

    CardSession& session_;
    std::size_t headerSize_;
    std::size_t chunkSize_;
};

// The same files in the same order, and all verification at the end.
Waiting readInChunks(std::size_t headerSize, std::size_t chunkSize, const LatencyModel& model) {
    SimulatedCard card({});
    TimedLink link(card.chip(), model);
    SystemRandom random;
    CardSession session(link);
    ChunkReader reader(session, headerSize, chunkSize);
    const auto request = SimulatedCard::request();
    Waiting waiting;
    const auto cardAccess = lds::CardAccess::decode(reader.read(FileId::CardAccess));
    const auto info = cardAccess.securityInfos.all<lds::PaceInfo>().front();
    const PaceOffer offers[] = {{info.protocol, static_cast<unsigned>(info.parameterId.value())}};
    static_cast<void>(Pace(session, random).perform(choosePaceProtocol(offers).value(), *request.keys.can));
    static_cast<void>(session.transmitExpectingSuccess(selectApplication(fromHex("A0000002471001")),
                                                       "Selecting the application"));
    std::map<FileId, Bytes> files;
    for (const auto file : {FileId::Com, FileId::Sod, FileId::DataGroup1}) {
        files[file] = reader.read(file);
    }
    waiting.person = link.elapsed();
    files[FileId::DataGroup14] = reader.read(FileId::DataGroup14);
    const auto dataGroup14 = lds::DataGroup14::decode(files[FileId::DataGroup14]);
    const auto keyInfo = dataGroup14.securityInfos.all<lds::ChipAuthenticationPublicKeyInfo>().front();
    const auto protocol = dataGroup14.securityInfos.all<lds::ChipAuthenticationInfo>().front().protocol;
    if (!ChipAuthentication(session, random)
             .perform(ChipAuthenticationProtocol::from(protocol).value(),
                      decodeEllipticCurvePublicKey(keyInfo.subjectPublicKeyInfo).value())
             .proven) {
        throw std::runtime_error("the simulated card is not genuine");
    }
    files[FileId::DataGroup2] = reader.read(FileId::DataGroup2);
    const auto authentication = trust::PassiveAuthentication(request.trustStore, SimulatedCard::clock()())
                                    .verify(files[FileId::Sod], files);
    if (authentication.hashes.result != trust::CheckResult::Passed) {
        throw std::runtime_error("the simulated card is not genuine");
    }
    waiting.judged = waiting.finished = link.elapsed();
    waiting.commands = link.commands();
    return waiting;
}

struct Reading {
    std::string_view name;
    std::function<Waiting(const LatencyModel&)> read;
    std::size_t budget = 0; // APDUs that it may take; 0: as many as it wants
};

std::vector<Reading> readings() {
    const auto ours = [](const SimulatedCardProfile& profile) {
        return [profile](const LatencyModel& model) { return readWithThisLibrary(profile, model); };
    };
    const auto chunks = [](std::size_t headerSize, std::size_t chunkSize) {
        return [=](const LatencyModel& model) { return readInChunks(headerSize, chunkSize, model); };
    };
    return {{"this library, 64 kB", ours({.habits = {.extendedLength = true}, .statedLength = 65535}), 16},
            {"this library, 4 kB", ours({.habits = {.extendedLength = true}, .statedLength = 4096}), 18},
            {"this library, 2 kB", ours({.habits = {.extendedLength = true}, .statedLength = 2048}), 23},
            {"this library, short", ours({}), 94},
            {"SELECT, 4, chunks of 256", chunks(4, 256)},
            {"SELECT, 8, chunks of 223", chunks(8, 223)},
            {"SELECT, 4, chunks of 160", chunks(4, 160)},
            {"SELECT, 8, chunks of 112", chunks(8, 112)}};
}

} // namespace

void reportReadingTimes(std::ostream& output) {
    output
        << "Reading with PACE, Chip Authentication, EF.SOD of 2 kB, DG2 of 15,360 bytes: seconds until the\n"
           "person's data are there, until they are judged, and until everything is\n";
    for (const std::string_view name : {"jcop4-p71@106", "jcop4-p71@212", "jcop4-p71@424", "jcop4-p71@848",
                                        "jcop3-p60@106", "jcop3-p60@212", "jcop3-p60@424", "jcop3-p60@848"}) {
        output << "  " << name << " kbit/s\n";
        for (const auto& reading : readings()) {
            const auto waiting = reading.read(LatencyModel::named(name).value());
            output << "    " << std::left << std::setw(26) << reading.name << std::right << std::setw(6)
                   << waiting.person.count() << std::setw(7) << waiting.judged.count() << std::setw(7)
                   << waiting.finished.count() << std::setw(6) << waiting.commands << " APDUs"
                   << (reading.budget != 0 ? ", at most " + std::to_string(reading.budget) + " allowed" : "")
                   << "\n";
        }
    }
}

} // namespace cancuoc::bench
