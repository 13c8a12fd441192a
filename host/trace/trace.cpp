// SPDX-License-Identifier: Apache-2.0
#include "host/trace/trace.hpp"

#include <array>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "host/apdu/command.hpp"
#include "host/base/error.hpp"
#include "host/base/utf8.hpp"

namespace cancuoc::trace {

namespace {

using Json = nlohmann::ordered_json;

constexpr int formatVersion = 1;
constexpr std::size_t maximumWireExchanges = 1024;
constexpr std::size_t largestLength = 1 << 20;

constexpr std::array<std::pair<Ending, std::string_view>, 4> endings{{
    {Ending::Answered, "answered"},
    {Ending::EndedInPlain, "ended-in-plain"},
    {Ending::Unintelligible, "unintelligible"},
    {Ending::CardGone, "card-gone"},
}};

// What somebody who opens the file has to know first.
std::vector<std::string> aboutRedacted() {
    return {
        "A session of cancuoc with one card, redacted: what was typed, file contents, keys, nonces and "
        "signatures are replaced by pseudonyms of the same length. The same value has the same pseudonym "
        "everywhere in this file, and another one in the next trace.",
        "Not replaced: the issuer's certificates, EF.CardAccess, EF.COM, EF.DIR, EF.CVCA and the CV "
        "certificates, commands, status words, lengths, times, the name of the reader.",
        "A replay (cancuoc trace replay) repeats every command, length, status word and event, with PACE, "
        "BAC, Chip Authentication and secure messaging carried out for real by a stand-in for the chip.",
        "A replay cannot repeat what rests on a private key: the signature in EF.SOD and EF.CardSecurity, "
        "Active Authentication, the chip authentication mapping; these checks, what they make of others, and "
        "the "
        "verdict may differ and are not compared."};
}

std::vector<std::string> aboutVerbatim() {
    return {
        "A session of cancuoc with one card, NOT REDACTED: it holds the password, all personal data and the "
        "face. For the owner of a test card only; do not hand it on.",
        "A replay (cancuoc trace replay) repeats every command, length, status word and event, with PACE, "
        "BAC, Chip Authentication and secure messaging carried out for real by a stand-in for the chip. It "
        "cannot repeat the proof by the chip authentication mapping, which rests on a private key."};
}

Json toJson(const Header& header) {
    Json given = Json::object();
    const auto add = [&given](const char* name, const std::string& value) {
        if (!value.empty()) {
            given[name] = value;
        }
    };
    add("can", header.given.can);
    add("mrz", header.given.mrz);
    add("number", header.given.number);
    add("documentNumber", header.given.documentNumber);
    add("birth", header.given.birthDate ? toIso(*header.given.birthDate) : "");
    add("expiry", header.given.expiryDate ? toIso(*header.given.expiryDate) : "");
    add("pin", header.given.pin);
    add("puk", header.given.puk);
    Json json{{"cancuocTrace", formatVersion},
              {"redacted", header.redacted},
              {"about", header.redacted ? aboutRedacted() : aboutVerbatim()},
              {"time", header.time.time_since_epoch().count()},
              {"policy", Json::parse(header.policy.toJson())},
              {"policyName", header.policy.name},
              {"given", given},
              {"trustStore", header.withTrustStore},
              {"terminalKeys", header.withTerminalKeys}};
    if (header.dataGroups) {
        json["dataGroups"] = *header.dataGroups;
    }
    return json;
}

Json toJson(const Connected& connected) {
    return {{"connected",
             {{"reader", connected.reader},
              {"atr", toHex(connected.answerToReset)},
              {"maximumCommandLength", connected.maximumCommandLength},
              {"maximumResponseLength", connected.maximumResponseLength},
              {"readerMaximumLength", connected.readerMaximumLength}}}};
}

Json toJson(const Reset&) {
    return {{"reset", true}};
}

std::string toText(StatusWord statusWord) {
    return toHex(toBigEndian(statusWord.value(), 2));
}

Json toJson(const Exchange& exchange) {
    Json wire = Json::array();
    for (const auto& part : exchange.wire) {
        wire.push_back({{"sent", part.sent},
                        {"received", part.received},
                        {"sw", toText(part.statusWord)},
                        {"us", part.duration.count()}});
    }
    Json json{{"step", exchange.step},
              {"command", toHex(exchange.command)},
              {"secured", exchange.secured},
              {"sw", toText(exchange.statusWord)}};
    if (exchange.ending != Ending::Answered) {
        json["ending"] = endings.at(static_cast<std::size_t>(exchange.ending)).second;
    }
    if (exchange.slice) {
        json["from"] = {{"file", exchange.slice->file},
                        {"offset", exchange.slice->offset},
                        {"length", exchange.slice->length}};
        if (exchange.slice->inDataObject) {
            json["from"]["inDataObject"] = true;
        }
    } else if (!exchange.data.empty()) {
        json["data"] = toHex(exchange.data);
    }
    json["wire"] = std::move(wire);
    return json;
}

Json toJson(const Event& event) {
    Json json{{"event", event.name}};
    if (!event.subject.empty()) {
        json["subject"] = event.subject;
    }
    if (!event.result.empty()) {
        json["result"] = event.result;
    }
    return json;
}

Json toJson(const Outcome& outcome) {
    if (outcome.error.empty()) {
        return {{"verdict", outcome.verdict}};
    }
    return {{"error", outcome.error}, {"interrupted", outcome.interrupted}};
}

// A line while it is read: every complaint names its number.
class Line {
public:
    Line(std::size_t number, std::string_view text)
        : number_(number), json_(Json::parse(text, nullptr, /*allow_exceptions*/ false)) {
        if (!json_.is_object()) {
            refuse("this is no JSON object");
        }
    }

