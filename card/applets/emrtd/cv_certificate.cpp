// SPDX-License-Identifier: Apache-2.0
#include "card/applets/emrtd/cv_certificate.hpp"

#include "card/applets/emrtd/data_object.hpp"
#include "card/applets/emrtd/protocol_identifier.hpp"
#include "card/crypto/elliptic_curve.hpp"

#include <algorithm>

namespace cancuoc::card::emrtd {
namespace {

using Bytes = std::span<const std::uint8_t>;

// Doc 9303-12, 7.2.2 and Doc 9303-11, 9.4
constexpr std::uint16_t bodyTag = 0x7F4E;
constexpr std::uint16_t signatureTag = 0x5F37;
constexpr std::uint16_t profileIdentifierTag = 0x5F29;
constexpr std::uint16_t authorityReferenceTag = 0x42;
constexpr std::uint16_t publicKeyTag = 0x7F49;
constexpr std::uint16_t holderReferenceTag = 0x5F20;
constexpr std::uint16_t holderAuthorizationTag = 0x7F4C;
constexpr std::uint16_t effectiveDateTag = 0x5F25;
constexpr std::uint16_t expirationDateTag = 0x5F24;
constexpr std::uint16_t extensionsTag = 0x65;
constexpr std::uint16_t objectIdentifierTag = 0x06;
constexpr std::uint16_t discretionaryDataTag = 0x53;

/// id-IS, 0.4.0.127.0.7.3.1.2.1 (Doc 9303-10).
constexpr std::array<std::uint8_t, 9> idInspectionSystem{0x04, 0x00, 0x7F, 0x00, 0x07,
                                                         0x03, 0x01, 0x02, 0x01};

constexpr std::uint8_t roleMask = 0xC0;

constexpr std::array allCurves{crypto::StandardizedDomainParameters::Secp192r1,
                               crypto::StandardizedDomainParameters::Secp224r1,
                               crypto::StandardizedDomainParameters::Secp256r1,
                               crypto::StandardizedDomainParameters::BrainpoolP256r1,
                               crypto::StandardizedDomainParameters::Secp384r1,
                               crypto::StandardizedDomainParameters::BrainpoolP384r1,
                               crypto::StandardizedDomainParameters::BrainpoolP512r1,
                               crypto::StandardizedDomainParameters::Secp521r1};

/// Reads data objects whose order is fixed.
class OrderedReader {
public:
    explicit OrderedReader(Bytes data) : reader_(data), ahead_(reader_.next()) {}

