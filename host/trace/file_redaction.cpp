// SPDX-License-Identifier: Apache-2.0
#include "host/trace/file_redaction.hpp"

#include "host/access/ephemeral_key_pair.hpp"
#include "host/apdu/tlv.hpp"
#include "host/base/error.hpp"
#include "host/base/utf8.hpp"
#include "host/crypto/bignum.hpp"
#include "host/crypto/digest.hpp"
#include "host/lds/card_security.hpp"
#include "host/lds/data_group_1.hpp"
#include "host/lds/data_group_14.hpp"
#include "host/lds/data_group_15.hpp"
#include "host/lds/data_group_2.hpp"
#include "host/lds/security_object_file.hpp"
#include "host/trace/image_redaction.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include <openssl/core_names.h>

namespace cancuoc::trace {

namespace {

using lds::MachineReadableZone;

constexpr std::uint32_t booleanTag = 0x01;
constexpr std::uint32_t integerTag = 0x02;
constexpr std::uint32_t objectIdentifierTag = 0x06;
constexpr std::uint32_t tagListTag = 0x5C;
constexpr std::uint32_t cardCapabilitiesTag = 0x47;
constexpr std::uint32_t extendedLengthTag = 0x7F66;

constexpr std::array hashAlgorithms{HashAlgorithm::Sha1, HashAlgorithm::Sha224, HashAlgorithm::Sha256,
                                    HashAlgorithm::Sha384, HashAlgorithm::Sha512};

bool isText(BytesView value) {
    return isUtf8(toText(value)) && std::none_of(value.begin(), value.end(), [](std::uint8_t byte) {
               return byte < 0x20 || byte == 0x7F;
           });
}

bool isWellFormed(BytesView bytes, unsigned depth) try {
    TlvReader reader(bytes, depth);
    while (reader.next()) {
    }
    return true;
} catch (const MalformedData&) {
    return false;
}

Bytes redactValue(std::uint32_t tag, BytesView value, Pseudonyms& pseudonyms) {
    const bool isCount = tag == integerTag && value.size() == 1;
    if (isCount || tag == booleanTag || tag == objectIdentifierTag || tag == tagListTag || value.empty()) {
        return toBytes(value);
    }
    if (isText(value)) {
        return toBytes(viewOf(pseudonyms.text(toText(value))));
    }
    return redactImage(value, pseudonyms);
}

Bytes redactObjects(BytesView bytes, unsigned depth, Pseudonyms& pseudonyms) {
    Bytes output;
    TlvReader reader(bytes, depth);
    while (const auto object = reader.next()) {
        append(output, object->encoded.first(object->encoded.size() - object->value.size()));
        const bool goesOn = isConstructed(object->tag) && depth < TlvReader::maximumDepth &&
                            isWellFormed(object->value, depth + 1);
        append(output, goesOn ? redactObjects(object->value, depth + 1, pseudonyms)
                              : redactValue(object->tag, object->value, pseudonyms));
    }
    return output;
}

// What is left of a file when nothing more is known of it.
Bytes redactBehindHeader(BytesView file, Pseudonyms& pseudonyms) {
    std::size_t known = 0;
    try {
        const auto header = readTlvHeader(file);
        known = header ? header->headerSize : 0;
    } catch (const MalformedData&) {
        known = 0;
    }
    return concat(file.first(known), pseudonyms.bytes(file.subspan(known)));
}

void replaceAll(Bytes& bytes, BytesView former, BytesView other) {
    if (former.empty() || former.size() != other.size()) {
        return;
    }
    auto at = bytes.begin();
    while ((at = std::search(at, bytes.end(), former.begin(), former.end())) != bytes.end()) {
        at = std::copy(other.begin(), other.end(), at);
    }
}

void replaceLast(Bytes& bytes, BytesView former, BytesView other) {
    const auto at = std::find_end(bytes.begin(), bytes.end(), former.begin(), former.end());
    if (at != bytes.end() && former.size() == other.size()) {
        std::copy(other.begin(), other.end(), at);
    }
}

// An ECDSA signature stays two positive numbers of the same lengths.
Bytes redactSignature(BytesView signature, const Pseudonyms& pseudonyms) try {
    Bytes output = toBytes(signature);
    TlvReader numbers = readTlv(signature, 0x30, "signature").children();
    while (const auto number = numbers.next()) {
        const auto start = static_cast<std::size_t>(number->value.data() - signature.data());
        Bytes other = pseudonyms.bytes(number->value);
        const bool hasLeadingZero = other.size() > 1 && number->value[0] == 0;
        other.at(0) = hasLeadingZero ? std::uint8_t{0} : static_cast<std::uint8_t>(other[0] & 0x7FU) | 1U;
        if (hasLeadingZero) {
            other[1] |= 0x80U;
        }
        std::copy(other.begin(), other.end(), output.begin() + static_cast<std::ptrdiff_t>(start));
    }
    return output;
} catch (const MalformedData&) {
    return pseudonyms.bytes(signature);
}

// A signed time keeps its year.
Bytes firstOfJanuary(BytesView time) {
    constexpr std::string_view restOfYear = "0101000000Z";
    return time.size() < restOfYear.size()
               ? toBytes(time)
               : concat(time.first(time.size() - restOfYear.size()), viewOf(restOfYear));
}

// What the document signer signed is another content: its digest follows, its signature cannot.
void replaceSigned(Bytes& file, const lds::SignedData& signedData, BytesView content,
                   const Pseudonyms& pseudonyms) {
    for (const auto algorithm : hashAlgorithms) {
        replaceAll(file, digest(algorithm, signedData.content()), digest(algorithm, content));
    }
    replaceAll(file, signedData.content(), content);
    const CmsPtr cms = signedData.parseCms();
    STACK_OF(CMS_SignerInfo)* const signers = CMS_get0_SignerInfos(cms.get());
    for (int index = 0; index < sk_CMS_SignerInfo_num(signers); ++index) {
        CMS_SignerInfo* const signer = sk_CMS_SignerInfo_value(signers, index);
        const ASN1_OCTET_STRING* const signature = CMS_SignerInfo_get0_signature(signer);
        const BytesView value(ASN1_STRING_get0_data(signature),
                              static_cast<std::size_t>(ASN1_STRING_length(signature)));
        replaceLast(file, value, redactSignature(value, pseudonyms));
        const int place = CMS_signed_get_attr_by_NID(signer, NID_pkcs9_signingTime, -1);
        if (place < 0) {
            continue;
        }
        X509_ATTRIBUTE* const attribute = CMS_signed_get_attr(signer, place);
        const ASN1_TYPE* const time = X509_ATTRIBUTE_get0_type(attribute, 0);
        if (time != nullptr && (time->type == V_ASN1_UTCTIME || time->type == V_ASN1_GENERALIZEDTIME)) {
            const ASN1_STRING* const text = time->value.asn1_string;
            const BytesView written(ASN1_STRING_get0_data(text),
                                    static_cast<std::size_t>(ASN1_STRING_length(text)));
            replaceLast(file, written, firstOfJanuary(written));
        }
    }
}

Bytes anotherPoint(const EllipticCurvePublicKey& key, RandomSource& random) {
    return toBytes(EllipticCurveKeyPair::generate(key.curve, random).publicKey());
}

// A value of the group of the same length, so that the file keeps its own.
Bytes anotherValue(const DiffieHellmanPublicKey& key, RandomSource& random) {
    while (true) {
        const auto pair = DiffieHellmanKeyPair::generate(key.group, random);
        if (pair.publicKey().size() == key.value.size()) {
            return toBytes(pair.publicKey());
        }
    }
}

std::optional<Bytes> modulusOf(BytesView subjectPublicKeyInfo) {
    const EvpKey key = decodeSubjectPublicKeyInfo(subjectPublicKeyInfo);
    BIGNUM* modulus = nullptr;
    if (EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA ||
        EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_RSA_N, &modulus) != 1) {
        return std::nullopt;
    }
    const BignumPtr number(modulus);
    return toBytes(toBytesOfWidth(*number, static_cast<std::size_t>(BN_num_bytes(number.get()))).view());
}

std::string joined(const std::vector<std::string>& lines) {
    return std::accumulate(lines.begin(), lines.end(), std::string());
}

// The number of a Vietnamese card, which the document number and the CAN are parts of, before all others.
void redactNumbers(MachineReadableZone& zone, Pseudonyms& pseudonyms) {
    const auto number = zone.vietnameseNumber();
    if (!number) {
        zone.documentNumber = pseudonyms.identifier(zone.documentNumber);
        zone.optionalData = pseudonyms.text(zone.optionalData);
        return;
    }
    const std::string other = pseudonyms.identifier(*number);
    const bool hasCheckDigit = zone.optionalData.size() > number->size();
    zone.documentNumber = pseudonyms.identifier(zone.documentNumber);
    zone.optionalData = other;
    if (hasCheckDigit) {
        zone.optionalData += "<<";
        zone.optionalData += lds::mrzCheckDigit(zone.optionalData);
    }
}

std::string oneLine(std::string_view zone) {
    std::string result;
    std::copy_if(zone.begin(), zone.end(), std::back_inserter(result),
                 [](char sign) { return sign != ' ' && sign != '\n' && sign != '\r' && sign != '\t'; });
    return result;
}

} // namespace

