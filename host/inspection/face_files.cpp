// SPDX-License-Identifier: Apache-2.0
#include "host/inspection/face_files.hpp"

#include "host/base/error.hpp"
#include "host/base/file.hpp"
#include "host/biometric/png_image.hpp"

namespace cancuoc::inspection {

FaceFiles storeFace(const biometric::EncodedImage& face, const std::filesystem::path& directory) {
    FaceFiles files;
    files.encoded = std::string(faceFileStem).append(biometric::fileExtension(face.format));
    writePrivateFile(directory / files.encoded, face.data);
    if (!biometric::isJpeg2000(face.format)) {
        return files;
    }
    try {
        const Bytes png = biometric::encodePng(face.pixels());
        files.displayable =
            std::string(faceFileStem).append(biometric::fileExtension(biometric::ImageFormat::Png));
        writePrivateFile(directory / files.displayable, png);
    } catch (const MalformedData& malformed) {
        files.defect = malformed.what();
    }
    return files;
}

} // namespace cancuoc::inspection
