// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/biometric/common_blocks.hpp"

/// ISO/IEC 39794-5:2019, face image data, as the application profile of ICAO takes it: one two-dimensional
/// image.
namespace cancuoc::biometric {

enum class FaceImageFormat : std::uint16_t {
    Jpeg = 2,
    Jpeg2000Lossy = 3,
    Jpeg2000Lossless = 4,
};

/// In pixels.
struct ImageSizeBlock {
    std::uint16_t width = 0;
    std::uint16_t height = 0;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.integer(0, self.width, anyTwoBytes);
        fields.integer(1, self.height, anyTwoBytes);
    }

    friend bool operator==(const ImageSizeBlock&, const ImageSizeBlock&) = default;
};

/// In pixels.
struct ImageFaceMeasurementsBlock : ExtensibleBlock {
    std::optional<std::uint32_t> headWidth;
    std::optional<std::uint32_t> interEyeDistance;
    std::optional<std::uint32_t> eyeToMouthDistance;
    std::optional<std::uint32_t> headLength;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.integer(0, self.headWidth, anyNumber);
        fields.integer(1, self.interEyeDistance, anyNumber);
        fields.integer(2, self.eyeToMouthDistance, anyNumber);
        fields.integer(3, self.headLength, anyNumber);
        fields.later(self.later);
    }

    friend bool operator==(const ImageFaceMeasurementsBlock&, const ImageFaceMeasurementsBlock&) = default;
};

struct ReferenceColourBlock : ExtensibleBlock {
    std::optional<Bytes> definition;
    std::optional<Bytes> value;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.octets(0, self.definition);
        fields.octets(1, self.value);
        fields.later(self.later);
    }

    friend bool operator==(const ReferenceColourBlock&, const ReferenceColourBlock&) = default;
};

struct ReferenceColourMappingBlock : ExtensibleBlock {
    std::optional<Bytes> schema;
    std::vector<ReferenceColourBlock> colours;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.octets(0, self.schema);
        fields.blocks(1, self.colours);
        fields.later(self.later);
    }

    friend bool operator==(const ReferenceColourMappingBlock&, const ReferenceColourMappingBlock&) = default;
};

/// ImageInformation2DBlock.
struct FaceImageInformationBlock : ExtensibleBlock {
    Coded<FaceImageFormat> format;
    std::optional<Coded<>> kind; ///< 0 MRTD
    /// Rotated, cropped, down-sampled, white balance adjusted, multiply compressed, interpolated, contrast
    /// stretched, pose corrected, multi-view, age progressed, super-resolution, normalised
    std::optional<FlagsBlock<12>> postAcquisitionProcessing;
    std::optional<Coded<>> lossyTransformationAttempts;   ///< 0 unknown, 1 none, 2 one, 3 more
    std::optional<std::uint16_t> cameraToSubjectDistance; ///< millimetres
    std::optional<std::uint16_t> sensorDiagonal;          ///< millimetres
    std::optional<std::uint16_t> lensFocalLength;         ///< millimetres
    std::optional<ImageSizeBlock> size;
    std::optional<ImageFaceMeasurementsBlock> measurements;
    /// 0 unknown, 1 other, 2 RGB of 24 bits, 3 of 48 bits, 4 YUV422, 5 grey of 8 bits, 6 of 16 bits
    std::optional<Coded<>> colourSpace;
    std::optional<ReferenceColourMappingBlock> referenceColours;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.format);
        fields.block(1, self.kind);
        fields.block(2, self.postAcquisitionProcessing);
        fields.block(3, self.lossyTransformationAttempts);
        fields.integer(4, self.cameraToSubjectDistance, {0, 50000});
        fields.integer(5, self.sensorDiagonal, {0, 2000});
        fields.integer(6, self.lensFocalLength, {0, 2000});
        fields.block(7, self.size);
        fields.block(8, self.measurements);
        fields.block(9, self.colourSpace);
        fields.block(10, self.referenceColours);
        fields.later(self.later);
    }

    friend bool operator==(const FaceImageInformationBlock&, const FaceImageInformationBlock&) = default;
};