std::string redactZone(std::string_view text, Pseudonyms& pseudonyms) {
    const std::string original = oneLine(text);
    try {
        auto zone = MachineReadableZone::parse(original);
        if (zone.wrongCheckDigits.empty() && joined(zone.lines()) == original) {
            redactNumbers(zone, pseudonyms);
            zone.secondOptionalData = pseudonyms.text(zone.secondOptionalData);
            zone.birthDate = pseudonyms.yearMonthDay(zone.birthDate);
            zone.expiryDate = pseudonyms.yearMonthDay(zone.expiryDate);
            zone.sex = zone.sex == lds::Sex::Unspecified                               ? zone.sex
                       : pseudonyms.sex(zone.sex == lds::Sex::Male ? 'M' : 'F') == 'M' ? lds::Sex::Male
                                                                                       : lds::Sex::Female;
            zone.primaryIdentifier = pseudonyms.text(zone.primaryIdentifier);
            zone.secondaryIdentifier = pseudonyms.text(zone.secondaryIdentifier);
            return joined(zone.lines());
        }
    } catch (const MalformedData&) {
        return pseudonyms.text(original);
    }
    return pseudonyms.text(original);
}

Bytes redactDataObjects(BytesView bytes, Pseudonyms& pseudonyms) {
    return isWellFormed(bytes, 0) ? redactObjects(bytes, 0, pseudonyms) : pseudonyms.bytes(bytes);
}

