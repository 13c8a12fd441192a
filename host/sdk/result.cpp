// SPDX-License-Identifier: Apache-2.0
#include "host/sdk/result.hpp"

#include <algorithm>

#include "host/base/json_text.hpp"
#include "host/biometric/image.hpp"
#include "host/inspection/evidence.hpp"
#include "host/inspection/evidence_verification.hpp"
#include "host/inspection/inspection_json.hpp"
#include "host/sdk/buffers.hpp"
#include "host/sdk/handles.hpp"
#include "host/sdk/result_field.hpp"
#include "host/sdk/store.hpp"

namespace cancuoc::sdk {

const nlohmann::ordered_json& Result::json() const {
    std::call_once(jsonMade_, [this] { json_ = inspection::toJson(found_); });
    return json_;
}

cancuoc_verdict toC(inspection::Verdict verdict) {
    switch (verdict) {
    case inspection::Verdict::Genuine:
        return CANCUOC_GENUINE;
    case inspection::Verdict::NotGenuine:
        return CANCUOC_NOT_GENUINE;
    case inspection::Verdict::Incomplete:
        break;
    }
    return CANCUOC_INCOMPLETE;
}

cancuoc_check toC(trust::CheckResult result) {
    switch (result) {
    case trust::CheckResult::Passed:
        return CANCUOC_PASSED;
    case trust::CheckResult::Failed:
        return CANCUOC_FAILED;
    case trust::CheckResult::NotSupported:
        return CANCUOC_NOT_SUPPORTED;
    case trust::CheckResult::NotPerformed:
        break;
    }
    return CANCUOC_NOT_PERFORMED;
}

} // namespace cancuoc::sdk

using namespace cancuoc;
using namespace cancuoc::sdk;

namespace {

[[noreturn]] void refuseMissing(const std::string& what) {
    throw Refusal(CANCUOC_NOT_FOUND, what);
}

void requireJudged(const Result& result) {
    if (!result.judged()) {
        refuseMissing("Nothing was judged yet.");
    }
}

template <class List>
const auto& elementOf(const List& list, std::size_t index) {
    if (index >= list.size()) {
        refuseMissing("There is no further one.");
    }
    return *std::next(list.begin(), static_cast<std::ptrdiff_t>(index));
}

const trust::Check& checkNamed(const Result& result, std::string_view name) {
    const auto& checks = result.found().checks;
    const auto check =
        std::find_if(checks.begin(), checks.end(), [name](const auto& each) { return each.name == name; });
    if (check == checks.end()) {
        refuseMissing("There is no check of this name.");
    }
    return *check;
}

const Bytes& fileNamed(const Result& result, std::string_view name) {
    for (const auto& [file, content] : result.found().files) {
        if (lds::fileName(file) == name) {
            return content;
        }
    }
    for (const auto& [file, reason] : result.found().notRead) {
        if (lds::fileName(file) == name) {
            refuseMissing("The file was not read: " + reason);
        }
    }
    refuseMissing("The file was not asked for, or there is none of this name.");
}

const biometric::EncodedImage& faceOf(const Result& result) {
    if (!result.found().face) {
        refuseMissing("The face was not read, or cannot be decoded.");
    }
    return *result.found().face;
}

cancuoc_image_format toC(biometric::ImageFormat format) {
    using biometric::ImageFormat;
    switch (format) {
    case ImageFormat::Jpeg:
        return CANCUOC_IMAGE_JPEG;
    case ImageFormat::Jpeg2000:
        return CANCUOC_IMAGE_JPEG2000;
    case ImageFormat::Jpeg2000Codestream:
        return CANCUOC_IMAGE_JPEG2000_CODESTREAM;
    case ImageFormat::Png:
        return CANCUOC_IMAGE_PNG;
    case ImageFormat::Wsq:
        return CANCUOC_IMAGE_WSQ;
    case ImageFormat::Pnm:
        return CANCUOC_IMAGE_PNM;
    case ImageFormat::Raw:
        return CANCUOC_IMAGE_RAW;
    case ImageFormat::Unknown:
        break;
    }
    return CANCUOC_IMAGE_UNKNOWN;
}

Bytes redGreenBlue(biometric::Pixels pixels) {
    if (pixels.channels == 3) {
        return std::move(pixels.data);
    }
    Bytes colours;
    colours.reserve(pixels.data.size() * 3);
    for (const auto grey : pixels.data) {
        colours.insert(colours.end(), 3, grey);
    }
    return colours;
}

} // namespace

cancuoc_status cancuoc_result_close(cancuoc_result* result, cancuoc_error* error) {
    return guarded(error, [&] {
        if (result != nullptr) {
            results().close(result);
        }
    });
}

cancuoc_status cancuoc_result_verdict(cancuoc_result* result, cancuoc_verdict* verdict,
                                      cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = results().find(result);
        requireArgument(verdict != nullptr, "There is no place for the verdict.");
        requireJudged(*found);
        *verdict = sdk::toC(found->found().judgement.verdict);
    });
}

cancuoc_status cancuoc_result_reason(cancuoc_result* result, size_t index, char* buffer, size_t capacity,
                                     size_t* length, cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = results().find(result);
        give(elementOf(found->found().judgement.reasons, index), buffer, capacity, length);
    });
}

cancuoc_status cancuoc_result_remark(cancuoc_result* result, size_t index, char* buffer, size_t capacity,
                                     size_t* length, cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = results().find(result);
        give(elementOf(found->found().remarks, index), buffer, capacity, length);
    });
}