/// CaptureDevice2DBlock.
struct FaceCaptureDeviceBlock : ExtensibleBlock {
    std::optional<FlagsBlock<3>> spectra; ///< white light, near infrared, thermal
    /// 0 unknown; 1 still photograph, 2 from a digital camera, 3 from a scanner; 4 video frame, 5 from an
    /// analogue, 6 from a digital camera
    std::optional<Coded<>> technology;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.spectra);
        fields.block(1, self.technology);
        fields.later(self.later);
    }

    friend bool operator==(const FaceCaptureDeviceBlock&, const FaceCaptureDeviceBlock&) = default;
};

/// ImageRepresentation2DBlock.
struct FaceImageBlock : ExtensibleBlock {
    Bytes data; ///< the image
    FaceImageInformationBlock information;
    std::optional<FaceCaptureDeviceBlock> captureDevice;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.octets(0, self.data);
        fields.block(1, self.information);
        fields.block(2, self.captureDevice);
        fields.later(self.later);
    }

    friend bool operator==(const FaceImageBlock&, const FaceImageBlock&) = default;
};

/// The product that captured the face.
struct FaceCaptureProductBlock : ExtensibleBlock {
    std::optional<RegistryIdBlock> model;
    std::vector<RegistryIdBlock> certifications;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.model);
        fields.blocks(1, self.certifications);
        fields.later(self.later);
    }

    friend bool operator==(const FaceCaptureProductBlock&, const FaceCaptureProductBlock&) = default;
};

/// Degrees.
struct AngleBlock : ExtensibleBlock {
    std::int16_t angle = 0;
    std::optional<std::int16_t> uncertainty;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.integer(0, self.angle, {-180, 180});
        fields.integer(1, self.uncertainty, {0, 180});
        fields.later(self.later);
    }

    friend bool operator==(const AngleBlock&, const AngleBlock&) = default;
};

struct PoseAngleBlock {
    std::optional<AngleBlock> yaw;
    std::optional<AngleBlock> pitch;
    std::optional<AngleBlock> roll;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.yaw);
        fields.block(1, self.pitch);
        fields.block(2, self.roll);
    }

    friend bool operator==(const PoseAngleBlock&, const PoseAngleBlock&) = default;
};

struct IdentityMetadataBlock : ExtensibleBlock {
    std::optional<Coded<>> gender; ///< 1 other, 2 male, 3 female
    /// 0 unknown, 1 other, 2 black, 3 blue, 4 brown, 5 grey, 6 green, 7 hazel, 8 multi-coloured, 9 pink
    std::optional<Coded<>> eyeColour;
    /// 0 unknown, 1 other, 2 bald, 3 black, 4 blonde, 5 brown, 6 grey, 7 white, 8 red, 9 coloured
    std::optional<Coded<>> hairColour;
    std::optional<std::uint16_t> height; ///< millimetres
    /// Glasses, moustache, beard, teeth visible, pupil or iris not visible, mouth open, left eye patch, right
    /// eye patch, dark glasses, biometric absent, head coverings present
    std::optional<FlagsBlock<11>> properties;
    /// Neutral, smile, raised eyebrows, eyes looking away, squinting, frowning
    std::optional<FlagsBlock<6>> expression;
    std::optional<PoseAngleBlock> pose;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.gender);
        fields.block(1, self.eyeColour);
        fields.block(2, self.hairColour);
        fields.integer(3, self.height, {1, UINT16_MAX});
        fields.block(4, self.properties);
        fields.block(5, self.expression);
        fields.block(6, self.pose);
        fields.later(self.later);
    }

    friend bool operator==(const IdentityMetadataBlock&, const IdentityMetadataBlock&) = default;
};

/// AnthropometricLandmarkBase: a code of one of the tables of ISO/IEC 39794-5.
struct AnthropometricLandmarkBase {
    static constexpr bool isChoice = true;

