// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "personalization/intake/rule.hpp"

#include <array>
#include <stdexcept>

namespace cancuoc::personalization {

/// Every rule of the intake, in the order in which a record meets them.
inline constexpr std::array everyRule{
    // The order as a whole
    Rule{"order.records", Severity::Error, "line", "must hold exactly one file records.csv or records.jsonl",
         "phải có đúng một tệp records.csv hoặc records.jsonl"},
    Rule{"order.header", Severity::Error, "line",
         "has no header line; the first line must name the columns: request_id, number, full_name and so on",
         "không có dòng tiêu đề; dòng đầu phải ghi tên các cột: request_id, number, full_name v.v."},
    Rule{"order.column-missing", Severity::Error, "line",
         "is named nowhere in the header line; the header must name it once",
         "không có trong dòng tiêu đề; dòng tiêu đề phải ghi tên cột này một lần"},
    Rule{"order.column-twice", Severity::Error, "line",
         "stands more than once in the header line; the header must name it once",
         "có nhiều lần trong dòng tiêu đề; dòng tiêu đề chỉ ghi tên cột này một lần"},

    Rule{"zip.structure", Severity::Error, "PKWARE APPNOTE, 4.3",
         "is a ZIP archive that is damaged, cut short or contradicts itself",
         "là tệp ZIP bị hỏng, bị cắt cụt hoặc tự mâu thuẫn"},
    Rule{"zip.entries", Severity::Error, "line", "is a ZIP archive with {0} entries; at most {1} are taken",
         "là tệp ZIP có {0} mục; chỉ nhận tối đa {1} mục"},
    Rule{"zip.path", Severity::Error, "line",
         "is a ZIP archive whose entry {0} has a path that leads out of the archive, or none at all",
         "là tệp ZIP có mục thứ {0} mang đường dẫn ra ngoài tệp ZIP, hoặc không có tên"},
    Rule{"zip.twice", Severity::Error, "line",
         "is a ZIP archive whose entry {0} has the name of an earlier one",
         "là tệp ZIP có mục thứ {0} trùng tên với một mục trước"},
    Rule{"zip.method", Severity::Error, "line",
         "is a ZIP archive whose entry {0} is encrypted or packed in another way than store and deflate",
         "là tệp ZIP có mục thứ {0} bị mã hóa hoặc nén bằng cách khác store và deflate"},
    Rule{"zip.unpacked", Severity::Error, "line",
         "is a ZIP archive that unpacks to far more than an order of its size; at most {0} bytes are taken",
         "là tệp ZIP giải nén ra lớn hơn nhiều so với một đơn hàng cỡ đó; chỉ nhận tối đa {0} byte"},
    Rule{"signature.missing", Severity::Error, "line",
         "is not signed; this line takes signed orders only: ORDER.zip.p7s or ORDER.zip.p7m, or "
         "SHA256SUMS.p7s "
         "in the folder",
         "chưa được ký; dây chuyền này chỉ nhận đơn hàng có chữ ký: ĐƠN.zip.p7s hoặc ĐƠN.zip.p7m, hoặc "
         "SHA256SUMS.p7s trong thư mục"},
    Rule{
        "signature.unchecked", Severity::Warning, "line",
        "is signed, and nobody said whose signature counts; it was not checked (--signers)",
        "có chữ ký nhưng không cho biết chữ ký của ai được chấp nhận; chữ ký chưa được kiểm tra (--signers)"},
    Rule{"signature.structure", Severity::Error, "RFC 5652, 5",
         "has a signature that is no CMS SignedData of data with signed attributes",
         "có chữ ký không phải CMS SignedData của dữ liệu kèm thuộc tính được ký"},
    Rule{"signature.signer", Severity::Error, "RFC 5652, 5.3",
         "is signed by a certificate that is not among those whose signatures count",
         "được ký bằng chứng thư không nằm trong số chứng thư được chấp nhận"},
    Rule{"signature.certificate", Severity::Error, "RFC 5280, 4.1.2.5",
         "is signed by a certificate that is not valid today, or not meant for signatures",
         "được ký bằng chứng thư không có hiệu lực hôm nay, hoặc không dùng để ký"},
    Rule{"signature.strength", Severity::Error, "line",
         "is signed with a hash below SHA-256, or with a key that is too weak",
         "được ký với hàm băm yếu hơn SHA-256, hoặc với khóa quá yếu"},
    Rule{"signature.value", Severity::Error, "RFC 5652, 5.6",
         "is not what was signed: it was changed since, or the signature is another order's",
         "không đúng với nội dung đã ký: đã bị thay đổi sau đó, hoặc chữ ký là của đơn hàng khác"},
    Rule{"signature.pictures", Severity::Error, "line",
         "is signed without its pictures; sign a ZIP of all, or SHA256SUMS in the folder",
         "được ký nhưng không gồm ảnh; hãy ký tệp ZIP chứa tất cả, hoặc SHA256SUMS trong thư mục"},
    Rule{"manifest.structure", Severity::Error, "sha256sum(1)",
         "has a line in SHA256SUMS that is not 64 hexadecimal digits, two spaces and a path of the order, or "
         "a "
         "path twice",
         "có dòng trong SHA256SUMS không gồm 64 chữ số thập lục phân, hai dấu cách và đường dẫn trong đơn "
         "hàng, "
         "hoặc một đường dẫn có hai lần"},
    Rule{"manifest.records", Severity::Error, "sha256sum(1)",
         "has records that SHA256SUMS does not list, or lists with another hash",
         "có tệp hồ sơ không nằm trong SHA256SUMS, hoặc có mã băm khác"},

    // One line of it
    Rule{"csv.quote-open", Severity::Error, "RFC 4180, 2.5",
         "A quote (\") in this line is not closed where its field ends; close it, and write a quote inside a "
         "field twice",
         "Dấu ngoặc kép (\") trong dòng này không được đóng ở cuối trường; hãy đóng lại và viết hai lần dấu "
         "ngoặc kép nằm trong trường"},
    Rule{"csv.quote-followed", Severity::Error, "RFC 4180, 2.5",
         "Text follows the closing quote (\") of a field; only a comma or the end of the line may, and a "
         "quote inside a field is written twice",
         "Có chữ sau dấu ngoặc kép (\") đóng trường; sau đó chỉ được là dấu phẩy hoặc hết dòng, và dấu ngoặc "
         "kép trong trường phải viết hai lần"},
    Rule{"csv.quote-inside", Severity::Error, "RFC 4180, 2.7",
         "A quote (\") stands inside a field without quotes; put the whole field between quotes and write "
         "the quote twice",
         "Dấu ngoặc kép (\") nằm trong trường không được đặt trong ngoặc kép; hãy đặt cả trường trong ngoặc "
         "kép và viết dấu ngoặc kép hai lần"},
    Rule{"csv.line-length", Severity::Error, "line",
         "The line is far too long; perhaps a quote (\") was never closed",
         "Dòng quá dài; có thể một dấu ngoặc kép (\") chưa được đóng"},
    Rule{"csv.line-fields", Severity::Error, "line", "The line has far too many fields",
         "Dòng có quá nhiều trường"},
    Rule{"csv.fields", Severity::Error, "RFC 4180, 2.4",
         "The line has {0} fields and the header {1}; put a field that holds a comma between quotes (\")",
         "Dòng có {0} trường còn tiêu đề có {1}; hãy đặt trường có dấu phẩy trong ngoặc kép (\")"},

    Rule{"json.line-length", Severity::Error, "line",
         "The line is far too long; a record is one line of at most 64 KiB",
         "Dòng quá dài; mỗi hồ sơ là một dòng tối đa 64 KiB"},
    Rule{"json.object", Severity::Error, "RFC 8259",
         "The line is not one JSON object in UTF-8 like {\"request_id\": \"R-1\", …}, nested at most 8 deep",
         "Dòng không phải là một đối tượng JSON dạng UTF-8 như {\"request_id\": \"R-1\", …}, lồng nhau tối "
         "đa 8 "
         "lớp"},
    Rule{"json.name-twice", Severity::Error, "RFC 8259, 4", "stands more than once in the object",
         "có nhiều lần trong đối tượng"},
    Rule{"json.text", Severity::Error, "line", "must be a string between quotes, or null for no value",
         "phải là chuỗi trong ngoặc kép, hoặc null nếu không có giá trị"},

    // One field of it
    Rule{"column.unknown", Severity::Warning, "line",
         "is no column that the line knows; it is kept as it stands and put on no card",
         "không phải là cột mà dây chuyền biết; giá trị được giữ nguyên và không ghi lên thẻ"},
    Rule{"text.utf8", Severity::Error, "RFC 3629", "is not UTF-8; save the file as UTF-8",
         "không phải UTF-8; hãy lưu tệp ở dạng UTF-8"},
    Rule{"text.control", Severity::Error, "line",
         "holds a line break, tab or another character that cannot be printed; remove it",
         "có dấu xuống dòng, tab hoặc ký tự không in được; hãy bỏ ký tự đó"},
    Rule{"text.separator", Severity::Error, "line",
         "holds a vertical bar (|), which parts the fields of the QR code; remove it",
         "có dấu gạch đứng (|), là dấu phân cách các trường của mã QR; hãy bỏ dấu đó"},
    Rule{"text.length", Severity::Error, "line", "has {0} characters; at most {1} fit",
         "có {0} ký tự; chỉ được tối đa {1} ký tự"},
    Rule{"text.normalization", Severity::Warning, "Unicode UAX #15",
         "is not in Unicode normalization form C; it was brought to that form",
         "không ở dạng chuẩn hóa Unicode NFC (dựng sẵn); đã được đưa về dạng đó"},
    Rule{"text.face-length", Severity::Warning, "Doc 9303-3, 3.2",
         "has {0} characters; the printed card has room for {1} in a legible size",
         "có {0} ký tự; thẻ in chỉ đủ chỗ cho {1} ký tự ở cỡ chữ đọc được"},
    Rule{"field.required", Severity::Error, "line", "is empty; every card needs it",
         "để trống; thẻ nào cũng phải có mục này"},
    Rule{"date.form", Severity::Error, "ISO 8601",
         "must be a day of the calendar written YYYY-MM-DD, like 2099-12-31",
         "phải là một ngày có thật viết theo dạng NNNN-TT-NN, ví dụ 2099-12-31"},
    Rule{"sex.form", Severity::Error, "line", "must be M (male) or F (female)",
         "phải là M (nam) hoặc F (nữ)"},
    Rule{"picture.path", Severity::Error, "line",
         "must be a path below the folder of the records, like portraits/1.jpg",
         "phải là đường dẫn bên trong thư mục của đơn hàng, ví dụ portraits/1.jpg"},
    Rule{"picture.file", Severity::Error, "line",
         "names a file that is not there, cannot be read or has more than 16 MiB",
         "chỉ đến tệp không có, không đọc được hoặc lớn hơn 16 MiB"},
    Rule{"picture.empty", Severity::Error, "line", "names an empty file", "chỉ đến một tệp rỗng"},

    Rule{"picture.manifest", Severity::Error, "sha256sum(1)",
         "names a file that SHA256SUMS does not list, or lists with another hash",
         "chỉ đến tệp không nằm trong SHA256SUMS, hoặc có mã băm khác"},

    // What a record says
    Rule{"request-id.form", Severity::Error, "line",
         "must be letters a-z, digits, hyphens, underscores and full stops, like R-000123",
         "chỉ được gồm chữ cái a-z, chữ số, gạch nối, gạch dưới và dấu chấm, ví dụ R-000123"},
    Rule{"number.digits", Severity::Error, "Law on Identification 2023, article 12",
         "must be exactly 12 digits", "phải có đúng 12 chữ số"},
    Rule{"number.place", Severity::Warning, "Decree 137/2015/ND-CP, article 13",
         "begins with three digits that are no province's code and no country's",
         "bắt đầu bằng ba chữ số không phải mã tỉnh, thành phố hay mã quốc gia nào"},
    Rule{"number.birth-year", Severity::Warning, "Decree 137/2015/ND-CP, article 13",
         "says another year of birth (digits 4 to 6) than birth_date",
         "cho biết năm sinh (chữ số thứ 4 đến 6) khác với birth_date"},
    Rule{"number.sex", Severity::Warning, "Decree 137/2015/ND-CP, article 13",
         "says another sex (digit 4: even for a man, odd for a woman) than sex",
         "cho biết giới tính (chữ số thứ 4: chẵn là nam, lẻ là nữ) khác với sex"},
    Rule{"number.registration", Severity::Warning, "Decree 137/2015/ND-CP, article 13",
         "begins with the code of another province than place_of_birth_registration names",
         "bắt đầu bằng mã của tỉnh, thành phố khác với nơi ghi ở place_of_birth_registration"},
    Rule{"name.letters", Severity::Error, "Doc 9303-3, 3.1",
         "must be words of Latin letters with single spaces between them; only hyphens, apostrophes and full "
         "stops may stand in a word",
         "phải gồm các từ bằng chữ Latinh cách nhau một dấu cách; trong từ chỉ được có gạch nối, dấu nháy và "
         "dấu chấm"},
    Rule{"name.vietnamese", Severity::Warning, "line",
         "has a letter that is neither Vietnamese nor one of F, J, W and Z; compare it with the birth "
         "certificate",
         "có chữ cái không phải tiếng Việt và không phải F, J, W, Z; hãy so với giấy khai sinh"},
    Rule{"name.mrz", Severity::Error, "Doc 9303-3, section 6",
         "has a letter that the machine readable zone cannot write",
         "có chữ cái không viết được trong vùng máy đọc (MRZ)"},
    Rule{"name.mrz-length", Severity::Warning, "Doc 9303-5, 4.2.3",
         "is longer than the 30 characters of its line in the MRZ and will be shortened there",
         "dài hơn 30 ký tự của dòng họ tên trong MRZ và sẽ bị rút ngắn ở đó"},
    Rule{
        "name.mrz-words", Severity::Warning, "Doc 9303-5, 4.2.3",
        "has so many words that the MRZ cannot hold the initial of each; the last ones will be missing there",
        "có nhiều từ đến mức MRZ không ghi hết được chữ cái đầu của từng từ; các từ cuối sẽ bị thiếu"},
    Rule{"relative.letters", Severity::Warning, "Doc 9303-3, 3.1",
         "is not words of Latin letters with single spaces between them",
         "không phải là các từ bằng chữ Latinh cách nhau một dấu cách"},
    Rule{"nationality.vietnam", Severity::Warning, "Law on Identification 2023, article 19",
         "is not Việt Nam; the card is a Vietnamese citizen's and its MRZ says VNM",
         "không phải Việt Nam; thẻ này cấp cho công dân Việt Nam và MRZ ghi VNM"},
    Rule{"dates.birth-before-issue", Severity::Error, "line", "must be after birth_date",
         "phải sau birth_date"},
    Rule{"dates.not-in-future", Severity::Error, "line", "lies in the future", "là một ngày trong tương lai"},
    Rule{"dates.age", Severity::Warning, "line",
         "makes the holder older than 120 years at issue_date; compare the century",
         "khiến người được cấp thẻ hơn 120 tuổi vào issue_date; hãy xem lại thế kỷ"},
    Rule{"dates.issue-before-expiry", Severity::Error, "line", "must be after issue_date",
         "phải sau issue_date"},
    Rule{
        "dates.expiry-by-age", Severity::Warning, "Law on Identification 2023, article 21",
        "is not what the holder's age at issue_date gives: the birthday of turning 14, 25, 40 or 60 (the "
        "next one when less than two years away), and no date after the last",
        "không đúng theo tuổi vào issue_date: ngày sinh nhật đủ 14, 25, 40 hoặc 60 tuổi (mốc kế tiếp nếu còn "
        "dưới hai năm), và không có ngày nào sau mốc cuối"},
    Rule{"old-number.digits", Severity::Error, "line", "must be the 9 digits of the former card, or empty",
         "phải là 9 chữ số của chứng minh nhân dân cũ, hoặc để trống"},
    Rule{"cancelled-number.digits", Severity::Error, "Law on Identification 2023, article 12",
         "must be the 12 digits that number stands in place of, and differ from it, or be empty",
         "phải là 12 chữ số của số định danh đã hủy, khác với number, hoặc để trống"},
    Rule{"relative.number", Severity::Warning, "Law on Identification 2023, article 9",
         "should be 12 digits, or the 9 of a former card, or empty",
         "nên là 12 chữ số, hoặc 9 chữ số của chứng minh nhân dân cũ, hoặc để trống"},
    Rule{"deceased-or-missing", Severity::Error, "Law on Identification 2023, article 9",
         "has a day; no card is made for a citizen who is dead or missing",
         "có ghi ngày; không cấp thẻ cho người đã chết hoặc mất tích"},
    Rule{"blood-group.form", Severity::Warning, "line",
         "should be A, B, AB or O, with + or - behind it if known",
         "nên là A, B, AB hoặc O, có thể kèm + hoặc -"},
    Rule{"dg13.length", Severity::Error, "line",
         "The texts of this record need {0} bytes in DG13; the chip keeps {1} for it",
         "Các mục của hồ sơ này cần {0} byte trong DG13; chip chỉ dành {1} byte"},
    Rule{"qr.length", Severity::Warning, "ISO/IEC 18004, table 7",
         "The texts of this record need {0} bytes in the QR code; more than {1} make its modules too small "
         "to read well",
         "Các mục của hồ sơ này cần {0} byte trong mã QR; quá {1} byte thì các ô của mã quá nhỏ, khó đọc"},

    // Its pictures
    Rule{"portrait.format", Severity::Error, "ISO/IEC 10918-1", "is not a JPEG image",
         "không phải là ảnh JPEG"},
    Rule{"portrait.whole", Severity::Error, "ISO/IEC 10918-1", "is a damaged JPEG image, or one cut short",
         "là ảnh JPEG bị hỏng hoặc bị cắt cụt"},
    Rule{"portrait.ratio", Severity::Error, "ISO/IEC 19794-5",
         "is {0} pixels; the width must be to the height as in {1}",
         "có kích thước {0} điểm ảnh; tỷ lệ rộng trên cao phải như {1}"},
    Rule{"portrait.size", Severity::Error, "line", "is {0} pixels; it must be {1}",
         "có kích thước {0} điểm ảnh; phải là {1}"},
    Rule{"portrait.bytes", Severity::Error, "line", "has {0} bytes; the chip takes at most {1}",
         "có {0} byte; chip nhận tối đa {1} byte"},
    Rule{"portrait.light", Severity::Warning, "ISO/IEC 19794-5",
         "is too dark or too bright where the face must be", "quá tối hoặc quá sáng ở vùng khuôn mặt"},
    Rule{"portrait.face-zone", Severity::Warning, "ISO/IEC 19794-5",
         "shows nothing that could be a face where the face must be: the middle is as even as the background",
         "không có gì giống khuôn mặt ở vùng khuôn mặt: giữa ảnh đồng đều như nền"},
    Rule{"finger.format", Severity::Error, "ISO/IEC 15948", "is not an 8-bit grey PNG image",
         "không phải là ảnh PNG xám 8 bit"},
    Rule{"finger.whole", Severity::Error, "ISO/IEC 15948", "is a damaged PNG image, or one cut short",
         "là ảnh PNG bị hỏng hoặc bị cắt cụt"},
    Rule{"finger.size", Severity::Error, "ISO/IEC 19794-4",
         "is {0} pixels; a finger at 500 dots per inch has 150 to 1000 on each side",
         "có kích thước {0} điểm ảnh; ảnh vân tay 500 dpi có mỗi cạnh từ 150 đến 1000"},
    Rule{"finger.resolution", Severity::Error, "ISO/IEC 19794-4",
         "says that it has {0} dots per inch; it must be scanned at 500",
         "ghi độ phân giải {0} dpi; phải quét ở 500 dpi"},
    Rule{"finger.bytes", Severity::Error, "line", "has {0} bytes; the chip takes at most {1}",
         "có {0} byte; chip nhận tối đa {1} byte"},
    Rule{"finger.ridges", Severity::Warning, "ISO/IEC 19794-4",
         "is nearly of one grey, without the ridges of a finger",
         "gần như chỉ có một màu xám, không thấy đường vân"},
    Rule{"finger.same", Severity::Error, "line", "is the same picture as left_index",
         "trùng với ảnh của left_index"},

    // Beside the others
    Rule{"duplicate.request-id", Severity::Error, "line",
         "stands already in line {0}; an order names each request once",
         "đã có ở dòng {0}; mỗi yêu cầu chỉ được ghi một lần trong đơn hàng"},
    Rule{"duplicate.number", Severity::Error, "line",
         "stands already in line {0}; an order names each citizen once",
         "đã có ở dòng {0}; mỗi công dân chỉ được ghi một lần trong đơn hàng"},
    Rule{"duplicate.request-data", Severity::Error, "line",
         "stands in the job store with other data; give a new request a new id",
         "đã có trong kho công việc với dữ liệu khác; yêu cầu mới phải có mã mới"},
    Rule{"duplicate.citizen", Severity::Error, "line",
         "has another request in the job store; a citizen gets one card",
         "đã có yêu cầu khác trong kho công việc; mỗi công dân chỉ được một thẻ"},
};

/// The rule with this identifier; one that does not exist does not compile.
[[nodiscard]] consteval const Rule* ruleNamed(std::string_view id) {
    for (const Rule& rule : everyRule) {
        if (rule.id == id) {
            return &rule;
        }
    }
    throw std::logic_error("no such rule");
}

} // namespace cancuoc::personalization
