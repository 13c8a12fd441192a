// SPDX-License-Identifier: Apache-2.0
// openpace_issued_card RECORDS.csv PKI DIR: builds the card of the first record as issuance does, and writes
// it for openpace_chip: its files, its keys, and what opens it (can, mrz).
#include "host/base/random.hpp"
#include "personalization/intake/intake.hpp"
#include "personalization/issuance/card_builder.hpp"
#include "tests/interop/openpace/card_content.hpp"

#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include <fstream>
#include <iostream>

namespace {

using namespace peer;
namespace personalization = cancuoc::personalization;

Key toKey(const personalization::ChipKeyPair& pair) {
    const char* const curve = pair.standardizedDomainParameters == 13 ? "brainpoolP256r1" : "P-256";
    const cancuoc::BytesView scalar = pair.privateKey.view();
    const std::unique_ptr<BIGNUM, decltype(&BN_clear_free)> number(
        BN_bin2bn(scalar.data(), static_cast<int>(scalar.size()), nullptr), &BN_clear_free);
    const std::unique_ptr<OSSL_PARAM_BLD, decltype(&OSSL_PARAM_BLD_free)> builder(OSSL_PARAM_BLD_new(),
                                                                                  &OSSL_PARAM_BLD_free);
    require(OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve, 0) == 1 &&
                OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY,
                                                 pair.publicKey.data(), pair.publicKey.size()) == 1 &&
                OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get()) == 1,
            "the chip's key could not be described");
    const std::unique_ptr<OSSL_PARAM, decltype(&OSSL_PARAM_free)> parameters(
        OSSL_PARAM_BLD_to_param(builder.get()), &OSSL_PARAM_free);
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr), &EVP_PKEY_CTX_free);
    EVP_PKEY* key = nullptr;
    require(EVP_PKEY_fromdata_init(context.get()) == 1 &&
                EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters.get()) == 1,
            "OpenSSL does not take the chip's key");
    return {key, &EVP_PKEY_free};
}

personalization::CardImage issue(const std::filesystem::path& records, const std::filesystem::path& pki) {
    personalization::Intake intake(records, {});
    const auto first = intake.next();
    require(first && first->submission, "the first record was not taken in");
    cancuoc::SystemRandom random;
    return personalization::buildCard(first->submission->record, first->submission->pictures,
                                      personalization::ChipKeys::generate(random),
                                      personalization::DocumentSigner::load(pki));
}

CardContent toContent(const personalization::CardImage& image) {
    CardContent content;
    content.files[0x011C] = image.cardAccess;
    for (const personalization::ElementaryFile& file : image.files) {
        content.files[file.fileIdentifier] = file.content;
    }
    content.chipAuthenticationKey = toKey(image.keys.chipAuthentication);
    content.activeAuthenticationKey = toKey(image.keys.activeAuthentication);
    return content;
}

void writeText(const std::filesystem::path& path, View text) {
    std::ofstream(path) << std::string(text.begin(), text.end());
}

} // namespace

int main(int count, char** arguments) {
    try {
        require(count == 4, "usage: openpace_issued_card RECORDS.csv PKI DIR");
        const std::filesystem::path folder = arguments[3];
        const personalization::CardImage image = issue(arguments[1], arguments[2]);
        const CardContent content = toContent(image);
        content.save(folder);
        writeText(folder / "can", image.cardAccessNumber.view());
        writeText(folder / "mrz", View(content.files.at(0x0101)).last(90));
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "openpace_issued_card: " << error.what() << '\n';
        return 1;
    }
}
