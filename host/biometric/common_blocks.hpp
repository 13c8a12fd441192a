// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/biometric/block_fields.hpp"

/// The blocks that ISO/IEC 39794-1:2019 defines for all parts, as in the ASN.1 module of ICAO's application
/// profile.
namespace cancuoc::biometric {

struct VersionBlock : ExtensibleBlock {
    std::uint16_t generation = 3; ///< 3: ISO/IEC 39794
    std::uint16_t year = 2019;    ///< of the edition

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.integer(0, self.generation, {3, UINT16_MAX});
        fields.integer(1, self.year, {2019, 9999});
        fields.later(self.later);
    }

    friend bool operator==(const VersionBlock&, const VersionBlock&) = default;
};

/// A product of an organization that the biometric registry lists.
struct RegistryIdBlock {
    std::uint16_t organization = 1;
    std::uint16_t id = 1;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.integer(0, self.organization, {1, UINT16_MAX});
        fields.integer(1, self.id, {1, UINT16_MAX});
    }

    friend bool operator==(const RegistryIdBlock&, const RegistryIdBlock&) = default;
};

struct DateTimeBlock {
    std::uint16_t year = 0;
    std::optional<std::uint16_t> month;
    std::optional<std::uint16_t> day;
    std::optional<std::uint16_t> hour;
    std::optional<std::uint16_t> minute;
    std::optional<std::uint16_t> second;
    std::optional<std::uint16_t> millisecond;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.integer(0, self.year, {0, 9999});
        fields.integer(1, self.month, {1, 12});
        fields.integer(2, self.day, {1, 31});
        fields.integer(3, self.hour, {0, 23});
        fields.integer(4, self.minute, {0, 59});
        fields.integer(5, self.second, {0, 59});
        fields.integer(6, self.millisecond, {0, 999});
    }

    friend bool operator==(const DateTimeBlock&, const DateTimeBlock&) = default;
};

/// A score from 0 to 100, or why there is none.
struct ScoreOrError {
    static constexpr bool isChoice = true;

    std::optional<std::uint16_t> score;
    std::optional<Coded<>> error; ///< 0 failure to assess

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.integer(0, self.score, {0, 100});
        fields.block(1, self.error);
    }

    friend bool operator==(const ScoreOrError&, const ScoreOrError&) = default;
};

/// QualityBlock and PADScoreBlock: a score and the product that gave it.
struct ScoreBlock : ExtensibleBlock {
    RegistryIdBlock algorithm;
    ScoreOrError scoreOrError;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.algorithm);
        fields.block(1, self.scoreOrError);
        fields.later(self.later);
    }

    friend bool operator==(const ScoreBlock&, const ScoreBlock&) = default;
};

struct ExtendedDataBlock {
    RegistryIdBlock dataType;
    Bytes data;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.dataType);
        fields.octets(1, self.data);
    }

    friend bool operator==(const ExtendedDataBlock&, const ExtendedDataBlock&) = default;
};

/// Presentation attack detection (PADDataBlock).
struct PresentationAttackDetectionBlock : ExtensibleBlock {
    std::optional<Coded<>> decision; ///< 0 no attack, 1 attack, 2 failure to assess
    std::vector<ScoreBlock> scoreBlocks;
    std::vector<ExtendedDataBlock> extendedDataBlocks;
    std::optional<Coded<>> captureContext; ///< 0 enrolment, 1 verification, 2 identification
    /// 0 unknown, 1 controlled, 2 assisted, 3 observed, 4 unattended
    std::optional<Coded<>> supervisionLevel;
    std::optional<std::uint16_t> riskLevel;  ///< 0 to 100
    std::optional<Coded<>> criteriaCategory; ///< 0 unknown, 1 individual, 2 common
    std::optional<Bytes> parameter;
    std::vector<Bytes> challenges;
    std::optional<DateTimeBlock> captureDateTime;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        constexpr std::uint32_t octetString = 0x04;
        fields.block(0, self.decision);
        fields.blocks(1, self.scoreBlocks);
        fields.blocks(2, self.extendedDataBlocks);
        fields.block(3, self.captureContext);
        fields.block(4, self.supervisionLevel);
        fields.integer(5, self.riskLevel, {0, 100});
        fields.block(6, self.criteriaCategory);
        fields.octets(7, self.parameter);
        fields.strings(8, octetString, self.challenges);
        fields.block(9, self.captureDateTime);
        fields.later(self.later);
    }

    friend bool operator==(const PresentationAttackDetectionBlock&,
                           const PresentationAttackDetectionBlock&) = default;
};

/// CoordinateCartesian2DUnsignedShortBlock and CoordinateTextureImageBlock, in pixels.
struct PointBlock {
    std::uint32_t x = 0;
    std::uint32_t y = 0;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.integer(0, self.x, anyNumber);
        fields.integer(1, self.y, anyNumber);
    }

    friend bool operator==(const PointBlock&, const PointBlock&) = default;
};

/// CoordinateCartesian3DUnsignedShortBlock.
struct SpacePointBlock {
    std::uint16_t x = 0;
    std::uint16_t y = 0;
    std::uint16_t z = 0;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.integer(0, self.x, anyTwoBytes);
        fields.integer(1, self.y, anyTwoBytes);
        fields.integer(2, self.z, anyTwoBytes);
    }

    friend bool operator==(const SpacePointBlock&, const SpacePointBlock&) = default;
};

/// CaptureDeviceBlock.
struct CaptureDeviceBlock : ExtensibleBlock {
    std::optional<RegistryIdBlock> model;
    std::optional<Coded<>> technology; ///< of fingers and irises; a code of the part
    std::vector<RegistryIdBlock> certifications;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.model);
        fields.block(1, self.technology);
        fields.blocks(2, self.certifications);
        fields.later(self.later);
    }

    friend bool operator==(const CaptureDeviceBlock&, const CaptureDeviceBlock&) = default;
};

} // namespace cancuoc::biometric
