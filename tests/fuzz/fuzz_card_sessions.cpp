// SPDX-License-Identifier: Apache-2.0
// A chip before terminals and issuers that know its keys, and before everybody else: each step of the input
// is an access protocol, a command inside or outside the session it opened, or one with a wrong bit. Whatever
// order they come in, after every single command no file has shown without its condition, nothing was written
// without the issuer's channel or after the card was secured, and counters and dates did not go back; and a
// wrong MAC or a plain command ends the session.
#include "card/applets/emrtd/persistent_objects.hpp"
#include "card/applets/manager/issuer_objects.hpp"
#include "card/chip.hpp"
#include "card/ports/host/flash_memory.hpp"
#include "card/ports/host/metered_flash.hpp"
#include "host/access/basic_access_control.hpp"
#include "host/access/card_session.hpp"
#include "host/access/chip_authentication.hpp"
#include "host/access/pace.hpp"
#include "host/access/terminal_authentication.hpp"
#include "host/base/error.hpp"
#include "host/reader/in_process_connection.hpp"
#include "personalization/globalplatform/secure_channel.hpp"
#include "tests/support/chip_profiles.hpp"
#include "tests/support/stored_objects.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>

namespace {

using namespace cancuoc;
using card::test::StoredObjects;
using personalization::SecureChannel;
using personalization::SecurityDomainKeys;
using personalization::SecurityLevel;
using test::DocumentProfile;

constexpr auto profile = DocumentProfile::EuropeanPassport;

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

class CardRandom final : public card::RandomSource {
public:
    [[nodiscard]] bool fill(std::span<std::uint8_t> output) override {
        std::generate(output.begin(), output.end(),
                      [this] { return state_ = static_cast<std::uint8_t>(state_ * 5 + 3); });
        return true;
    }

private:
    std::uint8_t state_ = 0;
};

class HostRandom final : public RandomSource {
public:
    void fill(std::span<std::uint8_t> output) override {
        std::generate(output.begin(), output.end(),
                      [this] { return state_ = static_cast<std::uint8_t>(state_ * 13 + 7); });
    }

private:
    std::uint8_t state_ = 1;
};

class NoDelay final : public card::Delay {
public:
    void wait(std::uint32_t) override {}
    void scatter() override {}
};

/// Data group `number` repeats this byte.
std::uint8_t markOf(unsigned number) {
    return static_cast<std::uint8_t>(0xA0 + number);
}

/// Whether `bytes` show content of that data group: no key or ciphertext has eight equal bytes in a row.
bool shows(BytesView bytes, unsigned number) {
    const Bytes mark(8, markOf(number));
    return std::search(bytes.begin(), bytes.end(), mark.begin(), mark.end()) != bytes.end();
}

/// The data groups whose content tells itself: those that no protocol needs.
constexpr std::array<unsigned, 4> markedGroups{1, 2, 3, 4};

/// The issuer's keys; `wrong` changes one of them.
SecurityDomainKeys issuerKeys(bool wrong) {
    return {0x01, SecretBytes(Bytes(16, 0x11)), SecretBytes(Bytes(16, wrong ? 0x99 : 0x22)),
            SecretBytes(Bytes(16, 0x33))};
}

card::host::FlashMemory personalizedMemory() {
    card::host::FlashMemory memory;
    CardRandom random;
    NoDelay delay;
    card::Chip chip(memory, random, delay);
    require(chip.powerOn());
    test::ChipDocument document = test::makeDocument(profile);
    for (const unsigned number : {2U, 3U, 4U}) {
        Bytes file = test::fileOf(static_cast<std::uint8_t>(number == 2   ? 0x75
                                                            : number == 3 ? 0x63
                                                                          : 0x76),
                                  100);
        std::fill(file.begin() + 2, file.end(), markOf(number));
        document.files[static_cast<std::uint16_t>(0x0100 + number)] = file;
    }
    test::listDataGroups(document);
    // The mark in the place of the holder's name.
    std::string zone(test::machineReadableZone);
    std::fill(zone.begin() + 60, zone.end(), static_cast<char>(markOf(1)));
    test::setMachineReadableZone(document, zone);
    InProcessConnection connection("chip", {}, [&](BytesView apdu) {
        const auto response = chip.transmit(apdu);
        return Bytes(response.begin(), response.end());
    });
    test::personalize(connection, document);
    return memory;
}

// With the issuer's keys; secured when `secured`.
card::host::FlashMemory issuedMemory(bool secured) {
    card::host::FlashMemory memory = personalizedMemory();
    card::ObjectStore store(memory);
    require(store.open());
    card::Transaction transaction(store);
    require(transaction.put(card::manager::keyVersionObject, Bytes{0x01}) &&
            transaction.put(card::manager::encryptionKeyObject, Bytes(16, 0x11)) &&
            transaction.put(card::manager::macKeyObject, Bytes(16, 0x22)) &&
            transaction.put(card::manager::dataEncryptionKeyObject, Bytes(16, 0x33)));
    // Pseudo-random challenges: the sequence counter goes on.
    require(transaction.put(card::manager::channelProtocolObject, Bytes{0x03, 0x70}));
    require(!secured || transaction.put(card::manager::lifeCycleObject, Bytes{0x0F}));
    require(transaction.commit());
    return memory;
}

const test::CvKeyPair& verifier() {
    static const auto key = test::CvKeyPair::ecdsa("UTDV00001", HashAlgorithm::Sha256, "brainpoolP256r1");
    return key;
}

const test::CvKeyPair& terminal() {
    static const auto key = test::CvKeyPair::ecdsa("UTIS00001", HashAlgorithm::Sha256, "brainpoolP256r1");
    return key;
}

PresentedCertificate present(const trust::CvCertificate& certificate) {
    return {certificate.body().authorityReference, certificate.body().holderReference,
            toBytes(certificate.bodyAndSignature())};
}

/// Takes the input apart.
class Input {
public:
    explicit Input(BytesView bytes) : bytes_(bytes) {}

