// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/wsq_filter_bank.hpp"

#include "host/base/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace cancuoc::biometric::wsq {

namespace {

double alternate(std::ptrdiff_t index) {
    return index % 2 == 0 ? 1 : -1;
}

/// The tap of the synthesis filter at `distance` from the centre, taps at whole distances: the other band's
/// analysis filter with every second sign changed.
double wholeTap(const AnalysisFilter& other, std::ptrdiff_t distance) {
    const auto index = static_cast<std::size_t>(std::abs(distance));
    return index < other.rightHalf.size() ? alternate(distance) * other.rightHalf[index] : 0;
}

/// The same for taps at distance + 1/2: the low-pass filter is symmetric, the high-pass one antisymmetric.
double halfTap(const AnalysisFilter& other, std::ptrdiff_t distance, bool antisymmetric) {
    const bool left = distance < 0;
    const std::ptrdiff_t index = left ? -1 - distance : distance;
    if (static_cast<std::size_t>(index) >= other.rightHalf.size()) {
        return 0;
    }
    const double tap = alternate(index) * other.rightHalf[static_cast<std::size_t>(index)];
    return antisymmetric && !left ? tap : -tap;
}

/// `position` brought into 0 to period - 1.
std::ptrdiff_t modulo(std::ptrdiff_t position, std::ptrdiff_t period) {
    const std::ptrdiff_t rest = position % period;
    return rest < 0 ? rest + period : rest;
}

} // namespace

FilterBank::FilterBank(const AnalysisFilter& low, const AnalysisFilter& high)
    : oddLength_(low.length % 2 == 1),
      reach_(static_cast<std::ptrdiff_t>(std::max(low.rightHalf.size(), high.rightHalf.size()))) {
    if (low.length == 0 || high.length == 0 || low.length > AnalysisFilter::maximumLength ||
        high.length > AnalysisFilter::maximumLength || (high.length % 2 == 1) != oddLength_) {
        throw MalformedData("The WSQ image has filters that are not read.");
    }
    // Even places of the interleaved signal hold the low band, odd ones the high band.
    for (std::ptrdiff_t parity = 0; parity < 2; ++parity) {
        for (std::ptrdiff_t offset = -reach_; offset <= reach_; ++offset) {
            const bool fromLow = (parity + offset) % 2 == 0;
            double weight = 0;
            if (oddLength_) {
                weight = wholeTap(fromLow ? high : low, offset);
            } else {
                // Both bands' samples stand half a place right of an even place.
                weight = fromLow ? halfTap(high, -offset - 1, false) : halfTap(low, -offset, true);
            }
            weights_[static_cast<std::size_t>(parity)].push_back(weight);
        }
    }
}

void FilterBank::join(std::span<float> plane, std::size_t pitch, const Region& region) {
    if (region.columns.length == 0 || region.rows.length == 0) {
        return;
    }
    float* const corner = plane.data() + region.rows.start * pitch + region.columns.start;
    for (std::size_t column = 0; column < region.columns.length; ++column) {
        joinLine(corner + column, pitch, region.rows);
    }
    for (std::size_t row = 0; row < region.rows.length; ++row) {
        joinLine(corner + row * pitch, 1, region.columns);
    }
}

void FilterBank::joinLine(float* first, std::size_t stride, const Extent& extent) {
    const auto take = [&](std::vector<float>& band, const Extent& part) {
        band.resize(part.length);
        for (std::size_t index = 0; index < part.length; ++index) {
            band[index] = first[(part.start - extent.start + index) * stride];
        }
    };
    take(low_, extent.low());
    take(high_, extent.high());
    const auto length = static_cast<std::ptrdiff_t>(extent.length);
    extended_.clear();
    for (std::ptrdiff_t position = -reach_; position < length + reach_; ++position) {
        extended_.push_back(interleaved(position));
    }
    for (std::size_t place = 0; place < extent.length; ++place) {
        const std::vector<double>& weights = weights_[place % 2];
        double sum = 0;
        for (std::size_t index = 0; index < weights.size(); ++index) {
            sum += weights[index] * extended_[place + index];
        }
        first[place * stride] = static_cast<float>(sum);
    }
}

double FilterBank::interleaved(std::ptrdiff_t position) const {
    return oddLength_ ? wholeSampleSymmetric(position) : halfSampleSymmetric(position);
}

// Both bands go on as mirrored at the first and at the last sample of the signal.
double FilterBank::wholeSampleSymmetric(std::ptrdiff_t position) const {
    const auto length = static_cast<std::ptrdiff_t>(low_.size() + high_.size());
    const std::ptrdiff_t period = std::max<std::ptrdiff_t>(2 * (length - 1), 2);
    const std::ptrdiff_t inPeriod = modulo(position, period);
    const std::ptrdiff_t place = std::min(inPeriod, period - inPeriod);
    const auto index = static_cast<std::size_t>(place / 2);
    if (place % 2 == 0) {
        return low_[index];
    }
    return index < high_.size() ? high_[index] : 0;
}

// Both bands go on as mirrored half a sample outside the signal; the high band changes its sign there.
double FilterBank::halfSampleSymmetric(std::ptrdiff_t position) const {
    const auto length = static_cast<std::ptrdiff_t>(low_.size() + high_.size());
    const bool fromLow = modulo(position, 2) == 0;
    const std::ptrdiff_t sample = (position - (fromLow ? 0 : 1)) / 2; // of its band
    const std::ptrdiff_t inPeriod = modulo(sample, length);
    const std::ptrdiff_t mirrored = length - 1 - inPeriod;
    const bool direct = inPeriod <= mirrored;
    const auto index = static_cast<std::size_t>(direct ? inPeriod : mirrored);
    if (fromLow) {
        return low_[index];
    }
    return index < high_.size() ? (direct ? 1 : -1) * static_cast<double>(high_[index]) : 0;
}

} // namespace cancuoc::biometric::wsq