    [[noreturn]] void refuse(const std::string& what) const {
        throw MalformedData(fmt::format("Line {} of the trace: {}.", number_, what));
    }

    [[nodiscard]] std::size_t number() const { return number_; }
    [[nodiscard]] const Json& json() const { return json_; }
    [[nodiscard]] bool has(const char* name) const { return json_.contains(name); }

    [[nodiscard]] const Json& member(const Json& object, const char* name) const {
        if (!object.is_object() || !object.contains(name)) {
            refuse(fmt::format("\"{}\" is missing", name));
        }
        return object[name];
    }
    [[nodiscard]] std::string text(const Json& object, const char* name) const {
        const auto& value = member(object, name);
        if (!value.is_string()) {
            refuse(fmt::format("\"{}\" is no text", name));
        }
        return value.get<std::string>();
    }
    [[nodiscard]] std::string optionalText(const Json& object, const char* name) const {
        return object.contains(name) ? text(object, name) : std::string();
    }
    [[nodiscard]] bool truth(const Json& object, const char* name) const {
        const auto& value = member(object, name);
        if (!value.is_boolean()) {
            refuse(fmt::format("\"{}\" is neither true nor false", name));
        }
        return value.get<bool>();
    }
    [[nodiscard]] std::int64_t number(const Json& object, const char* name, std::int64_t largest) const {
        const auto& value = member(object, name);
        if (!value.is_number_integer() || value.get<std::int64_t>() < 0 ||
            value.get<std::int64_t>() > largest) {
            refuse(fmt::format("\"{}\" is no whole number from 0 to {}", name, largest));
        }
        return value.get<std::int64_t>();
    }
    [[nodiscard]] std::size_t length(const Json& object, const char* name) const {
        return static_cast<std::size_t>(number(object, name, largestLength));
    }
    [[nodiscard]] Bytes bytes(const Json& object, const char* name) const {
        const auto digits = text(object, name);
        try {
            return fromHex(digits);
        } catch (const MalformedData&) {
            refuse(fmt::format("\"{}\" is not written in hexadecimal", name));
        }
    }
    [[nodiscard]] StatusWord statusWord(const Json& object) const {
        const Bytes value = bytes(object, "sw");
        if (value.size() != 2) {
            refuse("\"sw\" is no status word of four digits");
        }
        return StatusWord(static_cast<std::uint16_t>(fromBigEndian(value)));
    }
    [[nodiscard]] std::optional<Date> date(const Json& object, const char* name) const {
        if (!object.contains(name)) {
            return std::nullopt;
        }
        const auto iso = text(object, name);
        try {
            return dateFromIso(iso);
        } catch (const MalformedData&) {
            refuse(fmt::format("\"{}\" is no date", name));
        }
    }

private:
    std::size_t number_;
    Json json_;
};

Header readHeader(const Line& line) {
    // The time of a header reaches to the year 9999.
    constexpr std::int64_t latestTime = 253402300799;
    const auto& json = line.json();
    if (!line.has("cancuocTrace")) {
        line.refuse("this is no trace of cancuoc");
    }
    if (line.number(json, "cancuocTrace", largestLength) != formatVersion) {
        line.refuse(fmt::format("the trace is of another version than {}", formatVersion));
    }
    Header header;
    header.redacted = line.truth(json, "redacted");
    header.time = std::chrono::sys_seconds(std::chrono::seconds(line.number(json, "time", latestTime)));
    try {
        header.policy =
            inspection::Policy::fromJson(line.member(json, "policy").dump(), line.text(json, "policyName"));
    } catch (const BadConfiguration& wrong) {
        line.refuse(std::string("\"policy\" is no policy: ") + wrong.what());
    }
    const auto& given = line.member(json, "given");
    if (!given.is_object()) {
        line.refuse("\"given\" is no object");
    }
    header.given = {.can = line.optionalText(given, "can"),
                    .mrz = line.optionalText(given, "mrz"),
                    .number = line.optionalText(given, "number"),
                    .documentNumber = line.optionalText(given, "documentNumber"),
                    .birthDate = line.date(given, "birth"),
                    .expiryDate = line.date(given, "expiry"),
                    .pin = line.optionalText(given, "pin"),
                    .puk = line.optionalText(given, "puk")};
    try {
        inspection::InspectionRequest request;
        header.given.applyTo(request);
    } catch (const BadConfiguration& wrong) {
        line.refuse(std::string("\"given\" opens no card: ") + wrong.what());
    }
    header.withTrustStore = line.truth(json, "trustStore");
    header.withTerminalKeys = line.truth(json, "terminalKeys");
    if (line.has("dataGroups")) {
        header.dataGroups.emplace();
        for (const auto& number : json["dataGroups"]) {
            if (!number.is_number_integer() || number.get<std::int64_t>() < 1 ||
                number.get<std::int64_t>() > 16) {
                line.refuse("\"dataGroups\" holds something else than numbers from 1 to 16");
            }
            header.dataGroups->insert(number.get<int>());
        }
    }
    return header;
}

Connected readConnected(const Line& line) {
    const auto& json = line.member(line.json(), "connected");
    return {line.text(json, "reader"), line.bytes(json, "atr"), line.length(json, "maximumCommandLength"),
            line.length(json, "maximumResponseLength"), line.length(json, "readerMaximumLength")};
}

Ending readEnding(const Line& line) {
    if (!line.has("ending")) {
        return Ending::Answered;
    }
    const auto text = line.text(line.json(), "ending");
    for (const auto& [ending, name] : endings) {
        if (text == name) {
            return ending;
        }
    }
    line.refuse("\"ending\" is none that is known");
}

std::vector<WireExchange> readWire(const Line& line) {
    const auto& json = line.member(line.json(), "wire");
    if (!json.is_array() || json.size() > maximumWireExchanges) {
        line.refuse("\"wire\" is no list of exchanges");
    }
    std::vector<WireExchange> wire;
    for (const auto& part : json) {
        constexpr std::int64_t anHour = 3'600'000'000;
        wire.push_back({line.length(part, "sent"), line.length(part, "received"), line.statusWord(part),
                        std::chrono::microseconds(line.number(part, "us", anHour))});
    }
    return wire;
}

FileSlice readSlice(const Line& line, const Trace& trace) {
    const auto& json = line.member(line.json(), "from");
    FileSlice slice{line.text(json, "file"), line.length(json, "offset"), line.length(json, "length"),
                    json.contains("inDataObject") && line.truth(json, "inDataObject")};
    const auto file = trace.files.find(slice.file);
    if (file == trace.files.end() || slice.offset > file->second.size() ||
        slice.length > file->second.size() - slice.offset) {
        line.refuse("\"from\" names a part of a file that the trace does not hold");
    }
    return slice;
}

Exchange readExchange(const Line& line, const Trace& trace) {
    const auto& json = line.json();
    Exchange exchange{line.text(json, "step"),
                      line.bytes(json, "command"),
                      line.truth(json, "secured"),
                      readEnding(line),
                      line.statusWord(json),
                      line.has("data") ? line.bytes(json, "data") : Bytes(),
                      line.has("from") ? std::optional(readSlice(line, trace)) : std::nullopt,
                      readWire(line)};
    try {
        static_cast<void>(CommandApdu::decode(exchange.command));
    } catch (const MalformedData&) {
        line.refuse("\"command\" is no command APDU");
    }
    if (exchange.wire.empty() && exchange.ending != Ending::CardGone) {
        line.refuse("\"wire\" is empty though the card answered");
    }
    return exchange;
}

Entry readEntry(const Line& line, const Trace& trace) {
    const auto& json = line.json();
    if (line.has("connected")) {
        return {readConnected(line), line.number()};
    }
    if (line.has("reset")) {
        return {Reset{}, line.number()};
    }
    if (line.has("command")) {
        return {readExchange(line, trace), line.number()};
    }
    if (line.has("event")) {
        return {Event{line.text(json, "event"), line.optionalText(json, "subject"),
                      line.optionalText(json, "result")},
                line.number()};
    }
    if (line.has("verdict") || line.has("error")) {
        return {Outcome{line.optionalText(json, "verdict"), line.optionalText(json, "error"),
                        line.has("interrupted") && line.truth(json, "interrupted")},
                line.number()};
    }
    line.refuse("this is nothing that a trace tells");
}

} // namespace

Header Header::of(const inspection::GivenAccess& given, const inspection::InspectionRequest& request,
                  std::chrono::sys_seconds time) {
    Header header;
    header.time = time;
    header.given = given;
    header.dataGroups = request.dataGroups;
    header.policy = request.policy;
    header.withTrustStore = request.trustStore != nullptr;
    header.withTerminalKeys = request.terminalKeys != nullptr;
    return header;
}

std::string write(const Trace& trace) {
    std::string text;
    const auto add = [&text](const Json& json) {
        text += json.dump(-1, ' ', false, Json::error_handler_t::replace);
        text += '\n';
    };
    add(toJson(trace.header));
    for (const auto& [name, content] : trace.files) {
        add({{"file", name}, {"content", toHex(content)}});
    }
    for (const auto& entry : trace.entries) {
        add(std::visit([](const auto& what) { return toJson(what); }, entry.what));
    }
    return text;
}

Trace read(std::string_view text) {
    if (text.size() > Trace::maximumFileSize) {
        throw MalformedData("The trace is longer than 64 MiB.");
    }
    Trace trace;
    std::size_t number = 0;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const Line line(++number, text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (number == 1) {
            trace.header = readHeader(line);
        } else if (line.has("file")) {
            if (!trace.files.emplace(line.text(line.json(), "file"), line.bytes(line.json(), "content"))
                     .second) {
                line.refuse("the file was given before");
            }
        } else {
            trace.entries.push_back(readEntry(line, trace));
        }
        if (number > Trace::maximumEntries) {
            line.refuse("a trace has no more lines than 100000");
        }
    }
    if (number == 0) {
        throw MalformedData("Line 1 of the trace: the file is empty.");
    }
    return trace;
}

} // namespace cancuoc::trace