    [[nodiscard]] bool atEnd() const { return bytes_.empty(); }
    std::uint8_t byte() {
        if (bytes_.empty()) {
            return 0;
        }
        const std::uint8_t first = bytes_.front();
        bytes_ = bytes_.subspan(1);
        return first;
    }
    /// Up to 255 bytes after their length.
    Bytes data() {
        const std::size_t size = std::min<std::size_t>(byte(), bytes_.size());
        const Bytes taken(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(size));
        bytes_ = bytes_.subspan(size);
        return taken;
    }
    CommandApdu command() {
        CommandApdu command;
        command.cla = 0x00;
        command.ins = byte();
        command.p1 = byte();
        command.p2 = byte();
        command.data = data();
        if ((byte() & 1) != 0) {
            command.le = 256;
        }
        return command;
    }

private:
    BytesView bytes_;
};

class Harness {
public:
    explicit Harness(const card::host::FlashMemory& memory)
        : memory_(memory), chip_(meter_, random_, delay_),
          connection_(
              "chip", {}, [this](BytesView apdu) { return exchange(apdu); }, [this] { powerUp(); }),
          session_(connection_), objects_(contentNow()), attempts_(attemptsNow()) {
        powerUp();
    }

    void step(Input& input) {
        allowedWrite_ = Write::None;
        knowsPassword_ = false;
        const std::uint8_t attempts = attempts_;
        refused_ = false;
        const std::uint8_t kind = input.byte() % 14;
        try {
            run(kind, input);
        } catch (const Error&) {
            // What the host makes of a refusal is tested elsewhere.
        }
        flipped_.reset();
        require(!refused_ || attempts_ > attempts || attempts_ == 0xFF);
    }

private:
    enum class Write { None, TrustPoints, LifeCycle, Anything };