    /// The value of the next data object where it has `tag`.
    [[nodiscard]] std::optional<Bytes> take(std::uint16_t tag) {
        if (!ahead_ || ahead_->tag != tag) {
            return std::nullopt;
        }
        const Bytes value = ahead_->value;
        atEnd_ = reader_.atEnd();
        ahead_ = reader_.next();
        return value;
    }
    /// Whether the data ended with the last data object taken.
    [[nodiscard]] bool atEnd() const { return atEnd_; }

private:
    DataObjectReader reader_;
    std::optional<DataObject> ahead_;
    bool atEnd_ = false;
};

std::optional<SignatureAlgorithm> readAlgorithm(Bytes identifier) {
    constexpr std::size_t size = idTerminalAuthentication.size() + 2;
    if (identifier.size() != size ||
        !std::ranges::equal(idTerminalAuthentication, identifier.first(size - 2))) {
        return std::nullopt;
    }
    const SignatureAlgorithm algorithm{identifier[size - 2], identifier[size - 1]};
    return algorithm.hash() ? std::optional(algorithm) : std::nullopt;
}

/// 9.4.2
bool readRsaKey(OrderedReader& reader, CvPublicKey& key) {
    const auto modulus = reader.take(0x81);
    const auto exponent = reader.take(0x82);
    if (!modulus || !exponent || !reader.atEnd()) {
        return false;
    }
    key.modulus = *modulus;
    key.exponent = *exponent;
    return modulus->size() >= crypto::minimumRsaPublicModulusSize &&
           modulus->size() <= crypto::maximumRsaPublicModulusSize && !exponent->empty() &&
           exponent->size() <= crypto::maximumRsaPublicExponentSize;
}

/// 9.4.4: the domain parameters are all there, the cofactor apart, or none is.
bool readEllipticCurveKey(OrderedReader& reader, CvPublicKey& key) {
    const auto prime = reader.take(0x81);
    const auto a = reader.take(0x82);
    const auto b = reader.take(0x83);
    const auto basePoint = reader.take(0x84);
    const auto order = reader.take(0x85);
    const auto point = reader.take(0x86);
    const auto cofactor = reader.take(0x87);
    if (!point || !reader.atEnd()) {
        return false;
    }
    key.point = *point;
    if (!prime) {
        return !a && !b && !basePoint && !order && !cofactor && !point->empty();
    }
    if (!a || !b || !basePoint || !order) {
        return false;
    }
    const auto found = std::find_if(allCurves.begin(), allCurves.end(), [&](auto id) {
        return crypto::EllipticCurve(id).hasDomainParameters(*prime, *a, *b, *basePoint, *order);
    });
    if (found == allCurves.end() || (cofactor && (cofactor->size() != 1 || cofactor->front() != 1))) {
        return false;
    }
    key.domainParameters = *found;
    return crypto::EllipticCurve(*found).isValidPublicKey(*point);
}

bool readPublicKey(Bytes data, CvPublicKey& key) {
    OrderedReader reader(data);
    const auto identifier = reader.take(objectIdentifierTag);
    const auto algorithm = identifier ? readAlgorithm(*identifier) : std::nullopt;
    if (!algorithm) {
        return false;
    }
    key.algorithm = *algorithm;
    return algorithm->isRsa() ? readRsaKey(reader, key) : readEllipticCurveKey(reader, key);
}

bool readAuthorization(Bytes data, CvCertificate& certificate) {
    OrderedReader reader(data);
    const auto identifier = reader.take(objectIdentifierTag);
    const auto authorization = reader.take(discretionaryDataTag);
    if (!identifier || !authorization || !reader.atEnd() ||
        !std::ranges::equal(*identifier, idInspectionSystem) || authorization->size() != 1) {
        return false;
    }
    certificate.role = static_cast<CvRole>(authorization->front() & roleMask);
    certificate.rights = static_cast<std::uint8_t>(authorization->front() & ~roleMask);
    return true;
}

bool readDate(const std::optional<Bytes>& data, CvDate& date) {
    if (!data || !isCvDate(*data)) {
        return false;
    }
    std::copy_n(data->begin(), date.size(), date.begin());
    return true;
}

bool isReference(const std::optional<Bytes>& reference) {
    return reference && !reference->empty() && reference->size() <= maximumReferenceLength;
}

/// Doc 9303-12, 7.2.2.1
bool readBody(Bytes data, CvCertificate& certificate) {
    OrderedReader reader(data);
    const auto profile = reader.take(profileIdentifierTag);
    const auto authorityReference = reader.take(authorityReferenceTag);
    const auto publicKey = reader.take(publicKeyTag);
    const auto holderReference = reader.take(holderReferenceTag);
    const auto authorization = reader.take(holderAuthorizationTag);
    const auto effectiveDate = reader.take(effectiveDateTag);
    const auto expirationDate = reader.take(expirationDateTag);
    static_cast<void>(reader.take(extensionsTag));
    if (!profile || profile->size() != 1 || profile->front() != 0 || !isReference(authorityReference) ||
        !publicKey || !isReference(holderReference) || !authorization || !reader.atEnd()) {
        return false;
    }
    certificate.authorityReference = *authorityReference;
    certificate.holderReference = *holderReference;
    return readPublicKey(*publicKey, certificate.publicKey) &&
           readAuthorization(*authorization, certificate) &&
           readDate(effectiveDate, certificate.effectiveDate) &&
           readDate(expirationDate, certificate.expirationDate) &&
           certificate.effectiveDate <= certificate.expirationDate;
}

} // namespace

std::optional<crypto::HashAlgorithm> SignatureAlgorithm::hash() const {
    if (family == 1) {
        switch (scheme) {
        case 2: // RSASSA-PKCS1-v1_5
        case 4: // RSASSA-PSS
            return crypto::HashAlgorithm::Sha256;
        case 5: // RSASSA-PKCS1-v1_5
        case 6: // RSASSA-PSS
            return crypto::HashAlgorithm::Sha512;
        default:
            return std::nullopt;
        }
    }
    if (family != 2) {
        return std::nullopt;
    }
    switch (scheme) {
    case 2:
        return crypto::HashAlgorithm::Sha224;
    case 3:
        return crypto::HashAlgorithm::Sha256;
    case 4:
        return crypto::HashAlgorithm::Sha384;
    case 5:
        return crypto::HashAlgorithm::Sha512;
    default:
        return std::nullopt;
    }
}

crypto::RsaPadding SignatureAlgorithm::rsaPadding() const {
    return scheme == 4 || scheme == 6 ? crypto::RsaPadding::Pss : crypto::RsaPadding::Pkcs1Version15;
}

std::optional<CvCertificate> readCvCertificate(Bytes data) {
    OrderedReader reader(data);
    const auto body = reader.take(bodyTag);
    const auto signature = reader.take(signatureTag);
    CvCertificate certificate;
    if (!body || !signature || !reader.atEnd() || !readBody(*body, certificate)) {
        return std::nullopt;
    }
    const auto bodyEnd = static_cast<std::size_t>(body->data() + body->size() - data.data());
    certificate.body = data.first(bodyEnd);
    certificate.signature = *signature;
    return certificate;
}

bool isCvDate(Bytes date) {
    if (date.size() != CvDate{}.size() ||
        !std::all_of(date.begin(), date.end(), [](std::uint8_t digit) { return digit <= 9; })) {
        return false;
    }
    const int month = date[2] * 10 + date[3];
    const int day = date[4] * 10 + date[5];
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

} // namespace cancuoc::card::emrtd