// The MRZ first, because of the numbers; what is signed last, because of the hashes.
std::map<std::string, Bytes> FileRedaction::redact(const std::map<std::string, Bytes>& files) {
    std::map<std::string, Bytes> redacted;
    const auto isOf = [](const std::string& name, std::string_view file) {
        return name == file || name.starts_with(std::string(file) + " (");
    };
    const auto rank = [&](const std::string& name) {
        return isOf(name, "DG1") ? 0 : isOf(name, "EF.SOD") ? 2 : 1;
    };
    for (int turn = 0; turn <= 2; ++turn) {
        for (const auto& [name, content] : files) {
            if (rank(name) != turn) {
                continue;
            }
            Bytes other = redactOne(std::string_view(name).substr(0, name.find(" (")), content);
            if (other.size() != content.size()) {
                other = redactBehindHeader(content, pseudonyms_);
            }
            for (const auto algorithm : hashAlgorithms) {
                hashes_.emplace(toHex(digest(algorithm, content)), digest(algorithm, other));
            }
            redacted[name] = std::move(other);
        }
    }
    return redacted;
}

Bytes FileRedaction::redactOne(std::string_view name, BytesView file) {
    static const std::map<std::string_view, Redact> redactions{
        {"EF.CardAccess", &FileRedaction::keep},
        {"EF.COM", &FileRedaction::keep},
        {"EF.DIR", &FileRedaction::keep},
        {"EF.CVCA", &FileRedaction::keep},
        {"EF.ATR/INFO", &FileRedaction::atrInfo},
        {"DG1", &FileRedaction::dataGroup1},
        {"DG2", &FileRedaction::dataGroup2},
        {"DG14", &FileRedaction::dataGroup14},
        {"DG15", &FileRedaction::dataGroup15},
        {"EF.SOD", &FileRedaction::securityObject},
        {"EF.CardSecurity", &FileRedaction::cardSecurity}};
    const auto found = redactions.find(name);
    const Redact redaction = found != redactions.end() ? found->second : &FileRedaction::dataObjects;
    try {
        return (this->*redaction)(file);
    } catch (const Error&) {
        return redactBehindHeader(file, pseudonyms_);
    }
}