    std::optional<Coded<>> name;
    std::optional<Coded<>> pointName;
    std::optional<Coded<>> pointId;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.name);
        fields.block(1, self.pointName);
        fields.block(2, self.pointId);
    }

    friend bool operator==(const AnthropometricLandmarkBase&, const AnthropometricLandmarkBase&) = default;
};

struct LandmarkKindBase {
    static constexpr bool isChoice = true;

    std::optional<Coded<>> mpeg4FeaturePoint;
    std::optional<BaseOrExtension<AnthropometricLandmarkBase>> anthropometricLandmark;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.mpeg4FeaturePoint);
        fields.block(1, self.anthropometricLandmark);
    }

    friend bool operator==(const LandmarkKindBase&, const LandmarkKindBase&) = default;
};

struct LandmarkCoordinatesBase {
    static constexpr bool isChoice = true;

    std::optional<PointBlock> point;
    std::optional<PointBlock> texturePoint;
    std::optional<SpacePointBlock> spacePoint;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.point);
        fields.block(1, self.texturePoint);
        fields.block(2, self.spacePoint);
    }

    friend bool operator==(const LandmarkCoordinatesBase&, const LandmarkCoordinatesBase&) = default;
};

struct LandmarkBlock : ExtensibleBlock {
    BaseOrExtension<LandmarkKindBase> kind;
    std::optional<BaseOrExtension<LandmarkCoordinatesBase>> coordinates;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.kind);
        fields.block(1, self.coordinates);
        fields.later(self.later);
    }

    friend bool operator==(const LandmarkBlock&, const LandmarkBlock&) = default;
};

/// RepresentationBlock.
struct FaceRepresentationBlock : ExtensibleBlock {
    std::uint32_t representationId = 0;
    FaceImageBlock image;
    std::optional<DateTimeBlock> captureDateTime;
    std::vector<ScoreBlock> qualityBlocks;
    std::optional<PresentationAttackDetectionBlock> presentationAttackDetection;
    std::optional<std::uint32_t> sessionId;
    std::optional<std::uint32_t> derivedFrom; ///< a representationId
    std::optional<FaceCaptureProductBlock> captureProduct;
    std::optional<IdentityMetadataBlock> identityMetadata;
    std::vector<LandmarkBlock> landmarks;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.integer(0, self.representationId, anyNumber);
        fields.block({1, 0, 0}, self.image); // imageRepresentation, base, imageRepresentation2DBlock
        fields.block(2, self.captureDateTime);
        fields.blocks(3, self.qualityBlocks);
        fields.block(4, self.presentationAttackDetection);
        fields.integer(5, self.sessionId, anyNumber);
        fields.integer(6, self.derivedFrom, anyNumber);
        fields.block(7, self.captureProduct);
        fields.block(8, self.identityMetadata);
        fields.blocks(9, self.landmarks);
        fields.later(self.later);
    }

    friend bool operator==(const FaceRepresentationBlock&, const FaceRepresentationBlock&) = default;
};

/// [APPLICATION 5].
struct FaceImageDataBlock : ExtensibleBlock {
    static constexpr std::uint32_t tag = 0x65;

    VersionBlock version;
    std::vector<FaceRepresentationBlock> representations; ///< at least one; one in ICAO's profile

    /// One image with the elements that the profile makes mandatory.
    /// Throws MalformedData when it is neither JPEG nor JPEG 2000; the latter is taken for lossy.
    [[nodiscard]] static FaceImageDataBlock of(BytesView image);

    /// Reads the data object 65. Throws MalformedData.
    [[nodiscard]] static FaceImageDataBlock decode(BytesView encoded);
    [[nodiscard]] Bytes encode() const;

    template <class Self, class Fields>
    static void describe(Self& self, Fields& fields) {
        fields.block(0, self.version);
        fields.blocks(1, self.representations);
        fields.later(self.later);
    }

    friend bool operator==(const FaceImageDataBlock&, const FaceImageDataBlock&) = default;
};

} // namespace cancuoc::biometric
