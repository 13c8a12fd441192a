// SPDX-License-Identifier: Apache-2.0
#include "host/trace/replay.hpp"

#include <algorithm>
#include <deque>
#include <utility>

#include <fmt/format.h>

#include "host/apdu/tlv.hpp"
#include "host/inspection/check_name.hpp"
#include "host/trace/event_words.hpp"

namespace cancuoc::trace {

namespace {

constexpr std::uint8_t secureMessagingClass = 0x0C;
constexpr std::uint8_t getResponse = 0xC0;
constexpr std::size_t statusWordSize = 2;

std::string headerOf(const CommandApdu& command) {
    return fmt::format("{:02X} {:02X} {:02X} {:02X}, {} bytes of data, Le {}", command.cla, command.ins,
                       command.p1, command.p2, command.data.size(),
                       command.le ? std::to_string(*command.le) : "none");
}

// Names of files and keys and offsets are the same in every run; keys, challenges and signatures are not.
bool carriesTheSameData(std::uint8_t ins) {
    return ins == 0xA4 || ins == 0xB0 || ins == 0xB1 || ins == 0x2A;
}

std::vector<std::uint32_t> tagsOf(BytesView data) {
    std::vector<std::uint32_t> tags;
    try {
        TlvReader reader(data);
        while (const auto object = reader.next()) {
            tags.push_back(object->tag);
            if (isConstructed(object->tag)) {
                const auto inner = tagsOf(object->value);
                tags.insert(tags.end(), inner.begin(), inner.end());
            }
        }
    } catch (const MalformedData&) {
        return {};
    }
    return tags;
}

// Public values of DH have as few bytes as they need, so that their lengths can differ by some.
bool haveTheSameForm(BytesView left, BytesView right) {
    return left.size() == right.size() || (!tagsOf(left).empty() && tagsOf(left) == tagsOf(right));
}

// The certificates that the recorded terminal showed, and a signer whose signature has the recorded length.
trust::TerminalKeys terminalKeysOf(const Trace& trace) {
    std::vector<trust::CvCertificate> certificates;
    std::size_t signatureSize = 0;
    for (const auto& entry : trace.entries) {
        const auto* const exchange = std::get_if<Exchange>(&entry.what);
        const auto command = exchange != nullptr ? CommandApdu::decode(exchange->command) : CommandApdu{};
        if (command.ins == 0x2A && (command.cla & 0x10U) == 0) {
            certificates.push_back(trust::CvCertificate::decode(encodeTlv(0x7F21, command.data)));
        } else if (command.ins == 0x82 && exchange->secured) {
            signatureSize = command.data.size();
        }
    }
    trust::TerminalKeys keys;
    for (auto& certificate : certificates) {
        try {
            keys.addTerminal(certificate, [signatureSize](BytesView) { return Bytes(signatureSize, 0x01); });
        } catch (const BadConfiguration&) {
            keys.addCertificate(std::move(certificate));
        }
    }
    return keys;
}

std::optional<Bytes> challengeOf(const Trace& trace) {
    for (const auto& entry : trace.entries) {
        const auto* const exchange = std::get_if<Exchange>(&entry.what);
        if (exchange != nullptr && exchange->command.at(1) == 0x88) {
            return CommandApdu::decode(exchange->command).data;
        }
    }
    return std::nullopt;
}

inspection::InspectionRequest requestOf(const Trace& trace) {
    inspection::InspectionRequest request;
    trace.header.given.applyTo(request);
    request.dataGroups = trace.header.dataGroups;
    request.policy = trace.header.policy;
    request.activeAuthenticationChallenge = challengeOf(trace);
    return request;
}

} // namespace

// The card of the trace in the reader.
class Replay::Card final : public Connection {
public:
    Card(Replay& replay, const Connected& connected) : replay_(replay), connected_(connected) {}

    [[nodiscard]] Bytes transmit(BytesView command) override;
    void reset() override;
    [[nodiscard]] BytesView atr() const override { return connected_.answerToReset; }
    [[nodiscard]] std::string readerName() const override { return connected_.reader; }
    [[nodiscard]] std::size_t maximumCommandLength() const override {
        return connected_.maximumCommandLength;
    }
    [[nodiscard]] std::size_t maximumResponseLength() const override {
        return connected_.maximumResponseLength;
    }
    [[nodiscard]] std::size_t readerMaximumLength() const override { return connected_.readerMaximumLength; }

private:
    [[nodiscard]] CommandApdu unprotect(BytesView encoded, bool& secured);
    void prepare(const Exchange& recorded, const CommandApdu& command);
    [[nodiscard]] Bytes contentOf(const Exchange& recorded, const CommandApdu& command);
    void cut(BytesView response, const Exchange& recorded);

