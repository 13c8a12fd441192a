// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/pace_bench.hpp"

#include "host/access/pace.hpp"
#include "host/crypto/bignum.hpp"
#include "tests/bench/median.hpp"
#include "tests/e2e/scripted_pair.hpp"

#include <ctime>
#include <stdexcept>

namespace cancuoc::bench {

namespace {

/// The processor time of this process, of which other programs take none.
double microseconds() {
    return static_cast<double>(std::clock()) * 1e6 / CLOCKS_PER_SEC;
}

constexpr std::string_view cardAccessNumber = "000001";
const Bytes terminalMappingKey(32, 0x35);
const Bytes terminalKey(32, 0x53);

PaceProtocol protocol() {
    return PaceProtocol::from({ObjectIdentifier::fromText("0.4.0.127.0.7.2.2.4.2.2"), e2e::brainpoolP256r1})
        .value();
}

Bytes scripted() {
    return concat(terminalMappingKey, terminalKey);
}

/// The chip's answers of one run, to be given again and again to a terminal with the same random values.
std::vector<Bytes> recordAnswers() {
    e2e::ChipInProcess chip(1);
    const e2e::StaticKey key{.scalar = Bytes(32, 0x11)};
    chip.personalize({.cardAccessNumber = toBytes(viewOf(cardAccessNumber)),
                      .mrzInformation = toBytes(viewOf("299000001199010182401014")),
                      .chipAuthenticationKey = key,
                      .activeAuthenticationKey = key});
    e2e::TerminalRandom random(2);
    random.script.set(scripted());
    CardSession session(chip.connection());
    static_cast<void>(Pace(session, random).perform(protocol(), AccessKey::fromCan(cardAccessNumber)));
    std::vector<Bytes> answers;
    const auto dialogue = chip.takeDialogue();
    for (std::size_t index = 1; index < dialogue.size(); index += 2) {
        answers.push_back(dialogue[index]);
    }
    return answers;
}

class Terminal {
public:
    explicit Terminal(const std::vector<Bytes>& answers)
        : answers_(answers),
          connection_("recorded chip", {}, [this](BytesView) { return answers_[next_++]; }) {}

    double measure() {
        next_ = 0;
        random_.script.set(scripted());
        const double start = microseconds();
        CardSession session(connection_);
        static_cast<void>(Pace(session, random_).perform(protocol_, key_));
        return microseconds() - start;
    }

private:
    const std::vector<Bytes>& answers_;
    std::size_t next_ = 0;
    InProcessConnection connection_;
    e2e::TerminalRandom random_{2};
    PaceProtocol protocol_ = protocol();
    AccessKey key_ = AccessKey::fromCan(cardAccessNumber);
};

/// Doc 9303-11, 4.4.1: the terminal multiplies G by its first private key and by the nonce, the chip's
/// mapping key by its first private key, the new generator by its second one, and the chip's second public
/// key too. It reads two points, writes two and writes one x-coordinate.
class Points {
public:
    explicit Points(const std::vector<Bytes>& answers)
        : chipMappingKey_(pointIn(answers[2])), chipKey_(pointIn(answers[3])) {}

    double measure() {
        const double start = microseconds();
        multiplyBase(*mappingPrivateKey_);
        write();
        multiply(*mappingPrivateKey_, read(chipMappingKey_));
        const EcPointPtr agreed = copy();
        multiplyBase(*nonce_);
        check(EC_POINT_add(&group(), product_.get(), product_.get(), agreed.get(), context_.get()));
        const EcPointPtr generator = copy();
        multiply(*privateKey_, *generator);
        write();
        multiply(*privateKey_, read(chipKey_));
        check(EC_POINT_get_affine_coordinates(&group(), product_.get(), x_.get(), nullptr, context_.get()));
        return microseconds() - start;
    }

private:
    // 7C 43, the tag, 41 and the point.
    static Bytes pointIn(const Bytes& answer) { return toBytes(BytesView(answer).subspan(4, 65)); }

    static void check(int result) {
        if (result != 1) {
            throw std::runtime_error("OpenSSL refused");
        }
    }

    [[nodiscard]] const EC_GROUP& group() const { return curve_.group(); }
    [[nodiscard]] EcPointPtr copy() const { return EcPointPtr(EC_POINT_dup(product_.get(), &group())); }

    void multiplyBase(const BIGNUM& scalar) {
        check(EC_POINT_mul(&group(), product_.get(), &scalar, nullptr, nullptr, context_.get()));
    }
    void multiply(const BIGNUM& scalar, const EC_POINT& point) {
        check(EC_POINT_mul(&group(), product_.get(), nullptr, &point, &scalar, context_.get()));
    }
    const EC_POINT& read(const Bytes& point) {
        check(EC_POINT_oct2point(&group(), received_.get(), point.data(), point.size(), context_.get()));
        return *received_;
    }
    void write() {
        check(EC_POINT_point2oct(&group(), product_.get(), POINT_CONVERSION_UNCOMPRESSED, written_.data(),
                                 written_.size(), context_.get()) == written_.size()
                  ? 1
                  : 0);
    }

    EllipticCurve curve_ = EllipticCurve::standardized(e2e::brainpoolP256r1);
    BignumContextPtr context_ = newBignumContext();
    BignumPtr mappingPrivateKey_ = toBignum(terminalMappingKey);
    BignumPtr privateKey_ = toBignum(terminalKey);
    BignumPtr nonce_ = toBignum(Bytes(16, 0x47));
    BignumPtr x_ = newBignum();
    EcPointPtr product_ = curve_.basePoint();
    EcPointPtr received_ = curve_.basePoint();
    Bytes written_ = Bytes(65);
    Bytes chipMappingKey_;
    Bytes chipKey_;
};

} // namespace

PaceTimes measurePace(std::size_t rounds) {
    const auto answers = recordAnswers();
    Terminal terminal(answers);
    Points points(answers);
    std::vector<double> terminalTimes;
    std::vector<double> pointTimes;
    for (std::size_t round = 0; round < rounds; ++round) {
        terminalTimes.push_back(terminal.measure());
        pointTimes.push_back(points.measure());
    }
    return {median(std::move(terminalTimes)), median(std::move(pointTimes))};
}

} // namespace cancuoc::bench
