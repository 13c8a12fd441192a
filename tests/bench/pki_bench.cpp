// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/pki_bench.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <map>
#include <stdexcept>
#include <thread>

#include "host/base/file.hpp"
#include "host/crypto/digest.hpp"
#include "host/lds/document_security_object.hpp"
#include "host/trust/master_list.hpp"
#include "host/trust/pkcs11_token.hpp"
#include "personalization/lint/certificate_rules.hpp"
#include "personalization/pki/document_signer.hpp"
#include "personalization/pki/document_signer_rotation.hpp"
#include "personalization/pki/pem_file.hpp"
#include "personalization/pki/public_key_infrastructure.hpp"
#include "tests/bench/median.hpp"

namespace cancuoc::bench {

namespace {

using Stopwatch = std::chrono::steady_clock;

constexpr std::size_t batches = 9;
constexpr std::size_t maximumList = std::size_t{16} << 20;

double microseconds(std::size_t rounds, const std::function<void()>& work) {
    const auto start = Stopwatch::now();
    for (std::size_t round = 0; round < rounds; ++round) {
        work();
    }
    return std::chrono::duration<double, std::micro>(Stopwatch::now() - start).count() /
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

lds::DocumentSecurityObject hashesOf(const std::map<int, Bytes>& files) {
    lds::DocumentSecurityObject object;
    for (const auto& [number, content] : files) {
        object.dataGroupHashes[number] = digest(object.hashAlgorithm, content);
    }
    return object;
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

struct Signing {
    double signaturesASecond;
    double longest; ///< microseconds
};

// So many signatures by two threads, with document signers of `limit` signatures each.
Signing signWithRotation(const std::filesystem::path& pki, std::uint64_t limit, std::size_t signatures,
                         const personalization::KeyStore& keys) {
    constexpr std::size_t workers = 2;
    SystemRandom random;
    personalization::createPki(pki, {}, systemClock(), random, keys);
    personalization::DocumentSignerLimits limits;
    limits.signatures = limit;
    const personalization::DocumentSignerRotation rotation(pki, limits, systemClock(), random, keys);
    lds::DocumentSecurityObject object;
    object.dataGroupHashes = {{1, Bytes(32, 0x11)}, {2, Bytes(32, 0x22)}};
    std::vector<double> longest(workers, 0);
    std::vector<std::thread> threads;
    const double all = microseconds(1, [&] {
        for (double& own : longest) {
            threads.emplace_back([&] {
                for (std::size_t index = 0; index < signatures / workers; ++index) {
                    own = std::max(own, microseconds(1, [&] { static_cast<void>(rotation.sign(object)); }));
                }
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
    });
    return {static_cast<double>(signatures) / all * 1e6, *std::max_element(longest.begin(), longest.end())};
}

} // namespace

SecurityObjectTimes measureSecurityObject(const std::filesystem::path& pki, std::size_t rounds) {
    const auto files = dataGroups();
    const auto signer = personalization::DocumentSigner::load(pki);
    const auto key = personalization::KeyStore().read(personalization::PkiFiles(pki).documentSignerKey);
    const Bytes message(100, 0x31); // about as long as the signed attributes
    const auto times = byTurns(
        rounds, [&] { static_cast<void>(signer.sign(hashesOf(files))); },
        [&] {
            static_cast<void>(hashesOf(files));
            signAndVerify(*key, message);
        });
    return {times.ours, times.raw};
}

RotationTimes measureRotation(const std::filesystem::path& folder, std::uint64_t signatures) {
    constexpr std::size_t signers = 5;
    const personalization::KeyStore keys(SecretBytes(viewOf("a passphrase for the bench")));
    const auto one = signWithRotation(folder / "one", signers * signatures, signatures, keys);
    const auto five = signWithRotation(folder / "five", signatures, signers * signatures, keys);
    return {signers, five.signaturesASecond, five.longest / 1000, one.longest / 1000};
}

TokenTimes measureToken(const std::filesystem::path& folder, std::size_t rounds) {
    constexpr const char* uri = "pkcs11:token=bench?module-path=/usr/lib/softhsm/libsofthsm2.so";
    const auto tokens = folder / "tokens";
    std::filesystem::create_directories(tokens);
    writeFile(folder / "softhsm2.conf",
              viewOf("directories.tokendir = " + tokens.string() + "\nlog.level = ERROR\n"));
    ::setenv("SOFTHSM2_CONF", (folder / "softhsm2.conf").c_str(), 1);
    if (std::system("softhsm2-util --init-token --free --label bench --pin 1234 --so-pin 5678 >/dev/null") !=
        0) {
        throw std::runtime_error("softhsm2-util makes no token");
    }
    SystemRandom random;
    const auto pki = folder / "pki";
    const personalization::KeyStore keys(SecretBytes(viewOf("1234")));
    personalization::createPki(pki, {.token = uri}, systemClock(), random, keys);
    const auto signer = personalization::DocumentSigner::load(pki, systemClock(), keys);
    const auto place = personalization::KeyStore::tokenOf(personalization::PkiFiles(pki).documentSignerKey);
    const auto key = trust::Pkcs11Token(place, SecretBytes(viewOf("1234"))).find(place);
    const auto publicKey = trust::Certificate::decode(signer.certificate()).publicKey();
    const auto files = dataGroups();
    const Bytes message(100, 0x31);
    const Bytes hash = digest(HashAlgorithm::Sha256, message);
    const SignatureScheme scheme{SignatureScheme::Kind::EcdsaPlain, HashAlgorithm::Sha256};
    const auto times = byTurns(
        rounds, [&] { static_cast<void>(signer.sign(hashesOf(files))); },
        [&] {
            static_cast<void>(hashesOf(files));
            if (!verify(scheme, *publicKey, message, key.signHash(hash))) {
                throw std::runtime_error("the signature does not verify");
            }
        });
    const auto alone = byTurns(
        rounds, [&] { static_cast<void>(key.signHash(hash)); }, [] {});
    return {times.ours, alone.ours, times.raw};
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
