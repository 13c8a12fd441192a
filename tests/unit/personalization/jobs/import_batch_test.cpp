// SPDX-License-Identifier: Apache-2.0
// An order on its way into the store: in memory there is a part of it only.
#include "personalization/jobs/import_batch.hpp"

#include "tests/unit/personalization/jobs/job_samples.hpp"
#include "tests/unit/personalization/jobs/store_places.hpp"

#include <algorithm>

using namespace cancuoc;
using namespace cancuoc::personalization;
using namespace cancuoc::test;

namespace {

/// Imports so many submissions with portraits of so many bytes; how many were held at most.
template <class Place>
std::size_t mostHeld(const Place& place, int count, std::size_t portraitBytes) {
    const auto store = place.open();
    std::size_t added = 0;
    ImportBatch batch(*store, "order", [&added](const CitizenRecord&, ImportOutcome outcome) {
        added += outcome == ImportOutcome::Added ? 1 : 0;
    });
    std::size_t most = 0;
    for (int index = 1; index <= count; ++index) {
        Submission next = submission(index);
        next.pictures.portrait.resize(portraitBytes);
        batch.add(std::move(next));
        most = std::max(most, static_cast<std::size_t>(index) - added);
        CHECK(store->counts().requests == added); // what was told is on the disk
    }
    batch.store();
    CHECK(added == static_cast<std::size_t>(count));
    CHECK(store->counts().waiting == added);
    return most;
}

} // namespace

TEST_CASE_TEMPLATE("an import holds a bounded part of an order, by count and by bytes", Place, SqlitePlace,
                   PostgresqlPlace) {
    CHECK(mostHeld(Place(), 1000, 10) == ImportBatch::mostSubmissions - 1);
    constexpr std::size_t large = std::size_t{6} << 20U;
    CHECK(mostHeld(Place(), 8, large) == 2); // the third is stored as it comes
}
