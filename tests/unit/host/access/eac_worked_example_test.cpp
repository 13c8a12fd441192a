// SPDX-License-Identifier: Apache-2.0
// The worked examples of Extended Access Control version 2, ECDH and DH: see tests/data/eac-worked-example.
#include "host/access/chip_authentication.hpp"
#include "host/access/key_derivation.hpp"
#include "host/access/terminal_authentication.hpp"
#include "host/crypto/public_key_compression.hpp"
#include "host/trust/terminal_keys.hpp"
#include "tests/unit/host/access/eac_chip.hpp"
#include "tests/unit/host/access/scripted.hpp"
#include "tests/unit/test_data.hpp"

#include <doctest/doctest.h>
#include <openssl/x509.h>

using namespace cancuoc;
using test::EacChip;

namespace {

struct WorkedExample {
    std::string name;
    std::string_view paceSecret;
    std::string_view paceChipKey;
    std::string_view firstCryptogram;
    std::string_view firstChecksum;
    std::string_view challenge;
    std::string_view signature;
    std::string_view protocol;
    std::string_view terminalPrivateKey;
    std::string_view terminalPublicKey;
    std::string_view chipPrivateKey;
    std::string_view chipPublicKey;
    std::string_view nonce;
    std::string_view token;
    std::string_view encryptionKey;
    std::string_view macKey;