    void run(std::uint8_t kind, Input& input) {
        switch (kind) {
        case 0:
            sendPlain(input.data());
            return;
        case 1:
            sendProtected(input.command());
            return;
        case 2:
            sendWithWrongBit(input);
            return;
        case 3:
            basicAccessControl(input.byte() % 4 == 0);
            return;
        case 4:
            pace(input.byte() % 4 == 0);
            return;
        case 5:
            chipAuthentication(input.byte() % 2);
            return;
        case 6:
            terminalAuthentication(input.byte());
            return;
        case 7:
            session_.reset();
            channel_.reset();
            return;
        case 8:
            openChannel(input.byte() % 4 == 0);
            return;
        case 9:
            sendThroughChannel(input);
            return;
        case 10:
            sendThroughChannelWithWrongBit(input);
            return;
        case 11:
            select(input.byte());
            return;
        case 12:
            readGroup(1 + input.byte() % 16U);
            return;
        default:
            changeCardState(input.byte());
        }
    }

    // Everything that goes over the wire. No protected content is ever seen there.
    Bytes exchange(BytesView apdu) {
        Bytes sent(apdu.begin(), apdu.end());
        if (flipped_ && sent.size() > *flipped_ / 8U + 10) {
            // The MAC's last byte is the last one before Le, which protected commands have under session
            // keys.
            const std::size_t end = sent.size() - macTrailer_;
            sent[end - 1 - *flipped_ / 8U] ^= static_cast<std::uint8_t>(1U << *flipped_ % 8);
            wasFlipped_ = true;
        }
        const auto answer = chip_.transmit(sent);
        const Bytes response(answer.begin(), answer.end());
        require(response.size() >= 2);
        for (const unsigned number : markedGroups) {
            require(!shows(response, number));
        }
        lastResponse_ = response;
        checkMemory();
        return response;
    }

    void powerUp() {
        require(chip_.powerOn());
        rights_ = 0;
    }

    // Whatever is wrong with a plain command, in a session it is the end of the session: the keys that the
    // peer still has open nothing. GET RESPONSE alone fetches the rest of a protected response.
    void sendPlain(const Bytes& apdu) {
        const bool fetches = apdu.size() > 1 && apdu[1] == 0xC0 && lastResponse_.size() > 1 &&
                             lastResponse_[lastResponse_.size() - 2] == 0x61;
        static_cast<void>(connection_.transmit(apdu));
        if (!fetches) {
            requireSessionsOver();
        }
        channel_.reset();
    }

    void requireSessionsOver() {
        lastResponse_.clear();
        try {
            if (session_.secureMessagingActive()) {
                static_cast<void>(session_.transmit({0x00, 0xB0, 0x81, 0x00, {}, 1}));
            } else if (channel_) {
                static_cast<void>(channel_->transmit({0x80, 0xF2, 0x80, 0x02, {0x4F, 0x00}, std::nullopt}));
            }
        } catch (const Error&) {
        }
        // A host that has given its session up sends nothing.
        require(lastResponse_.empty() || (lastResponse_.size() == 2 && lastResponse_[0] >= 0x69));
        session_.endSecureMessaging();
        rights_ = 0;
    }

    // What a terminal in a session sees.
    void see(const ResponseApdu& response) {
        require(session_.secureMessagingActive());
        require(!shows(response.data, 3) || (rights_ & 1) != 0);
        require(!shows(response.data, 4) || (rights_ & 2) != 0);
    }

    void sendProtected(const CommandApdu& command) {
        if (session_.secureMessagingActive()) {
            see(session_.transmit(command));
        }
    }