    Replay& replay_;
    const Connected& connected_;
    std::optional<ChipSecureMessaging> channel_;
    std::deque<Bytes> prepared_; // responses on the wire that are still to be given
    bool goneThen_ = false;
};

Bytes Replay::Card::transmit(BytesView encoded) {
    replay_.endWhereInterrupted();
    if (prepared_.empty() && !goneThen_) {
        bool secured = false;
        const CommandApdu command = unprotect(encoded, secured);
        const Exchange& recorded = replay_.expect<Exchange>("a command: " + headerOf(command));
        replay_.compareCommand(recorded, command, secured);
        prepare(recorded, command);
    } else if (encoded.size() < 2 || encoded[1] != getResponse) {
        replay_.mismatch("there the rest of a response is fetched");
    }
    if (prepared_.empty()) {
        goneThen_ = false;
        throw CardRemoved("The card was taken off the reader. Put it back and start again.");
    }
    Bytes response = std::move(prepared_.front());
    prepared_.pop_front();
    return response;
}

CommandApdu Replay::Card::unprotect(BytesView encoded, bool& secured) {
    secured = !encoded.empty() && (encoded[0] & secureMessagingClass) == secureMessagingClass;
    if (!secured) {
        channel_.reset();
        return CommandApdu::decode(encoded);
    }
    auto command = channel_ ? channel_->unprotect(encoded) : std::nullopt;
    if (!command) {
        replay_.mismatch("the program protects a command with keys that nobody agreed on");
    }
    return *std::move(command);
}

void Replay::Card::prepare(const Exchange& recorded, const CommandApdu& command) {
    switch (recorded.ending) {
    case Ending::Answered: {
        const ResponseApdu response{contentOf(recorded, command), recorded.statusWord};
        cut(recorded.secured ? channel_->protect(response, command.ins % 2 != 0)
                             : concat(response.data, toBigEndian(response.sw.value(), statusWordSize)),
            recorded);
        if (auto channel = replay_.chip_.takeNewChannel()) {
            channel_ = std::move(channel);
        }
        return;
    }
    case Ending::EndedInPlain:
        channel_.reset();
        prepared_.push_back(toBigEndian(recorded.statusWord.value(), statusWordSize));
        return;
    case Ending::CardGone:
        goneThen_ = true;
        break;
    case Ending::Unintelligible:
        channel_.reset();
        break;
    }
    for (const auto& part : recorded.wire) {
        const std::size_t size = part.received - std::min(part.received, statusWordSize);
        prepared_.push_back(
            concat(replay_.random_.bytes(size),
                   toBigEndian(part.statusWord.value(), std::min(part.received, statusWordSize))));
    }
}

Bytes Replay::Card::contentOf(const Exchange& recorded, const CommandApdu& command) {
    if (!recorded.slice) {
        return replay_.chip_.answer(command, recorded);
    }
    const auto& slice = *recorded.slice;
    const BytesView content =
        BytesView(replay_.trace_.files.at(slice.file)).subspan(slice.offset, slice.length);
    return slice.inDataObject ? encodeTlv(0x53, content) : toBytes(content);
}

// As GET RESPONSE fetched it.
void Replay::Card::cut(BytesView response, const Exchange& recorded) {
    BytesView data = response.first(response.size() - statusWordSize);
    for (std::size_t index = 0; index + 1 < recorded.wire.size(); ++index) {
        const auto& part = recorded.wire[index];
        const std::size_t size =
            std::min(data.size(), part.received - std::min(part.received, statusWordSize));
        prepared_.push_back(concat(data.first(size), toBigEndian(part.statusWord.value(), statusWordSize)));
        data = data.subspan(size);
    }
    prepared_.push_back(concat(data, response.last(statusWordSize)));
}

void Replay::Card::reset() {
    static_cast<void>(replay_.expect<Reset>("a reset of the card"));
    channel_.reset();
    replay_.chip_.reset();
}

Replay::Replay(Trace trace, RandomSource& random)
    : trace_(std::move(trace)), random_(random), terminalRandom_(random), request_(requestOf(trace_)),
      terminalKeys_(terminalKeysOf(trace_)), chip_(trace_, request_.keys, terminalRandom_, random) {}

Replay::~Replay() = default;

inspection::InspectionRequest Replay::request() const {
    auto request = requestOf(trace_);
    request.terminalKeys = trace_.header.withTerminalKeys ? &terminalKeys_ : nullptr;
    return request;
}

Clock Replay::clock() const {
    return [time = trace_.header.time] { return time; };
}

bool Replay::cardComesBack() {
    passOverUnrepeated();
    return next_ < trace_.entries.size() && std::holds_alternative<Connected>(trace_.entries[next_].what);
}

std::unique_ptr<Connection> Replay::connect() {
    if (!cardComesBack()) {
        throw NoCard("The trace tells of no further card in the reader.");
    }
    chip_.reset();
    return std::make_unique<Card>(*this, expect<Connected>("a card"));
}

void Replay::attachTo(inspection::Inspection& inspection, inspection::EventObserver observer) {
    inspection.onEvent([this, observer = std::move(observer)](const inspection::InspectionEvent& event) {
        compare(inWords(event));
        if (observer) {
            observer(event);
        }
    });
}

void Replay::mismatch(const std::string& what) const {
    const std::size_t line = next_ > 0 ? trace_.entries[next_ - 1].line : 0;
    throw TraceMismatch(fmt::format("The replay leaves the trace at line {}: {}.", line, what));
}

const Entry& Replay::next() {
    passOverUnrepeated();
    if (next_ == trace_.entries.size()) {
        throw TraceMismatch("The replay goes on where the trace ends.");
    }
    return trace_.entries[next_++];
}

void Replay::endWhereInterrupted() {
    passOverUnrepeated();
    const auto* const outcome =
        next_ < trace_.entries.size() ? std::get_if<Outcome>(&trace_.entries[next_].what) : nullptr;
    if (outcome != nullptr && outcome->interrupted) {
        throw Cancelled(outcome->error);
    }
}

template <class What>
const What& Replay::expect(std::string_view what) {
    const auto* const found = std::get_if<What>(&next().what);
    if (found == nullptr) {
        mismatch(fmt::format("the program comes with {}, the trace with something else", what));
    }
    return *found;
}

void Replay::compareCommand(const Exchange& recorded, const CommandApdu& command, bool secured) const {
    const CommandApdu expected = CommandApdu::decode(recorded.command);
    const bool same = expected.cla == command.cla && expected.ins == command.ins &&
                      expected.p1 == command.p1 && expected.p2 == command.p2 && expected.le == command.le &&
                      recorded.secured == secured &&
                      (carriesTheSameData(command.ins) ? equal(expected.data, command.data)
                                                       : haveTheSameForm(expected.data, command.data));
    if (!same) {
        mismatch(fmt::format("the program sends {}{}, the trace has {}{}", headerOf(command),
                             secured ? ", secured" : "", headerOf(expected),
                             recorded.secured ? ", secured" : ""));
    }
}

// Whether a check rests on the issuer's or the chip's private key, or on a trust store that may not be there.
// A proof by Chip Authentication is carried out for real, and may count for nothing behind a signature that
// does not verify.
bool Replay::isRepeated(const Event& event) const {
    namespace check = inspection::check_name;
    const bool isProof = event.subject == check::chipAuthentication;
    return event.name != "check-settled" ||
           !(event.subject == check::signature || event.subject == check::chain ||
             event.subject == check::revocation || event.subject == check::activeAuthentication ||
             (isProof && (chipAuthenticationMapping_ || event.result == "not-performed")));
}

void Replay::passOverUnrepeated() {
    const Event* event = nullptr;
    while (next_ < trace_.entries.size() &&
           (event = std::get_if<Event>(&trace_.entries[next_].what)) != nullptr && !isRepeated(*event)) {
        ++next_;
    }
}

void Replay::compare(const Event& event) {
    chipAuthenticationMapping_ =
        chipAuthenticationMapping_ || (event.name == "access-opened" && event.result.starts_with("CAM"));
    if (!isRepeated(event)) {
        return;
    }
    const auto& recorded = expect<Event>("the event " + event.name);
    const bool isVerdict = event.name == "identity-judged" || event.name == "finished";
    const bool same = recorded.name == event.name && recorded.subject == event.subject &&
                      (recorded.result == event.result || isVerdict);
    if (!same) {
        mismatch(fmt::format("the program has the event {} {} {}, the trace {} {} {}", event.name,
                             event.subject, event.result, recorded.name, recorded.subject, recorded.result));
    }
}

void Replay::finish(const inspection::InspectionResult& result) {
    finish(Outcome{std::string(nameOf(result.judgement.verdict)), "", false});
}

void Replay::finish(const std::exception& failure) {
    if (dynamic_cast<const TraceMismatch*>(&failure) != nullptr) {
        throw TraceMismatch(failure.what());
    }
    finish(Outcome{"", failure.what(), false});
}

// The sentence of an error can tell what came, which a stand-in need not repeat.
void Replay::finish(const Outcome& outcome) {
    const auto& recorded =
        expect<Outcome>(outcome.error.empty() ? "a verdict" : "an error: " + outcome.error);
    if (recorded.error.empty() != outcome.error.empty()) {
        mismatch("the program ends " + (outcome.error.empty() ? "with a verdict" : "with: " + outcome.error));
    }
    if (next_ != trace_.entries.size()) {
        mismatch("the trace goes on where the program ends");
    }
}

} // namespace cancuoc::trace
