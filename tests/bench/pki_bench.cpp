// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/pki_bench.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <stdexcept>

#include "host/base/file.hpp"
#include "host/crypto/digest.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/trust/master_list.hpp"
#include "personalization/lint/certificate_rules.hpp"
#include "personalization/pki/document_signer.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"
#include "tests/bench/median.hpp"

namespace cancuoc::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t batches = 9;
constexpr std::size_t maximumList = std::size_t{16} << 20;

double microseconds(std::size_t rounds, const std::function<void()>& work) {
    const auto start = Clock::now();
    for (std::size_t round = 0; round < rounds; ++round) {
        work();
    }
    return std::chrono::duration<double, std::micro>(Clock::now() - start).count() /
           static_cast<double>(rounds);
}

struct Pair {
    double ours;
    double raw;
};

Pair byTurns(std::size_t rounds, const std::function<void()>& ours, const std::function<void()>& raw) {
    std::vector<double> oursTimes;
    std::vector<double> rawTimes;
    for (std::size_t batch = 0; batch < batches; ++batch) {
        oursTimes.push_back(microseconds(rounds, ours));
        rawTimes.push_back(microseconds(rounds, raw));
    }
    return {median(oursTimes), median(rawTimes)};
}

// What a card has: six data groups, 42 kB in all.
std::map<int, Bytes> dataGroups() {
    return {{1, Bytes(95, 0x01)},   {2, Bytes(16'000, 0x02)}, {3, Bytes(25'000, 0x03)},
            {13, Bytes(400, 0x0D)}, {14, Bytes(400, 0x0E)},   {15, Bytes(300, 0x0F)}};
}

void signAndVerify(EVP_PKEY& key, BytesView message) {
    const DigestContextPtr context(EVP_MD_CTX_new());
    Bytes signature(128);
    std::size_t size = signature.size();
    if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, &key) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1) {
        throw std::runtime_error("the key does not sign");
    }
    const DigestContextPtr verification(EVP_MD_CTX_new());
    if (EVP_DigestVerifyInit(verification.get(), nullptr, EVP_sha256(), nullptr, &key) != 1 ||
        EVP_DigestVerify(verification.get(), signature.data(), size, message.data(), message.size()) != 1) {
        throw std::runtime_error("the signature does not verify");
    }
}

} // namespace

SecurityObjectTimes measureSecurityObject(const std::filesystem::path& pki, std::size_t rounds) {
    const auto files = dataGroups();
    const auto signer = personalization::DocumentSigner::load(pki);
    const auto key = personalization::KeyStore().read(personalization::PkiFiles(pki).documentSignerKey);
    const auto hashed = [&files] {
        lds::DocumentSecurityObject object;
        for (const auto& [number, content] : files) {
            object.dataGroupHashes[number] = digest(object.hashAlgorithm, content);
        }
        return object;
    };
    const Bytes message(100, 0x31); // about as long as the signed attributes
    const auto times = byTurns(
        rounds, [&] { static_cast<void>(signer.sign(hashed())); },
        [&] {
            static_cast<void>(hashed());
            signAndVerify(*key, message);
        });
    return {times.ours, times.raw};
}

LintTimes measureLint(const std::filesystem::path& masterList, std::size_t rounds) {
    const auto list =
        trust::MasterList::unverified(lds::SignedData::decode(readFile(masterList, maximumList)))
            .certificates;
    const auto times = byTurns(
        rounds,
        [&] {
            for (const auto& der : list) {
                static_cast<void>(personalization::lint::checkCertificate(trust::Certificate::decode(der)));
            }
        },
        [&] {
            for (const auto& der : list) {
                const unsigned char* position = der.data();
                const X509Ptr certificate(d2i_X509(nullptr, &position, static_cast<long>(der.size())));
            }
        });
    const auto count = static_cast<double>(list.size());
    return {times.ours / count, times.raw / count};
}

} // namespace cancuoc::bench