Bytes FileRedaction::keep(BytesView file) {
    return toBytes(file);
}

// What is behind the one data object of a file is padding, if anything.
Bytes FileRedaction::dataObjects(BytesView file) {
    const auto header = readTlvHeader(file);
    if (!header || header->valueSize > file.size() - header->headerSize) {
        return redactBehindHeader(file, pseudonyms_);
    }
    const std::size_t size = header->headerSize + header->valueSize;
    return concat(redactDataObjects(file.first(size), pseudonyms_), Bytes(file.size() - size));
}

// What a reader uses; the rest can be the chip's serial number.
Bytes FileRedaction::atrInfo(BytesView file) {
    Bytes output;
    TlvReader reader(file);
    try {
        while (const auto object = reader.next()) {
            const bool isUsed = object->tag == cardCapabilitiesTag || object->tag == extendedLengthTag;
            append(output,
                   isUsed ? toBytes(object->encoded) : redactBehindHeader(object->encoded, pseudonyms_));
        }
    } catch (const MalformedData&) {
        append(output, pseudonyms_.bytes(reader.remaining()));
    }
    return output;
}

Bytes FileRedaction::dataGroup1(BytesView file) {
    auto dataGroup = lds::DataGroup1::decode(file);
    dataGroup.lines = {redactZone(joined(dataGroup.lines), pseudonyms_)};
    return dataGroup.encode();
}

Bytes FileRedaction::dataGroup2(BytesView file) {
    auto dataGroup = lds::DataGroup2::decode(file);
    if (!equal(dataGroup.encode(), file)) {
        return dataObjects(file);
    }
    for (auto& information : dataGroup.templates) {
        information.header.creationDate = pseudonyms_.bytes(information.header.creationDate);
        information.header.validityPeriod = pseudonyms_.bytes(information.header.validityPeriod);
        if (information.constructedBlock) {
            information.dataBlock = redactDataObjects(information.dataBlock, pseudonyms_);
            continue;
        }
        auto record = biometric::FacialRecord::decode(information.dataBlock);
        for (auto& image : record.images) {
            image.gender = image.eyeColour = image.hairColour = 0;
            image.featureMask = 0;
            image.expression = 0;
            image.poseAngle = image.poseUncertainty = {};
            std::fill(image.featurePoints.begin(), image.featurePoints.end(),
                      biometric::FacialImage::FeaturePoint{});
            image.image = redactImage(image.image, pseudonyms_);
        }
        information.dataBlock = record.encode();
    }
    return dataGroup.encode();
}

