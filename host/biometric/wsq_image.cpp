// SPDX-License-Identifier: Apache-2.0
#include "host/biometric/wsq_image.hpp"

#include "host/base/error.hpp"
#include "host/biometric/record.hpp"
#include "host/biometric/wsq_entropy.hpp"
#include "host/biometric/wsq_filter_bank.hpp"
#include "host/biometric/wsq_subbands.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace cancuoc::biometric {

namespace {

using namespace wsq;

constexpr std::string_view imageName = "The WSQ image";
constexpr std::size_t subbandCount = 64;

enum Marker : std::uint16_t {
    startOfImage = 0xFFA0,
    endOfImage = 0xFFA1,
    startOfFrame = 0xFFA2,
    startOfBlock = 0xFFA3,
    defineTransformTable = 0xFFA4,
    defineQuantizationTable = 0xFFA5,
    defineHuffmanTable = 0xFFA6,
    defineRestartInterval = 0xFFA7,
    comment = 0xFFA8,
};

struct Frame {
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    double shift = 0;
    double scale = 0;
};

struct Quantizer {
    double binWidth = 0; ///< 0: the subband is not transmitted and holds zeros
    double zeroBinWidth = 0;
};

struct QuantizationTable {
    double binCentre = 0;
    std::array<Quantizer, subbandCount> quantizers;
};

struct TransformTable {
    AnalysisFilter low;
    AnalysisFilter high;
};

/// A decimal number: the digits and how many of them stand behind the point.
double takeDecimal(RecordReader& reader, std::size_t digitsLength) {
    const int exponent = reader.takeByte();
    return static_cast<double>(reader.takeNumber(digitsLength)) * std::pow(10.0, -exponent);
}

Frame readFrame(RecordReader reader) {
    Frame frame;
    (void)reader.takeTwoBytes(); // black and white
    frame.height = reader.takeTwoBytes();
    frame.width = reader.takeTwoBytes();
    frame.shift = takeDecimal(reader, 2);
    frame.scale = takeDecimal(reader, 2);
    return frame;
}

QuantizationTable readQuantizationTable(RecordReader reader) {
    QuantizationTable table;
    table.binCentre = takeDecimal(reader, 2);
    for (Quantizer& quantizer : table.quantizers) {
        quantizer.binWidth = takeDecimal(reader, 2);
        quantizer.zeroBinWidth = takeDecimal(reader, 2);
    }
    return table;
}

void readTaps(RecordReader& reader, AnalysisFilter& filter) {
    for (std::size_t index = 0; index < (filter.length + 1) / 2; ++index) {
        const bool negative = reader.takeByte() != 0;
        const double tap = takeDecimal(reader, 4);
        if (tap > AnalysisFilter::largestTap) {
            throw MalformedData("The WSQ image has filters that are not read.");
        }
        filter.rightHalf.push_back(negative ? -tap : tap);
    }
}

TransformTable readTransformTable(RecordReader reader) {
    TransformTable table;
    table.low.length = reader.takeByte();
    table.high.length = reader.takeByte();
    readTaps(reader, table.low);
    readTaps(reader, table.high);
    return table;
}

/// The coefficients of all transmitted subbands, one after another, put in their places and dequantized.
class Coefficients {
public:
    Coefficients(const Frame& frame, const SubbandTree& tree, const QuantizationTable& table)
        : pitch_(frame.width), tree_(tree), table_(table), plane_(std::size_t{frame.width} * frame.height) {
        skipAbsentSubbands();
    }

    void put(int bin) {
        if (subband_ == subbandCount) {
            throw MalformedData("The WSQ image has more coefficients than pixels.");
        }
        const Region& region = tree_.subbands()[subband_];
        plane_[(region.rows.start + row_) * pitch_ + region.columns.start + column_] = dequantize(bin);
        if (++column_ == region.columns.length) {
            column_ = 0;
            if (++row_ == region.rows.length) {
                row_ = 0;
                ++subband_;
                skipAbsentSubbands();
            }
        }
    }

    void putZeros(unsigned count) {
        for (unsigned index = 0; index < count; ++index) {
            put(0);
        }
    }

    [[nodiscard]] std::span<float> plane() { return plane_; }

private:
    [[nodiscard]] float dequantize(int bin) const {
        if (bin == 0) {
            return 0;
        }
        const Quantizer& quantizer = table_.quantizers[subband_];
        const double magnitude =
            quantizer.binWidth * (std::abs(bin) - table_.binCentre) + quantizer.zeroBinWidth / 2;
        return static_cast<float>(bin > 0 ? magnitude : -magnitude);
    }

    void skipAbsentSubbands() {
        while (subband_ < subbandCount &&
               (table_.quantizers[subband_].binWidth == 0 || tree_.subbands()[subband_].columns.length == 0 ||
                tree_.subbands()[subband_].rows.length == 0)) {
            ++subband_;
        }
    }

