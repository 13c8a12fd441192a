// SPDX-License-Identifier: Apache-2.0
#include "host/lds/document_security_object.hpp"
#include "host/lds/security_object_file.hpp"
#include "personalization/pki/document_signer.hpp"
#include "tests/unit/personalization/pki/pki_fixture.hpp"

#include <doctest/doctest.h>

#include <array>
#include <thread>
#include <vector>

using namespace cancuoc;
using namespace cancuoc::personalization;

TEST_CASE("Many threads sign with one document signer, each its own document") {
    const test::PkiFixture pki;
    const DocumentSigner signer = DocumentSigner::load(pki.path(), [] { return test::noon(2026, 12, 1); });
    constexpr std::size_t threadCount = 4;
    constexpr int signatures = 25;
    std::array<int, threadCount> right{};
    std::vector<std::thread> threads;
    for (std::size_t index = 0; index < threadCount; ++index) {
        threads.emplace_back([&signer, &right, index] {
            for (int round = 0; round < signatures; ++round) {
                lds::DocumentSecurityObject object;
                object.dataGroupHashes[1] = Bytes(32, static_cast<std::uint8_t>(index));
                object.dataGroupHashes[2] = Bytes(32, static_cast<std::uint8_t>(round));
                const auto file = lds::SecurityObjectFile::decode(signer.sign(object));
                right.at(index) += file.documentSecurityObject() == object ? 1 : 0;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    for (const int count : right) {
        CHECK(count == signatures);
    }
}