cancuoc_status cancuoc_result_check_name(cancuoc_result* result, size_t index, char* buffer, size_t capacity,
                                         size_t* length, cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = results().find(result);
        give(elementOf(found->found().checks, index).name, buffer, capacity, length);
    });
}

cancuoc_status cancuoc_result_check(cancuoc_result* result, const char* name, cancuoc_check* outcome,
                                    char* reason, size_t capacity, size_t* length, cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = results().find(result);
        requireArgument(outcome != nullptr, "There is no place for the outcome.");
        const auto& check = checkNamed(*found, takeText(name));
        *outcome = sdk::toC(check.result);
        if (reason != nullptr || capacity != 0 || length != nullptr) {
            give(check.reason, reason, capacity, length);
        }
    });
}

cancuoc_status cancuoc_result_field(cancuoc_result* result, cancuoc_field field, char* buffer,
                                    size_t capacity, size_t* length, cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = results().find(result);
        const auto text = fieldOf(found->json(), field);
        if (!text) {
            refuseMissing("The file with this field was not read, or cannot be decoded.");
        }
        give(*text, buffer, capacity, length);
    });
}

cancuoc_status cancuoc_result_other_item(cancuoc_result* result, int32_t item, char* buffer, size_t capacity,
                                         size_t* length, cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = results().find(result);
        const auto text = otherItemOf(found->json(), item);
        if (!text) {
            refuseMissing("DG13 has no such item, or was not read.");
        }
        give(*text, buffer, capacity, length);
    });
}

cancuoc_status cancuoc_result_file_name(cancuoc_result* result, size_t index, char* buffer, size_t capacity,
                                        size_t* length, cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = results().find(result);
        give(lds::fileName(elementOf(found->found().files, index).first), buffer, capacity, length);
    });
}

cancuoc_status cancuoc_result_file(cancuoc_result* result, const char* name, uint8_t* buffer, size_t capacity,
                                   size_t* length, cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = results().find(result);
        give(fileNamed(*found, takeText(name)), buffer, capacity, length);
    });
}

cancuoc_status cancuoc_result_document_signer(cancuoc_result* result, uint8_t* buffer, size_t capacity,
                                              size_t* length, cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = results().find(result);
        if (found->found().documentSigner.empty()) {
            refuseMissing("EF.SOD was not read, or holds no certificate.");
        }
        give(found->found().documentSigner, buffer, capacity, length);
    });
}

cancuoc_status cancuoc_result_active_authentication(cancuoc_result* result, uint8_t challenge[8],
                                                    uint8_t* signature, size_t capacity, size_t* length,
                                                    cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = results().find(result);
        requireArgument(challenge != nullptr, "There is no place for the challenge.");
        const auto& evidence = found->found().activeAuthentication;
        if (!evidence) {
            refuseMissing("Active Authentication was not performed.");
        }
        give(evidence->signature, signature, capacity, length);
        std::copy(evidence->challenge.begin(), evidence->challenge.end(), challenge);
    });
}

cancuoc_status cancuoc_result_face(cancuoc_result* result, cancuoc_image* image, cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = results().find(result);
        requireArgument(image != nullptr, "There is no place for the description.");
        const auto& face = faceOf(*found);
        *image = {toC(face.format), face.width, face.height, 0};
    });
}

cancuoc_status cancuoc_result_face_encoded(cancuoc_result* result, uint8_t* buffer, size_t capacity,
                                           size_t* length, cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = results().find(result);
        give(faceOf(*found).data, buffer, capacity, length);
    });
}

cancuoc_status cancuoc_result_face_rgb(cancuoc_result* result, uint32_t* width, uint32_t* height,
                                       uint8_t* buffer, size_t capacity, size_t* length,
                                       cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = results().find(result);
        requireArgument(width != nullptr && height != nullptr, "There is no place for width and height.");
        auto pixels = faceOf(*found).pixels();
        *width = pixels.width;
        *height = pixels.height;
        give(redGreenBlue(std::move(pixels)), buffer, capacity, length);
    });
}

cancuoc_status cancuoc_result_json(cancuoc_result* result, char* buffer, size_t capacity, size_t* length,
                                   cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = results().find(result);
        give(jsonText(found->json()), buffer, capacity, length);
    });
}

cancuoc_status cancuoc_result_evidence(cancuoc_result* result, uint8_t* buffer, size_t capacity,
                                       size_t* length, cancuoc_error* error) {
    return guarded(error, [&] {
        const auto found = results().find(result);
        if (found->asked() == nullptr) {
            refuseMissing("Only the result of a reading has evidence.");
        }
        give(inspection::Evidence::of(*found->asked(), found->found()).encode(), buffer, capacity, length);
    });
}

cancuoc_status cancuoc_evidence_verify(const uint8_t* evidence, size_t length, const char* policy,
                                       cancuoc_trust_store* store, cancuoc_result** result,
                                       cancuoc_error* error) {
    return guarded(error, [&] {
        requireArgument(result != nullptr, "There is no place for the result.");
        const auto file = takeBytes(evidence, length, 1, inspection::Evidence::maximumSize);
        const auto measure = inspection::Policy::load(policy != nullptr ? policy : "standard");
        const auto kept = store != nullptr ? stores().find(store) : nullptr;
        const auto looked = kept != nullptr ? std::make_unique<Store::Looked>(*kept) : nullptr;
        auto found = inspection::verifyEvidence(inspection::Evidence::decode(file), measure,
                                                looked != nullptr ? &**looked : nullptr);
        *result = results().open(std::make_shared<const Result>(std::move(found)));
    });
}
