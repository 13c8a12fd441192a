// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/background_verification.hpp"

#include <algorithm>
#include <chrono>
#include <future>

#include <doctest/doctest.h>

#include "host/base/error.hpp"
#include "host/lds/data_group_7.hpp"
#include "tests/unit/host/inspection/test_card.hpp"
#include "tests/unit/test_data.hpp"

using namespace cancuoc;
using namespace cancuoc::inspection;
using lds::FileId;
using test::IssuingFixture;
using test::TestCard;

namespace {

constexpr auto heldFor =
    std::chrono::milliseconds(50); // what does not wait for the worker is done long before

const Bytes& fileOf(FileId file) {
    static const auto image = TestCard::image();
    return std::find_if(
               image.files.begin(), image.files.end(),
               [&](const auto& candidate) { return candidate.fileIdentifier == lds::fileIdentifier(file); })
        ->content;
}

// A worker that does nothing before it is let go.
class HeldWorker {
public:
    HeldWorker() {
        static_cast<void>(worker.run([gate = gate_.get_future().share()] { gate.wait(); }));
    }
    void letGo() { gate_.set_value(); }

private:
    std::promise<void> gate_; // before the worker, which waits for it

public:
    Worker worker;
};

template <class Result>
bool isWaiting(const std::future<Result>& result) {
    return result.wait_for(heldFor) == std::future_status::timeout;
}

} // namespace

TEST_CASE("signature, hashes, images and pixels wait for the worker, and nobody waits to ask for them") {
    HeldWorker held;
    BackgroundVerification background(&test::issuer().trustStore(), IssuingFixture::clock()(), held.worker);
    background.verifySecurityObject(fileOf(FileId::Sod));
    background.hash(1, HashAlgorithm::Sha256, fileOf(FileId::DataGroup1));
    background.findFace(fileOf(FileId::DataGroup2), /*decodePixels*/ true);
    background.findImages(FileId::DataGroup7,
                          lds::DataGroup7{{test::readTestData("images/portrait.jp2")}}.encode(), true);

    auto authentication = std::async(std::launch::async, [&] { return background.passiveAuthentication(); });
    auto face = std::async(std::launch::async, [&] { return background.face(); });
    auto shownFace = std::async(std::launch::async, [&] { return background.shownFace(); });
    auto images = std::async(std::launch::async, [&] { return background.images(FileId::DataGroup7); });
    CHECK(isWaiting(authentication));
    CHECK(isWaiting(face));
    CHECK(isWaiting(shownFace));
    CHECK(isWaiting(images));
    held.letGo();

    const auto result = authentication.get();
    REQUIRE(result.has_value());
    CHECK(result->signature.result == trust::CheckResult::Passed);
    CHECK(result->hashes.result == trust::CheckResult::Passed);
    const auto foundFace = face.get();
    REQUIRE(foundFace.has_value());
    CHECK(shownFace.get().pixels == foundFace->pixels());
    const auto signatures = images.get();
    REQUIRE(signatures.size() == 1);
    CHECK(signatures.front().shown.pixels ==
          biometric::decodePixels(test::readTestData("images/portrait.jp2")));
}

TEST_CASE("pixels are made for those only who ask for them") {
    Worker worker;
    BackgroundVerification background(nullptr, IssuingFixture::clock()(), worker);
    background.findFace(fileOf(FileId::DataGroup2), false);
    background.findImages(FileId::DataGroup7,
                          lds::DataGroup7{{test::readTestData("images/portrait.jp2")}}.encode(), false);
    CHECK(background.face().has_value());
    CHECK_FALSE(background.shownFace().pixels.has_value());
    CHECK_FALSE(background.images(FileId::DataGroup7).front().shown.pixels.has_value());
}

TEST_CASE("a file of images that cannot be decoded says so when it is asked for") {
    Worker worker;
    BackgroundVerification background(nullptr, IssuingFixture::clock()(), worker);
    background.findImages(FileId::DataGroup7, Bytes{0x67, 0x03, 0x02}, true);
    CHECK_THROWS_AS(static_cast<void>(background.images(FileId::DataGroup7)), MalformedData);
    CHECK(background.images(FileId::DataGroup5).empty());
}
