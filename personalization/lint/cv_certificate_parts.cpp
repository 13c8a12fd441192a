// SPDX-License-Identifier: Apache-2.0
#include "personalization/lint/cv_certificate_parts.hpp"

#include <algorithm>

#include "host/base/error.hpp"

namespace cancuoc::personalization::lint {

namespace {

std::optional<Tlv> findTag(const std::vector<Tlv>& objects, std::uint32_t tag) {
    const auto found =
        std::find_if(objects.begin(), objects.end(), [&](const Tlv& one) { return one.tag == tag; });
    return found != objects.end() ? std::optional(*found) : std::nullopt;
}

std::vector<Tlv> objectsIn(const std::optional<Tlv>& parent) {
    std::vector<Tlv> objects;
    if (parent) {
        for (TlvReader reader = parent->children(); !reader.atEnd();) {
            objects.push_back(*reader.next());
        }
    }
    return objects;
}

std::optional<trust::CvCertificate> decodeIfPossible(BytesView file) {
    try {
        return trust::CvCertificate::decode(file);
    } catch (const MalformedData&) {
        return std::nullopt;
    }
}

} // namespace

std::optional<Tlv> CvCertificateParts::find(std::uint32_t tag) const {
    return findTag(body, tag);
}

BytesView CvCertificateParts::valueOf(std::uint32_t tag) const {
    const auto found = find(tag);
    return found ? found->value : BytesView();
}

CvCertificateParts readCvCertificateParts(BytesView file) {
    TlvReader reader(file);
    const Tlv whole = reader.expect(cv::certificate, "A CV certificate");
    CvCertificateParts parts;
    parts.encoded = whole.encoded;
    parts.outer = objectsIn(whole);
    parts.body = objectsIn(findTag(parts.outer, cv::body));
    parts.publicKey = objectsIn(findTag(parts.body, cv::publicKey));
    parts.authorization = objectsIn(findTag(parts.body, cv::authorization));
    parts.certificate = decodeIfPossible(file);
    return parts;
}

} // namespace cancuoc::personalization::lint