Bytes FileRedaction::anotherKey(BytesView subjectPublicKeyInfo) {
    const auto key = decodeChipPublicKey(subjectPublicKeyInfo);
    if (!key) {
        throw MalformedData("The key is of a kind that is not known.");
    }
    const auto* const elliptic = std::get_if<EllipticCurvePublicKey>(&*key);
    return elliptic != nullptr ? anotherPoint(*elliptic, random_)
                               : anotherValue(std::get<DiffieHellmanPublicKey>(*key), random_);
}

// The same key stands for a key wherever it stands, in DG14 and in EF.CardSecurity.
void FileRedaction::replaceKey(Bytes& file, BytesView subjectPublicKeyInfo) {
    const auto key = decodeChipPublicKey(subjectPublicKeyInfo);
    if (!key) {
        throw MalformedData("The key is of a kind that is not known.");
    }
    const auto* const elliptic = std::get_if<EllipticCurvePublicKey>(&*key);
    const Bytes& former =
        elliptic != nullptr ? elliptic->point : std::get<DiffieHellmanPublicKey>(*key).value;
    Bytes& other = keys_[toHex(former)];
    if (other.empty()) {
        other = anotherKey(subjectPublicKeyInfo);
    }
    replaceAll(file, former, other);
}

Bytes FileRedaction::dataGroup14(BytesView file) {
    const auto infos = lds::DataGroup14::decode(file).securityInfos;
    Bytes output = toBytes(file);
    for (const auto& key : infos.all<lds::ChipAuthenticationPublicKeyInfo>()) {
        replaceKey(output, key.subjectPublicKeyInfo);
    }
    for (const auto& info : infos.all<lds::EidSecurityInfo>()) {
        replaceAll(output, info.eidSecurityObject, redactDataObjects(info.eidSecurityObject, pseudonyms_));
    }
    for (const auto& info : infos.all<lds::PrivilegedTerminalInfo>()) {
        replaceAll(output, info.privilegedTerminalInfos,
                   redactDataObjects(info.privilegedTerminalInfos, pseudonyms_));
    }
    for (const auto& info : infos.all<lds::UnknownSecurityInfo>()) {
        replaceAll(output, info.encoded, redactDataObjects(info.encoded, pseudonyms_));
    }
    return output;
}

Bytes FileRedaction::dataGroup15(BytesView file) {
    const auto key = lds::DataGroup15::decode(file).subjectPublicKeyInfo;
    Bytes output = toBytes(file);
    if (const auto modulus = modulusOf(key)) {
        Bytes other = pseudonyms_.bytes(*modulus);
        other.front() |= 0x80U;
        other.back() |= 0x01U;
        replaceAll(output, *modulus, other);
    } else {
        replaceKey(output, key);
    }
    return output;
}

Bytes FileRedaction::cardSecurity(BytesView file) {
    const auto cardSecurity = lds::CardSecurity::decode(file);
    Bytes content = toBytes(cardSecurity.signedData().content());
    for (const auto& key : cardSecurity.securityInfos().all<lds::ChipAuthenticationPublicKeyInfo>()) {
        replaceKey(content, key.subjectPublicKeyInfo);
    }
    Bytes output = toBytes(file);
    replaceSigned(output, cardSecurity.signedData(), content, pseudonyms_);
    return output;
}

Bytes FileRedaction::securityObject(BytesView file) {
    const auto securityObject = lds::SecurityObjectFile::decode(file);
    Bytes content = toBytes(securityObject.signedData().content());
    const auto object = securityObject.documentSecurityObject();
    for (const auto* hashes : {&object.dataGroupHashes, &object.unknownDataGroupHashes}) {
        for (const auto& [number, hash] : *hashes) {
            const auto known = hashes_.find(toHex(hash));
            replaceAll(content, hash, known != hashes_.end() ? known->second : pseudonyms_.bytes(hash));
        }
    }
    Bytes output = toBytes(file);
    replaceSigned(output, securityObject.signedData(), content, pseudonyms_);
    return output;
}

} // namespace cancuoc::trace