    [[nodiscard]] bool isDiffieHellman() const { return name == "dh"; }
    [[nodiscard]] trust::CvCertificate certificate(const std::string& holder) const {
        return trust::CvCertificate::decode(
            test::readTestData("eac-worked-example/" + name + "-" + holder + ".cvcert"));
    }
    [[nodiscard]] EvpKey terminalKey() const {
        const Bytes file = test::readTestData("eac-worked-example/" + name + "-terminal.pkcs8");
        const std::uint8_t* input = file.data();
        return EvpKey(d2i_AutoPrivateKey(nullptr, &input, static_cast<long>(file.size())));
    }
};

const WorkedExample workedExamples[] = {
    {
        "ecdh",
        // PACE: the session that everything runs in, and what the chip is known by.
        "6E7D077CCD367C2EAA683F1E8EC534302E2D00B6ADAF8A87A6EDA78740F17606",
        "04282CF38073036AFAC216AF135BD994DA0C357F10BD4C34AFEA1042B2EB0FD6804DF3658B835AC2E7133F13691184542BB5"
        "0B109963A4662ABDC08B9763AF4B5B",
        // Secure messaging: the first command's cryptogram and the first response's checksum.
        "BE90237EEB4BA0FF253EA246AE31C8B8",
        "A89570A68664A7D6",
        // Terminal Authentication.
        "547E4EAB03B235D2",
        "81A2D9E5891B86A0F01ADD0341C89D6E9EF3E20C223884F27B2F2040E9721C46C9C3CF7C0EE0A422263BA6F1EAFC693BD873"
        "8F34760B5998584F58DD25B8D60D99D7C45957C2E2F10C0E5F91A8DC88BD7CFA33CBF784A9DA83C800324165179DBE71C69B"
        "2C0FD811270E436C43278184DDB542142342DBF156E82D2A1BC19085",
        // Chip Authentication.
        "0.4.0.127.0.7.2.2.3.2.2",
        "A6A4D255C5BF7A77EC3D0553DB74F693CF044E18C98364D4977A296108AF19BD",
        "045A7A377FC9CAFC03AC7FF45441A8B2909D88EAB8E6B0173847AB49B949DF3799A34EE57EC55268CF8B1C3EC489F8BF4CF4"
        "C68D3FD9670E89C0D5D3FFF1AAF89F",
        "7984674CF3B3A524BF929CE8A67FCF22173DA0BAD595EED6DEB72D22C542FA9D",
        "04A44EBE5451DF7AADB01E459B8C928A87746A57927C8C28A6775C97A7E1FE8D9A46FF4A1CC7E4D1389AEA19758E4F75C28C"
        "598FD734AEBEB135337CF95BE12E94",
        "4287B3072A3EDC60",
        "FF0117D68DEE8E72",
        "94ABCD271AB7D9A5590BA52CB518B831",
        "78B5709E7ABEDB185B424D0EE3A82499",
    },
    {
        "dh",
        // PACE: the session that everything runs in, and what the chip is known by.
        "6BABC7B3A72BCD7EA385E4C62DB2625BD8613B24149E146A629311C4CA6698E38B834B6A9E9CD7184BA8834AFF5043D43695"
        "0C4C1E7832367C10CB8C314D40E5990B0DF7013E64B4549E2270923D06F08CFF6BD3E977DDE6ABE4C31D55C0FA2E465E553E"
        "77BDF75E3193D3834FC26E8EB1EE2FA1E4FC97C18C3F6CFFFE2607FD",
        "075693D9AE941877573E634B6E644F8E60AF17A0076B8B123D9201074D36152BD8B3A213F53820C42ADC79AB5D0AEEC3AEFB"
        "91394DA476BD97B9B14D0A65C1FC71A0E019CB08AF55E1F729005FBA7E3FA5DC41899238A250767A6D46DB974064386CD456"
        "743585F8E5D90CC8B4004B1F6D866C79CE0584E49687FF61BC29AEA1",
        // Secure messaging: the first command's cryptogram and the first response's checksum.
        "B37BB57DA1DB37D1C49604917BD699E61D6A3074E69E4067A1B3990388233633",
        "EBFF08D3B20A0414",
        // Terminal Authentication.
        "FC210C174A801D46",
        "37C7360C55579DE28A41DF8A1D17032C4B9F90DF7F646DF33F77EF976AE4C45CDBA3776399648C755043790F0F19BFC146D0"
        "53B77036CA9B24BFB4B7934FAC042671E23BE6E3CA2B246CE2066C1F0550383418192F06D6AD6C0ACB1E70BDEAD60EA10B31"
        "E074F49E5E8AEB54E6F4F83CE998957953F97F870058013D0E745D0A",
        // Chip Authentication.
        "0.4.0.127.0.7.2.2.3.1.2",
        "0DD05A00F2BE7CD6A8BD0AFF10E47B9CC9BBC842",
        "A2830947A6FCAACDE2FCB88B29AB38E07C3453ABC4BCB466087E11C79F32A19E6EF22BE108F8DD18FE8249C960951511200D"
        "C985AA3EC0CCAD59A5F9BBCC33EE5F1577E20330B4DD10EB06B740277C97A189180EDE52BEE9D429F10FB77F180F05D6A99C"
        "499CB5E1ECEEB8E92284F66EA98479674CE73F53C567A03B0D297833",
        "D0E5A95ECA541DEF4FE92B9FF9920D49A454C297",
        "1B3345F8DC04341BF8B2C97F652FA680E5D4FA4C146AE4B839431A644A79BC368C4822C89CD018A57F953644BEDA679C5B53"
        "2902320E83E13B80DEEF8C18AF3E7D493AE3F88196101B9F78EAFE4B3025EF8BFF916B2FC02D762D0838DEA29C09B485591C"
        "2F47F87C71F530BB358F56AF6459D86DBF85EAF9EDBD962CD364F7B8",
        "1A1AC1AB04D96965",
        "756891580F70164D",
        "E813D09DF69FFCC63763C537F828985C",
        "066721F3EBEA787B4F1C6DCA431EC229",
    },
};

PresentedCertificate present(const trust::CvCertificate& certificate) {
    return {certificate.body().authorityReference, certificate.body().holderReference,
            toBytes(certificate.bodyAndSignature())};
}

// The chip of an example, and the public key that it shows.
struct ExampleChip {
    explicit ExampleChip(const WorkedExample& example) {
        EacChip::Configuration configuration;
        const Bytes privateKey = fromHex(example.chipPrivateKey);
        if (example.isDiffieHellman()) {
            const auto group = DiffieHellmanGroup::standardized(0);
            configuration.chipKeys[""] = [group, privateKey](BytesView terminalKey) {
                const auto key = DiffieHellmanKeyPair::fromPrivateKey(group, privateKey);
                return toBytes(key.agree(terminalKey).view());
            };
            publicKey = DiffieHellmanPublicKey{group, fromHex(example.chipPublicKey)};
        } else {
            const auto curve = EllipticCurve::standardized(13);
            configuration.chipKeys[""] = [curve, privateKey](BytesView terminalKey) {
                const auto key = EllipticCurveKeyPair::fromPrivateKey(curve, privateKey);
                return toBytes(key.agree(terminalKey).view());
            };
            publicKey = EllipticCurvePublicKey{curve, fromHex(example.chipPublicKey)};
        }
        configuration.diffieHellman = example.isDiffieHellman();
        configuration.version2Nonce = fromHex(example.nonce);
        configuration.fingers = fromHex("6300");
        configuration.extendedLength = true;
        chip.emplace(std::move(configuration), BlockCipher::Aes128, fromHex(example.paceSecret));
        const Bytes paceKey = fromHex(example.paceChipKey);
        chip->terminalVerifier.identifier =
            example.isDiffieHellman() ? compressElement(paceKey) : compressPoint(paceKey);
        chip->terminalVerifier.challenge = fromHex(example.challenge);
        const auto cvca = example.certificate("cvca");
        chip->terminalVerifier.trustPoints.emplace(cvca.body().holderReference, cvca.body().publicKey);
    }