    void sendWithWrongBit(Input& input) {
        const CommandApdu command = input.command();
        const std::uint8_t bit = input.byte() % 64;
        if (!session_.secureMessagingActive()) {
            return;
        }
        // A session that the chip has ended already proves nothing.
        static_cast<void>(session_.transmit({0x00, 0xA4, 0x02, 0x0C, {0x01, 0x1E}, std::nullopt}));
        flipped_ = bit;
        macTrailer_ = 1;
        wasFlipped_ = false;
        try {
            static_cast<void>(session_.transmit(command));
            require(!wasFlipped_);
        } catch (const Error&) {
        }
        flipped_.reset();
        require(!wasFlipped_ || lastResponse_ == Bytes({0x69, 0x88}));
        session_.endSecureMessaging();
        rights_ = 0;
        if (wasFlipped_) {
            // A chip with a session, alive or broken, would not answer a plain command by itself.
            static_cast<void>(connection_.transmit(Bytes{0x00, 0xB0, 0x81, 0x00, 0x00}));
            require(lastResponse_ != Bytes({0x69, 0x87}) && lastResponse_ != Bytes({0x69, 0x88}));
        }
    }

    bool spendHeavyStep() { return heavySteps_ != 0 && heavySteps_-- != 0; }

    void beginAccess() {
        session_.endSecureMessaging();
        channel_.reset();
        rights_ = 0;
        selectApplication();
    }

    void selectApplication() {
        static_cast<void>(
            session_.transmit({0x00, 0xA4, 0x04, 0x0C, fromHex("A0000002471001"), std::nullopt}));
    }

    static AccessKey mrzKey(bool right) {
        using namespace std::chrono;
        return AccessKey::fromMrz(right ? std::string(test::machineReadableZone)
                                        : "IDVNM2990000022001299000001<<2"
                                          "9901018M2401014VNM<<<<<<<<<<<0"
                                          "NGUYEN<<VAN<MAU<<<<<<<<<<<<<<<");
    }

    // A password that is not the document's is refused, and counted.
    template <typename Protocol>
    void authenticate(bool wrong, Protocol protocol) {
        knowsPassword_ = !wrong;
        try {
            protocol();
        } catch (const WrongAccessKey&) {
            refused_ = true;
            throw;
        }
        require(!wrong);
    }

    void basicAccessControl(bool wrong) {
        beginAccess();
        authenticate(wrong, [&] { BasicAccessControl(session_, hostRandom_).perform(mrzKey(!wrong)); });
        chipIdentifier_.assign(test::mrzInformation.begin(), test::mrzInformation.begin() + 10);
        terminalKey_.clear();
    }

