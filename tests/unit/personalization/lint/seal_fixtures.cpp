// SPDX-License-Identifier: Apache-2.0
// Digital seals: Doc 9303-13. What breaks no rule is the worked example of Doc 9303-8, appendix B.
#include "tests/unit/personalization/lint/fixtures.hpp"

#include "qr/c40.hpp"
#include "qr/digital_seal.hpp"

#include <algorithm>

namespace cancuoc::test {

namespace {

using Companions = std::vector<std::string>;

const Bytes unreadableDate = fromHex("FFFFFF");

// Version 4, signer UTTS, certificate 5B, feature definition 5E, document type 03, then the features, FF, 64.
Bytes workedExample() {
    return fromHex("DC03D9C5D9CAC8A73A995D913A7D9C57"
                   "5E030230BAB3D2B3C549CD1DA93C5BD4"
                   "58135C6F57FC133C133C133C6B38208A"
                   "4D0D4A32B0C11AE6268427153F7C453C"
                   "133C1345FF4039034E85DA183C1CC0D3"
                   "AC16732D7EE2C20D7AEF7B381C0AE509"
                   "F10A97890D511C3C47B94807A4D0F67C"
                   "E9083A7F206F04FB35AFDB8AB9658A93"
                   "327A4E0EE6ED");
}

constexpr std::size_t afterHeader = 18;
constexpr std::size_t signatureMarkerAt = 68;

// Of a visa, with its MRZ and that signature.
Bytes visa(int version, const std::string& certificateReference = "12345", std::size_t signatureSize = 64,
           std::uint8_t mrzTag = 0x01) {
    using namespace std::chrono;
    qr::SealContent content{
        {version, "UTO", "UTTS", certificateReference, 2026y / 1 / 15, 2026y / 1 / 16, 0x5D, 0x01},
        {{mrzTag, Bytes(48, 0x33)}, {0x05, Bytes(6, 0x33)}}};
    return qr::signSeal(content, [&](BytesView) { return Bytes(signatureSize, 0x44); });
}

class SealFixtures {
public:
    void add(const std::string& rule, const Bytes& good, const Bytes& failing,
             const Companions& companions = {}) {
        all_.push_back({"seal." + rule, good, failing, companions});
    }
    /// The worked example with other bytes from there on.
    void addPatched(const std::string& rule, std::size_t at, const Bytes& bytes,
                    const Companions& companions = {}) {
        auto seal = workedExample();
        std::copy(bytes.begin(), bytes.end(), seal.begin() + static_cast<std::ptrdiff_t>(at));
        add(rule, workedExample(), seal, companions);
    }
    [[nodiscard]] const std::vector<Fixture>& all() const { return all_; }

private:
    std::vector<Fixture> all_;
};

const Companions unreadable{"file.malformed"};

// The worked example with `bytes` in place of `count` bytes.
Bytes spliced(std::size_t at, std::size_t count, const Bytes& bytes) {
    const auto seal = workedExample();
    const BytesView view(seal);
    return concat(view.first(at), bytes, view.subspan(at + count));
}

void addHeader(SealFixtures& fixtures) {
    fixtures.addPatched("version", 1, Bytes{0x04}, unreadable);
    fixtures.addPatched("issuing-country", 2, qr::encodeC40("U1O"), unreadable);
    fixtures.addPatched("issuing-country", 2, fromHex("0000"), unreadable);
    fixtures.addPatched("signer-identifier", 4, qr::encodeC40("U1TS02"));
    fixtures.addPatched("signer-identifier", 4, qr::encodeC40("UT S02"));
    fixtures.addPatched("certificate-reference", 8, qr::encodeC40("5G"), unreadable);
    fixtures.addPatched("test-reference", 8, qr::encodeC40("00"));
    fixtures.add("test-reference", visa(4), visa(4, "00000"));
    fixtures.addPatched("document-issue-date", 10, unreadableDate, unreadable);
    fixtures.addPatched("signature-date", 13, unreadableDate, unreadable);
    fixtures.add("feature-definition", workedExample(), spliced(16, 1, Bytes{0x00}), unreadable);
    fixtures.addPatched("document-type", 17, Bytes{0xFF});
}

void addMessage(SealFixtures& fixtures) {
    fixtures.add("lengths", workedExample(), spliced(afterHeader + 1, 1, fromHex("8130")), unreadable);
    fixtures.add("features-once", workedExample(),
                 spliced(signatureMarkerAt, 0, concat(fromHex("0230"), Bytes(48, 0x33))));
    fixtures.addPatched("mrz", afterHeader, Bytes{0x03});
    fixtures.add("mrz", visa(4), visa(4, "12345", 64, 0x03));
    fixtures.add("mrz-length", workedExample(), spliced(afterHeader + 1, 3, Bytes{0x2E}));
    fixtures.add("visa-version", visa(4), visa(3));
    auto emergency = visa(3, "12345", 64, 0x02);
    emergency[16] = 0x5E;
    emergency[17] = 0x03;
    fixtures.add("emergency-version", workedExample(), emergency);
}

void addSignature(SealFixtures& fixtures) {
    auto longer = workedExample();
    longer.push_back(0x00);
    fixtures.add("whole", workedExample(), longer, unreadable);
    const auto seal = workedExample();
    fixtures.add("whole", workedExample(), toBytes(BytesView(seal).first(signatureMarkerAt)), unreadable);
    auto odd = visa(4, "12345", 65);
    fixtures.add("signature", visa(4), odd, unreadable);
    fixtures.add("signature-length", visa(4), visa(4, "12345", 56));
}

} // namespace

std::vector<Fixture> sealFixtures() {
    SealFixtures fixtures;
    addHeader(fixtures);
    addMessage(fixtures);
    addSignature(fixtures);
    return fixtures.all();
}

} // namespace cancuoc::test