    std::optional<EacChip> chip;
    std::optional<ChipPublicKey> publicKey;
};

} // namespace

TEST_CASE("The worked examples of Terminal and Chip Authentication version 2 replay") {
    for (const WorkedExample& example : workedExamples) {
        CAPTURE(example.name);
        ExampleChip example0(example);
        EacChip& chip = *example0.chip;
        const ChipPublicKey& chipKey = *example0.publicKey;
        CardSession session(chip);
        session.startSecureMessaging(
            SecureMessaging::fromSharedSecret(BlockCipher::Aes128, fromHex(example.paceSecret)));

        test::ScriptedRandom random(example.terminalPrivateKey);
        const auto keyPair = EphemeralKeyPair::generate(chipKey, random);
        CHECK(toHex(keyPair.publicKey()) == example.terminalPublicKey);

        const auto terminal = example.certificate("terminal");
        const auto& terminalPublicKey = terminal.body().publicKey;
        const auto curve = example.certificate("cvca").body().publicKey.curve();
        const EvpKey privateKey = example.terminalKey();
        REQUIRE(privateKey);
        Bytes signature;
        const TerminalCredentials credentials{
            {present(example.certificate("document-verifier")), present(terminal)},
            [&](BytesView toBeSigned) {
                // The published signature is over exactly these bytes.
                CHECK(verify(terminalPublicKey.scheme(), *terminalPublicKey.toEvpKey(curve), toBeSigned,
                             fromHex(example.signature)));
                signature = sign(terminalPublicKey.scheme(), *privateKey, toBeSigned);
                return signature;
            }};
        const auto terminalResult = TerminalAuthentication(session).performVersion2(
            credentials, terminalPublicKey.algorithm, chip.terminalVerifier.identifier,
            keyPair.compressedPublicKey());
        CHECK(terminalResult.reason.empty());
        CHECK(terminalResult.accepted);
        if (example.isDiffieHellman()) {
            // RSASSA-PKCS1-v1_5 leaves no choice.
            CHECK(toHex(signature) == example.signature);
        }
        const std::string firstCommand = toHex(chip.encoded.at(0));
        CHECK(firstCommand.substr(0, 8) == "0C2281B6");
        CHECK(firstCommand.find("01" + std::string(example.firstCryptogram) + "8E08") != std::string::npos);
        CHECK(toHex(chip.responses.at(0)) == "990290008E08" + std::string(example.firstChecksum) + "9000");

        const auto protocol = ChipAuthenticationProtocol::from(ObjectIdentifier::fromText(example.protocol));
        const auto result = ChipAuthentication(session, random).performVersion2(*protocol, chipKey, keyPair);
        CHECK(result.reason.empty());
        REQUIRE(result.proven);
        CHECK(toHex(chip.token) == example.token);
        const Bytes secret = concat(keyPair.agree(chipKey).view(), fromHex(example.nonce));
        CHECK(toHex(deriveKey(secret, KeyPurpose::Encryption, BlockCipher::Aes128).view()) ==
              example.encryptionKey);
        CHECK(toHex(deriveKey(secret, KeyPurpose::MessageAuthentication, BlockCipher::Aes128).view()) ==
              example.macKey);
        CHECK(session.transmit({.ins = 0xB0, .p1 = 0x83, .le = 256}).data == fromHex("6300"));
    }
}

TEST_CASE("Version 2 proves nothing without the right token") {
    for (const WorkedExample& example : workedExamples) {
        CAPTURE(example.name);
        ExampleChip example0(example);
        EacChip& chip = *example0.chip;
        chip.terminalVerifier.compressedTerminalKey = {};
        CardSession session(chip);
        session.startSecureMessaging(
            SecureMessaging::fromSharedSecret(BlockCipher::Aes128, fromHex(example.paceSecret)));
        test::ScriptedRandom random(example.terminalPrivateKey);
        const auto keyPair = EphemeralKeyPair::generate(*example0.publicKey, random);
        const auto protocol = ChipAuthenticationProtocol::from(ObjectIdentifier::fromText(example.protocol));
        ChipAuthentication chipAuthentication(session, random);
        // A key that Terminal Authentication did not sign is refused by the chip.
        const auto refused = chipAuthentication.performVersion2(*protocol, *example0.publicKey, keyPair);
        CHECK_FALSE(refused.proven);
        CHECK_FALSE(refused.reason.empty());
        // A chip with another private key makes another token.
        chip.terminalVerifier.compressedTerminalKey = keyPair.compressedPublicKey();
        chip.changesToken = true;
        const auto forged = chipAuthentication.performVersion2(*protocol, *example0.publicKey, keyPair);
        CHECK_FALSE(forged.proven);
        CHECK_FALSE(forged.reason.empty());
    }
}