    std::size_t pitch_;
    const SubbandTree& tree_;
    const QuantizationTable& table_;
    std::vector<float> plane_;
    std::size_t subband_ = 0;
    std::uint32_t row_ = 0;
    std::uint32_t column_ = 0;
};

/// The symbols of the Huffman tables: runs of zeros, single coefficients, and escapes for what is larger.
void decodeBlock(const HuffmanTable& table, BitReader& bits, Coefficients& coefficients) {
    constexpr unsigned longestRun = 100;
    constexpr int zeroSymbol = 180;
    while (const auto symbol = table.decode(bits)) {
        switch (*symbol) {
        case 0:
        case 255:
            throw MalformedData("The WSQ image has a malformed symbol.");
        case 101:
            coefficients.put(static_cast<int>(bits.takeBits(8)));
            break;
        case 102:
            coefficients.put(-static_cast<int>(bits.takeBits(8)));
            break;
        case 103:
            coefficients.put(static_cast<int>(bits.takeBits(16)));
            break;
        case 104:
            coefficients.put(-static_cast<int>(bits.takeBits(16)));
            break;
        case 105:
            coefficients.putZeros(bits.takeBits(8));
            break;
        case 106:
            coefficients.putZeros(bits.takeBits(16));
            break;
        default:
            if (*symbol <= longestRun) {
                coefficients.putZeros(*symbol);
            } else {
                coefficients.put(*symbol - zeroSymbol);
            }
        }
    }
}

/// Reads a file from marker segment to marker segment.
class Decoder {
public:
    Decoder(BytesView image, const ImageLimits& limits) : remaining_(image), limits_(limits) {}

    Pixels decode() {
        if (takeMarker() != startOfImage) {
            throw MalformedData("The WSQ image has no start.");
        }
        std::uint16_t marker = takeMarker();
        for (; marker != startOfFrame; marker = takeMarker()) {
            readTable(marker);
        }
        frame_ = readFrame(takeSegment());
        limits_.require(frame_.width, frame_.height, sizeof(float));
        for (marker = takeMarker(); marker != startOfBlock; marker = takeMarker()) {
            readTable(marker);
        }
        return decodeBlocks();
    }

private:
    std::uint16_t takeMarker() {
        RecordReader reader(remaining_, imageName);
        const std::uint16_t marker = reader.takeTwoBytes();
        remaining_ = remaining_.subspan(2);
        return marker;
    }

    RecordReader takeSegment() {
        RecordReader reader(remaining_, imageName);
        const std::size_t length = reader.takeTwoBytes();
        if (length < 2) {
            throw MalformedData("The WSQ image has a malformed marker segment.");
        }
        const BytesView segment = reader.take(length - 2);
        remaining_ = remaining_.subspan(length);
        return RecordReader(segment, imageName);
    }

    void readTable(std::uint16_t marker) {
        switch (marker) {
        case defineTransformTable:
            transform_ = readTransformTable(takeSegment());
            break;
        case defineQuantizationTable:
            quantization_ = readQuantizationTable(takeSegment());
            break;
        case defineHuffmanTable:
            readHuffmanTables(takeSegment());
            break;
        case defineRestartInterval: // restart markers show where they are
        case comment:
            (void)takeSegment();
            break;
        default:
            throw MalformedData("The WSQ image has an unknown marker.");
        }
    }

    void readHuffmanTables(RecordReader reader) {
        while (reader.remaining() != 0) {
            const std::uint8_t identifier = reader.takeByte();
            std::array<std::uint8_t, HuffmanTable::longestCode> counts{};
            const BytesView lengths = reader.take(counts.size());
            std::copy(lengths.begin(), lengths.end(), counts.begin());
            std::size_t symbols = 0;
            for (const std::uint8_t count : counts) {
                symbols += count;
            }
            huffmanTables_.insert_or_assign(identifier, HuffmanTable(counts, reader.take(symbols)));
        }
    }

    Pixels decodeBlocks() {
        if (!transform_ || !quantization_) {
            throw MalformedData("The WSQ image lacks its transform or its quantization table.");
        }
        FilterBank bank(transform_->low, transform_->high);
        const SubbandTree tree(frame_.width, frame_.height);
        // Tables of its own for a later block are no use: subbands do not end with blocks.
        const QuantizationTable quantization = *quantization_;
        Coefficients coefficients(frame_, tree, quantization);
        for (std::uint16_t marker = startOfBlock; marker != endOfImage; marker = takeMarker()) {
            if (marker == startOfBlock) {
                readBlock(coefficients);
            } else {
                readTable(marker);
            }
        }
        for (auto region = tree.splits().rbegin(); region != tree.splits().rend(); ++region) {
            bank.join(coefficients.plane(), frame_.width, *region);
        }
        return toPixels(coefficients.plane());
    }

    void readBlock(Coefficients& coefficients) {
        const auto table = huffmanTables_.find(takeSegment().takeByte());
        if (table == huffmanTables_.end()) {
            throw MalformedData("The WSQ image lacks a Huffman table.");
        }
        BitReader bits(remaining_);
        decodeBlock(table->second, bits, coefficients);
        remaining_ = bits.remaining();
    }

    [[nodiscard]] Pixels toPixels(std::span<const float> plane) const {
        Pixels pixels{frame_.width, frame_.height, 1, {}};
        pixels.data.reserve(plane.size());
        for (const float sample : plane) {
            const double value = std::min(sample * frame_.scale + frame_.shift + 0.5, 255.0);
            pixels.data.push_back(value > 0 ? static_cast<std::uint8_t>(value) : std::uint8_t{0});
        }
        return pixels;
    }

    BytesView remaining_;
    const ImageLimits& limits_;
    Frame frame_;
    std::optional<TransformTable> transform_;
    std::optional<QuantizationTable> quantization_;
    std::map<std::uint8_t, HuffmanTable> huffmanTables_;
};

} // namespace

Pixels decodeWsq(BytesView image, const ImageLimits& limits) {
    return Decoder(image, limits).decode();
}

} // namespace cancuoc::biometric