    void pace(bool wrong) {
        if (!spendHeavyStep()) {
            return;
        }
        beginAccess();
        const auto protocol = PaceProtocol::from({ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.4.2.2"), 13});
        authenticate(wrong, [&] {
            static_cast<void>(Pace(session_, hostRandom_)
                                  .perform(*protocol, AccessKey::fromCan(wrong ? "999999" : "000001")));
        });
        chipIdentifier_.clear();
        terminalKey_.clear();
        selectApplication();
    }

    void chipAuthentication(unsigned which) {
        if (!session_.secureMessagingActive() || !spendHeavyStep()) {
            return;
        }
        static const auto keys = test::chipAuthenticationKeysOf(profile);
        const auto& key = keys.at(which % keys.size());
        const auto protocol =
            ChipAuthenticationProtocol::from(ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.3.2.2"));
        const auto result =
            ChipAuthentication(session_, hostRandom_)
                .perform(*protocol,
                         EllipticCurvePublicKey{key.pair.curve(), Bytes(key.pair.publicKey().begin(),
                                                                        key.pair.publicKey().end())},
                         key.keyId ? std::optional(Bytes{*key.keyId}) : std::nullopt);
        if (result.proven) {
            rights_ = 0;
            terminalKey_ = result.compressedTerminalKey;
        }
    }

    void terminalAuthentication(std::uint8_t rights) {
        if (!session_.secureMessagingActive() || terminalKey_.empty() || chipIdentifier_.empty() ||
            !spendHeavyStep()) {
            return;
        }
        allowedWrite_ = Write::TrustPoints;
        const auto verifierRights = static_cast<std::uint8_t>(0x80 | (rights >> 2 & 0x03));
        const auto terminalRights = static_cast<std::uint8_t>(rights & 0x03);
        TerminalCredentials credentials;
        credentials.certificates = {
            present(test::countryVerifyingAuthority().issue(verifier(), verifierRights)),
            present(verifier().issue(terminal(), terminalRights))};
        const bool forged = (rights & 0x10) != 0;
        credentials.sign = [&](BytesView message) {
            return (forged ? verifier() : terminal()).sign(message);
        };
        const auto result =
            TerminalAuthentication(session_).perform(credentials, chipIdentifier_, terminalKey_);
        if (result.accepted) {
            require(!forged);
            rights_ = verifierRights & terminalRights;
        }
    }

    void selectDomain() {
        session_.endSecureMessaging();
        rights_ = 0;
        static_cast<void>(connection_.transmit(fromHex("00A4040008A00000015100000000")));
    }

    void openChannel(bool wrong) {
        selectDomain();
        channel_.reset();
        allowedWrite_ = Write::LifeCycle;
        channel_.emplace(SecureChannel::open(connection_, issuerKeys(wrong),
                                             SecurityLevel::CommandMacAndEncryptionResponseMac, hostRandom_));
        require(!wrong);
    }

    void sendThroughChannel(Input& input) {
        CommandApdu command = input.command();
        if (!channel_) {
            return;
        }
        command.cla = 0x80;
        command.le.reset();
        allowedWrite_ = Write::Anything;
        static_cast<void>(channel_->transmit(command));
    }

    void sendThroughChannelWithWrongBit(Input& input) {
        CommandApdu command = input.command();
        const std::uint8_t bit = input.byte() % 64;
        if (!channel_) {
            return;
        }
        command.cla = 0x80;
        command.le.reset();
        flipped_ = bit;
        macTrailer_ = 0;
        wasFlipped_ = false;
        try {
            static_cast<void>(channel_->transmit(command));
        } catch (const Error&) {
        }
        flipped_.reset();
        require(!wasFlipped_ || (lastResponse_.size() == 2 && lastResponse_[0] == 0x69));
        if (wasFlipped_) {
            // The session is over for the right MAC too.
            try {
                static_cast<void>(channel_->transmit({0x80, 0xF2, 0x80, 0x02, {0x4F, 0x00}, std::nullopt}));
            } catch (const Error&) {
            }
            require(lastResponse_.size() == 2 && lastResponse_[0] == 0x69);
        }
        channel_.reset();
    }

    void select(std::uint8_t what) {
        const Bytes data = what % 3 == 0 ? fromHex("A0000002471001") : fromHex("3F00");
        const std::uint8_t p1 = what % 3 == 0 ? 0x04 : 0x00;
        if (what % 3 == 2) {
            selectDomain();
            channel_.reset();
        } else if (session_.secureMessagingActive()) {
            see(session_.transmit({0x00, 0xA4, p1, 0x0C, data, std::nullopt}));
        }
    }

    // The honest way to a file.
    void readGroup(unsigned number) {
        if (!session_.secureMessagingActive()) {
            return;
        }
        see(session_.transmit(
            {0x00, 0xA4, 0x02, 0x0C, {0x01, static_cast<std::uint8_t>(number)}, std::nullopt}));
        see(session_.transmit({0x00, 0xB0, 0x00, 0x00, {}, 200}));
    }

    void changeCardState(std::uint8_t choice) {
        if (!channel_) {
            return;
        }
        constexpr std::array<std::uint8_t, 5> states{0x01, 0x07, 0x0F, 0x7F, 0x0F};
        allowedWrite_ = Write::LifeCycle;
        static_cast<void>(
            channel_->transmit({0x80, 0xF0, 0x80, states[choice % states.size()], {}, std::nullopt}));
    }

    StoredObjects contentNow() {
        card::host::FlashMemory copy = memory_;
        return card::test::storedObjects(copy);
    }
    std::uint8_t attemptsNow() {
        card::host::FlashMemory copy = memory_;
        return card::test::failedAttempts(copy);
    }

    // What a command that wrote left behind; every erasure programs its count.
    void checkMemory() {
        if (meter_.takeProgrammed() == 0) {
            return;
        }
        const StoredObjects found = contentNow();
        const bool secured = stateOf(objects_) >= 0x0F;
        for (const StoredObjects* one : {static_cast<const StoredObjects*>(&objects_), &found}) {
            for (const auto& object : *one) {
                require(sameIn(object.first, objects_, found) || mayWrite(object.first, secured));
            }
        }
        require(number(found, card::manager::sequenceCounterObject) >=
                number(objects_, card::manager::sequenceCounterObject));
        require(number(found, card::emrtd::currentDateObject) >=
                number(objects_, card::emrtd::currentDateObject));
        // OP_READY 01, INITIALIZED 07, SECURED 0F; LOCKED 7F alone goes back to SECURED.
        require(stateOf(found) >= stateOf(objects_) || (stateOf(objects_) == 0x7F && stateOf(found) == 0x0F));
        const std::uint8_t attempts = attemptsNow();
        require(attempts >= attempts_ || (knowsPassword_ && attempts == 0));
        objects_ = found;
        attempts_ = attempts;
    }

    bool mayWrite(card::ObjectIdentifier id, bool secured) const {
        using namespace card;
        const bool lifeCycle = id == manager::lifeCycleObject || id == manager::sequenceCounterObject;
        const bool trustPoints =
            (id >= emrtd::firstTrustPointObject && id <= emrtd::recentTrustPointObject) || id == 0x021C;
        return (allowedWrite_ == Write::Anything && (!secured || lifeCycle)) ||
               (allowedWrite_ == Write::LifeCycle && lifeCycle) ||
               (allowedWrite_ == Write::TrustPoints && trustPoints);
    }

    static bool sameIn(card::ObjectIdentifier id, const StoredObjects& one, const StoredObjects& other) {
        const auto here = one.find(id);
        const auto there = other.find(id);
        return here != one.end() && there != other.end() && here->second == there->second;
    }

    static std::uint64_t number(const StoredObjects& objects, card::ObjectIdentifier id) {
        const auto found = objects.find(id);
        std::uint64_t value = 0;
        for (const std::uint8_t byte : found == objects.end() ? Bytes() : found->second) {
            value = value << 8 | byte;
        }
        return value;
    }

    static std::uint64_t stateOf(const StoredObjects& objects) {
        return number(objects, card::manager::lifeCycleObject);
    }

    card::host::FlashMemory memory_;
    card::host::MeteredFlash meter_{memory_};
    CardRandom random_;
    NoDelay delay_;
    card::Chip chip_;
    HostRandom hostRandom_;
    InProcessConnection connection_;
    CardSession session_;
    std::optional<SecureChannel> channel_;
    StoredObjects objects_;
    std::uint8_t attempts_;
    Bytes lastResponse_;
    /// The bit of the MAC, from its end, that goes wrong on the way; bytes behind the MAC.
    std::optional<std::uint8_t> flipped_;
    std::size_t macTrailer_ = 0;
    bool wasFlipped_ = false;
    /// 1 fingerprints, 2 irises, as Terminal Authentication granted them.
    unsigned rights_ = 0;
    /// Whether the step at work is an access protocol with the right password.
    bool knowsPassword_ = false;
    bool refused_ = false;
    Write allowedWrite_ = Write::None;
    unsigned heavySteps_ = 3;
    Bytes chipIdentifier_;
    Bytes terminalKey_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const card::host::FlashMemory open = issuedMemory(false);
    static const card::host::FlashMemory secured = issuedMemory(true);
    constexpr std::size_t maximumSteps = 24;
    Input input({data, size});
    Harness harness(input.byte() % 2 == 0 ? secured : open);
    for (std::size_t step = 0; step < maximumSteps && !input.atEnd(); ++step) {
        harness.step(input);
    }
    return 0;
}
