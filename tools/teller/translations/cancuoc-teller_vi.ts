<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi" sourcelanguage="en">
<context>
    <name>CheckRecord</name>
    <message>
        <source>Holder of the card, as the chip says</source>
        <translation>Chủ thẻ, theo dữ liệu trong chip</translation>
    </message>
    <message>
        <source>Record of a card check</source>
        <translation>Biên bản kiểm tra thẻ</translation>
    </message>
    <message>
        <source>Time of the check</source>
        <translation>Thời điểm kiểm tra</translation>
    </message>
    <message>
        <source>Card reader</source>
        <translation>Đầu đọc thẻ</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Chính sách kiểm tra</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Phần mềm</translation>
    </message>
    <message>
        <source>Evidence (SHA-256)</source>
        <translation>Bằng chứng (SHA-256)</translation>
    </message>
    <message>
        <source>What was checked</source>
        <translation>Đã kiểm tra những gì</translation>
    </message>
    <message>
        <source>not scanned</source>
        <translation>chưa quét</translation>
    </message>
    <message>
        <source>QR code against chip</source>
        <translation>So mã QR với chip</translation>
    </message>
    <message>
        <source>matches in everything that both say</source>
        <translation>khớp ở mọi mục mà cả hai đều có</translation>
    </message>
</context>
<context>
    <name>NullFaceMatch</name>
    <message>
        <source>No face comparison is installed.</source>
        <translation>Chưa cài phần so khớp khuôn mặt.</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Put the card on the reader</source>
        <translation>Hãy đặt thẻ lên đầu đọc</translation>
    </message>
    <message>
        <source>Reading the card…</source>
        <translation>Đang đọc thẻ…</translation>
    </message>
    <message>
        <source>The card was lifted</source>
        <translation>Thẻ đã bị nhấc ra</translation>
    </message>
    <message>
        <source>The chip is genuine, but the QR code does not match it</source>
        <translation>Chip là thật, nhưng mã QR không khớp với chip</translation>
    </message>
    <message>
        <source>The card is genuine, but it has expired</source>
        <translation>Thẻ là thật, nhưng đã hết hạn</translation>
    </message>
    <message>
        <source>The card is genuine</source>
        <translation>Thẻ là thật</translation>
    </message>
    <message>
        <source>The card is NOT genuine</source>
        <translation>Thẻ KHÔNG phải thẻ thật</translation>
    </message>
    <message>
        <source>The card could not be checked</source>
        <translation>Chưa kiểm tra được thẻ</translation>
    </message>
    <message>
        <source>The card does not open with this number</source>
        <translation>Số đã nhập không mở được thẻ này</translation>
    </message>
    <message>
        <source>No card reader is connected</source>
        <translation>Chưa kết nối đầu đọc thẻ</translation>
    </message>
    <message>
        <source>Ready for the next card</source>
        <translation>Sẵn sàng kiểm tra thẻ</translation>
    </message>
    <message>
        <source>The number is there. As soon as the card lies on the reader, it is read.</source>
        <translation>Đã có số. Khi thẻ nằm trên đầu đọc, việc đọc sẽ bắt đầu ngay.</translation>
    </message>
    <message>
        <source>These data are not proven yet. Leave the card on the reader.</source>
        <translation>Các dữ liệu này chưa được xác thực. Giữ nguyên thẻ trên đầu đọc.</translation>
    </message>
    <message>
        <source>Leave the card on the reader.</source>
        <translation>Giữ nguyên thẻ trên đầu đọc.</translation>
    </message>
    <message>
        <source>Put it back on the reader: reading goes on where it stopped.</source>
        <translation>Hãy đặt thẻ trở lại đầu đọc: việc đọc sẽ tiếp tục từ chỗ đã dừng.</translation>
    </message>
    <message>
        <source>Do not accept this card.</source>
        <translation>Không chấp nhận thẻ này.</translation>
    </message>
    <message>
        <source>This says nothing against the card or its holder.</source>
        <translation>Điều này không có nghĩa là thẻ giả hay chủ thẻ có lỗi.</translation>
    </message>
    <message>
        <source>Connect the reader to this computer.</source>
        <translation>Hãy kết nối đầu đọc với máy tính này.</translation>
    </message>
    <message>
        <source>Put the card on the reader, then type the last six digits of its number, or scan the QR code or the three lines of the MRZ.</source>
        <translation>Đặt thẻ lên đầu đọc, rồi nhập sáu số cuối của số định danh, hoặc quét mã QR hay ba dòng MRZ trên thẻ.</translation>
    </message>
    <message>
        <source>Do not accept this card: what is printed on it may have been changed.</source>
        <translation>Không chấp nhận thẻ này: thông tin in trên thẻ có thể đã bị sửa.</translation>
    </message>
    <message>
        <source>Ask for a card that is still valid.</source>
        <translation>Hãy đề nghị khách xuất trình thẻ còn hạn.</translation>
    </message>
    <message>
        <source>Compare the picture with the person in front of you.</source>
        <translation>Hãy đối chiếu ảnh với người đang đứng trước mặt.</translation>
    </message>
    <message>
        <source>The certificate of the authority that issued it is missing here. Tell your administrator.</source>
        <translation>Máy này thiếu chứng thư của cơ quan cấp thẻ. Hãy báo cho quản trị viên.</translation>
    </message>
    <message>
        <source>The list of withdrawn certificates is missing here, or is too old. Tell your administrator.</source>
        <translation>Máy này thiếu danh sách chứng thư bị thu hồi, hoặc danh sách đã cũ. Hãy báo cho quản trị viên.</translation>
    </message>
    <message>
        <source>It opens only in the old way, which is not accepted here.</source>
        <translation>Thẻ chỉ mở được theo cách cũ, không được chấp nhận ở đây.</translation>
    </message>
    <message>
        <source>Something that must be proven could not be read. Try again.</source>
        <translation>Có dữ liệu bắt buộc phải xác thực mà không đọc được. Hãy thử lại.</translation>
    </message>
    <message>
        <source>Compare it with the number that is printed on the card, and type the last six digits again.</source>
        <translation>Hãy so với số in trên thẻ và nhập lại sáu số cuối.</translation>
    </message>
    <message>
        <source>No card reader is connected. Connect it and try again.</source>
        <translation>Chưa kết nối đầu đọc thẻ. Hãy kết nối rồi thử lại.</translation>
    </message>
    <message>
        <source>Another program uses the reader. Close it and try again.</source>
        <translation>Một chương trình khác đang dùng đầu đọc. Hãy đóng chương trình đó rồi thử lại.</translation>
    </message>
    <message>
        <source>Several readers hold a card. Take the other cards away and try again.</source>
        <translation>Có thẻ trên nhiều đầu đọc. Hãy lấy các thẻ khác ra rồi thử lại.</translation>
    </message>
    <message>
        <source>No card was put on the reader.</source>
        <translation>Không có thẻ nào được đặt lên đầu đọc.</translation>
    </message>
    <message>
        <source>The card was lifted and not put back. Put it on the reader: it is read again.</source>
        <translation>Thẻ đã bị nhấc ra mà không được đặt lại. Hãy đặt thẻ lên đầu đọc: thẻ sẽ được đọc lại.</translation>
    </message>
    <message>
        <source>It opens only with the three lines of the MRZ on its back. Scan them.</source>
        <translation>Thẻ chỉ mở được bằng ba dòng MRZ ở mặt sau. Hãy quét ba dòng đó.</translation>
    </message>
    <message>
        <source>The chip does not answer like that of an identity card. Ask for the right card.</source>
        <translation>Chip không trả lời như chip của thẻ căn cước. Hãy đề nghị khách xuất trình đúng thẻ.</translation>
    </message>
    <message>
        <source>The connection to the chip broke again and again. Lay the card flat and try again.</source>
        <translation>Kết nối với chip bị ngắt nhiều lần. Hãy đặt thẻ nằm phẳng rồi thử lại.</translation>
    </message>
    <message>
        <source>The trust store or the policy of this program cannot be read. Tell your administrator.</source>
        <translation>Không đọc được kho chứng thư tin cậy hoặc chính sách kiểm tra. Hãy báo cho quản trị viên.</translation>
    </message>
    <message>
        <source>Something unexpected happened. Try again; if it happens again, tell your administrator.</source>
        <translation>Có lỗi bất ngờ. Hãy thử lại; nếu vẫn lỗi, hãy báo cho quản trị viên.</translation>
    </message>
    <message>
        <source>No reader</source>
        <translation>Không có đầu đọc</translation>
    </message>
    <message>
        <source>Reader ready, no card</source>
        <translation>Đầu đọc sẵn sàng, chưa có thẻ</translation>
    </message>
    <message>
        <source>Card on the reader</source>
        <translation>Có thẻ trên đầu đọc</translation>
    </message>
    <message>
        <source>The card does not answer: lay it flat</source>
        <translation>Thẻ không trả lời: hãy đặt thẻ nằm phẳng</translation>
    </message>
    <message>
        <source>Looking for a reader</source>
        <translation>Đang tìm đầu đọc</translation>
    </message>
    <message>
        <source>Type six digits, or all twelve.</source>
        <translation>Hãy nhập sáu số, hoặc đủ mười hai số.</translation>
    </message>
    <message>
        <source>The MRZ was misread. Scan its three lines again.</source>
        <translation>MRZ bị quét sai. Hãy quét lại ba dòng.</translation>
    </message>
    <message>
        <source>This is the QR code of a health insurance card. Scan that of the identity card.</source>
        <translation>Đây là mã QR của thẻ bảo hiểm y tế. Hãy quét mã QR của thẻ căn cước.</translation>
    </message>
    <message>
        <source>This is the MRZ of a passport or a visa. Only identity cards are checked here.</source>
        <translation>Đây là MRZ của hộ chiếu hoặc thị thực. Ở đây chỉ kiểm tra thẻ căn cước.</translation>
    </message>
    <message>
        <source>This is neither a number nor the QR code or the MRZ of an identity card.</source>
        <translation>Đây không phải là số, mã QR hay MRZ của thẻ căn cước.</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>Họ và tên</translation>
    </message>
    <message>
        <source>Personal identification number</source>
        <translation>Số định danh cá nhân</translation>
    </message>
    <message>
        <source>Date of birth</source>
        <translation>Ngày sinh</translation>
    </message>
    <message>
        <source>Sex</source>
        <translation>Giới tính</translation>
    </message>
    <message>
        <source>Nationality</source>
        <translation>Quốc tịch</translation>
    </message>
    <message>
        <source>Place of origin</source>
        <translation>Quê quán</translation>
    </message>
    <message>
        <source>Place of residence</source>
        <translation>Nơi thường trú</translation>
    </message>
    <message>
        <source>Date of issue</source>
        <translation>Ngày cấp</translation>
    </message>
    <message>
        <source>Date of expiry</source>
        <translation>Có giá trị đến</translation>
    </message>
    <message>
        <source>Former number</source>
        <translation>Số CMND cũ</translation>
    </message>
    <message>
        <source>Ethnicity</source>
        <translation>Dân tộc</translation>
    </message>
    <message>
        <source>Religion</source>
        <translation>Tôn giáo</translation>
    </message>
    <message>
        <source>Distinguishing features</source>
        <translation>Đặc điểm nhận dạng</translation>
    </message>
    <message>
        <source>Father</source>
        <translation>Cha</translation>
    </message>
    <message>
        <source>Mother</source>
        <translation>Mẹ</translation>
    </message>
    <message>
        <source>Spouse</source>
        <translation>Vợ hoặc chồng</translation>
    </message>
    <message>
        <source>Male</source>
        <translation>Nam</translation>
    </message>
    <message>
        <source>Female</source>
        <translation>Nữ</translation>
    </message>
    <message>
        <source>matches</source>
        <translation>khớp</translation>
    </message>
    <message>
        <source>DIFFERS</source>
        <translation>KHÁC</translation>
    </message>
    <message>
        <source>not on the chip</source>
        <translation>không có trong chip</translation>
    </message>
    <message>
        <source>The chip opened in the protected way</source>
        <translation>Chip mở bằng cách thức được bảo vệ</translation>
    </message>
    <message>
        <source>The data are as the issuer signed them</source>
        <translation>Dữ liệu đúng như cơ quan cấp đã ký</translation>
    </message>
    <message>
        <source>The issuer&apos;s signature is right</source>
        <translation>Chữ ký của cơ quan cấp hợp lệ</translation>
    </message>
    <message>
        <source>The State authorized whoever signed</source>
        <translation>Người ký được Nhà nước ủy quyền</translation>
    </message>
    <message>
        <source>The signer&apos;s certificate was not withdrawn</source>
        <translation>Chứng thư của người ký chưa bị thu hồi</translation>
    </message>
    <message>
        <source>The chip is no copy (Chip Authentication)</source>
        <translation>Chip không phải bản sao (Chip Authentication)</translation>
    </message>
    <message>
        <source>The chip is no copy (Active Authentication)</source>
        <translation>Chip không phải bản sao (Active Authentication)</translation>
    </message>
    <message>
        <source>This reader may see fingerprints</source>
        <translation>Đầu đọc này được phép xem vân tay</translation>
    </message>
    <message>
        <source>No file of the chip was taken away</source>
        <translation>Không tệp nào của chip bị lấy đi</translation>
    </message>
    <message>
        <source>The number is the same everywhere</source>
        <translation>Số định danh giống nhau ở mọi nơi</translation>
    </message>
    <message>
        <source>The chip&apos;s protection was not weakened</source>
        <translation>Lớp bảo vệ của chip không bị hạ thấp</translation>
    </message>
    <message>
        <source>The protection of the chip was weakened.</source>
        <translation>Lớp bảo vệ của chip đã bị hạ thấp.</translation>
    </message>
    <message>
        <source>Data on the chip were changed after it was issued.</source>
        <translation>Dữ liệu trong chip đã bị thay đổi sau khi cấp.</translation>
    </message>
    <message>
        <source>The issuer&apos;s signature on the chip is wrong.</source>
        <translation>Chữ ký của cơ quan cấp trong chip không hợp lệ.</translation>
    </message>
    <message>
        <source>Nobody whom the State authorized has signed the chip.</source>
        <translation>Chip không được ký bởi người mà Nhà nước ủy quyền.</translation>
    </message>
    <message>
        <source>The certificate that signed the chip was withdrawn.</source>
        <translation>Chứng thư đã ký cho chip này đã bị thu hồi.</translation>
    </message>
    <message>
        <source>The chip could not prove that it is no copy.</source>
        <translation>Chip không chứng minh được rằng nó không phải bản sao.</translation>
    </message>
    <message>
        <source>The chip holds other data than those that were typed or scanned, or contradicts itself.</source>
        <translation>Dữ liệu trong chip khác với số đã nhập hoặc mã đã quét, hoặc tự mâu thuẫn.</translation>
    </message>
    <message>
        <source>One of the checks failed.</source>
        <translation>Một bước kiểm tra không đạt.</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>đạt</translation>
    </message>
    <message>
        <source>FAILED</source>
        <translation>KHÔNG ĐẠT</translation>
    </message>
    <message>
        <source>the card does not offer it</source>
        <translation>thẻ không hỗ trợ</translation>
    </message>
    <message>
        <source>not done</source>
        <translation>chưa thực hiện</translation>
    </message>
    <message>
        <source>The MRZ contradicts nothing</source>
        <translation>MRZ không mâu thuẫn với dữ liệu nào</translation>
    </message>
    <message>
        <source>This opens no card</source>
        <translation>Thông tin này không mở được thẻ nào</translation>
    </message>
    <message>
        <source>The card has another number</source>
        <translation>Thẻ mang một số khác</translation>
    </message>
    <message>
        <source>The QR code does not match the chip</source>
        <translation>Mã QR không khớp với chip</translation>
    </message>
    <message>
        <source>Compare the number that was typed with the one printed on the card, and try again. If they are the same, do not accept this card.</source>
        <translation>Hãy so số đã gõ với số in trên thẻ rồi thử lại. Nếu hai số giống nhau thì không nhận thẻ này.</translation>
    </message>
    <message>
        <source>It has expired, too.</source>
        <translation>Thẻ cũng đã hết hạn.</translation>
    </message>
    <message>
        <source>not on the QR code</source>
        <translation>không có trên mã QR</translation>
    </message>
    <message>
        <source>The card does not answer</source>
        <translation>Thẻ không trả lời</translation>
    </message>
    <message>
        <source>The card does not open with this MRZ</source>
        <translation>MRZ đã quét không mở được thẻ này</translation>
    </message>
    <message>
        <source>The card does not open with this QR code</source>
        <translation>Mã QR đã quét không mở được thẻ này</translation>
    </message>
    <message>
        <source>It may be that of another card. Scan the three lines on the back of this one, or type the last six digits of its number.</source>
        <translation>Có thể đó là MRZ của thẻ khác. Hãy quét ba dòng ở mặt sau của thẻ này, hoặc nhập sáu số cuối của số định danh.</translation>
    </message>
    <message>
        <source>It may be that of another card. Scan the QR code of this one, or type the last six digits of its number.</source>
        <translation>Có thể đó là mã QR của thẻ khác. Hãy quét mã QR của thẻ này, hoặc nhập sáu số cuối của số định danh.</translation>
    </message>
    <message>
        <source>The MRZ is there. As soon as the card lies on the reader, it is read.</source>
        <translation>Đã có MRZ. Khi thẻ nằm trên đầu đọc, việc đọc sẽ bắt đầu ngay.</translation>
    </message>
    <message>
        <source>The QR code is there. As soon as the card lies on the reader, it is read.</source>
        <translation>Đã có mã QR. Khi thẻ nằm trên đầu đọc, việc đọc sẽ bắt đầu ngay.</translation>
    </message>
    <message>
        <source>Lay it flat in the middle of the reader, or turn it over. As soon as it answers, it is read.</source>
        <translation>Hãy đặt thẻ nằm phẳng ở giữa đầu đọc, hoặc lật mặt thẻ. Khi thẻ trả lời, việc đọc sẽ bắt đầu ngay.</translation>
    </message>
    <message>
        <source>The card on the reader does not answer. Take it away and lay it flat on the reader: it is read again.</source>
        <translation>Thẻ trên đầu đọc không trả lời. Hãy nhấc thẻ ra rồi đặt lại nằm phẳng trên đầu đọc: thẻ sẽ được đọc lại.</translation>
    </message>
</context>
<context>
    <name>cancuoc::camera::DeviceCamera</name>
    <message>
        <source>No camera is connected to this computer.</source>
        <translation>Không có camera nào được kết nối với máy tính này.</translation>
    </message>
    <message>
        <source>No camera with the name “%1” is connected to this computer.</source>
        <translation>Không có camera nào tên “%1” được kết nối với máy tính này.</translation>
    </message>
    <message>
        <source>The camera cannot be used: %1</source>
        <translation>Không dùng được camera: %1</translation>
    </message>
    <message>
        <source>The camera is no longer connected.</source>
        <translation>Camera không còn được kết nối.</translation>
    </message>
</context>
<context>
    <name>cancuoc::camera::Preview</name>
    <message>
        <source>Picture of the camera</source>
        <translation>Hình ảnh của camera</translation>
    </message>
</context>
<context>
    <name>cancuoc::camera::QrScanDialog</name>
    <message>
        <source>QR code of the card</source>
        <translation>Mã QR của thẻ</translation>
    </message>
    <message>
        <source>Hold the card&apos;s QR code to the camera, so that it fills a third of the picture.</source>
        <translation>Đưa mã QR của thẻ trước camera sao cho mã chiếm một phần ba khung hình.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>This is the QR code of something else. Hold the card&apos;s to the camera.</source>
        <translation>Đây là mã QR khác. Hãy đưa mã QR của thẻ trước camera.</translation>
    </message>
</context>
<context>
    <name>cancuoc::camera::TakePictureDialog</name>
    <message>
        <source>Picture with the camera</source>
        <translation>Chụp ảnh bằng camera</translation>
    </message>
    <message>
        <source>&amp;Take the picture</source>
        <translation>Chụ&amp;p ảnh</translation>
    </message>
    <message>
        <source>Choose a &amp;file…</source>
        <translation>Chọn &amp;tệp…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>The picture can be taken from a file instead.</source>
        <translation>Có thể lấy ảnh từ một tệp.</translation>
    </message>
</context>
<context>
    <name>cancuoc::teller::ChecksView</name>
    <message>
        <source>What was checked</source>
        <translation>Đã kiểm tra những gì</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Nội dung kiểm tra</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Kết quả</translation>
    </message>
    <message>
        <source>For the technician</source>
        <translation>Dành cho kỹ thuật viên</translation>
    </message>
    <message>
        <source>Policy %1, reader %2</source>
        <translation>Chính sách %1, đầu đọc %2</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Ghi chú</translation>
    </message>
</context>
<context>
    <name>cancuoc::teller::ComparisonView</name>
    <message>
        <source>QR code against chip</source>
        <translation>So mã QR với chip</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Mục</translation>
    </message>
    <message>
        <source>On the QR code</source>
        <translation>Trên mã QR</translation>
    </message>
    <message>
        <source>On the chip</source>
        <translation>Trong chip</translation>
    </message>
</context>
<context>
    <name>cancuoc::teller::FaceMatchView</name>
    <message>
        <source>Picture of the person at the counter</source>
        <translation>Ảnh của khách tại quầy</translation>
    </message>
    <message>
        <source>The picture cannot be read.</source>
        <translation>Không đọc được ảnh.</translation>
    </message>
    <message>
        <source>Comparing the faces…</source>
        <translation>Đang so khớp khuôn mặt…</translation>
    </message>
    <message>
        <source>Faces not compared: %1</source>
        <translation>Chưa so khớp khuôn mặt: %1</translation>
    </message>
    <message>
        <source>✓ Face alike: %1 of at least %2 (%3)</source>
        <translation>✓ Khuôn mặt khớp: %1, ngưỡng %2 (%3)</translation>
    </message>
    <message>
        <source>✕ Face NOT alike: %1 of at least %2 (%3)</source>
        <translation>✕ Khuôn mặt KHÔNG khớp: %1, ngưỡng %2 (%3)</translation>
    </message>
    <message>
        <source>Let the person look into the camera, so that the face fills half of the picture.</source>
        <translation>Mời khách nhìn vào camera sao cho khuôn mặt chiếm nửa khung hình.</translation>
    </message>
</context>
<context>
    <name>cancuoc::teller::FaceView</name>
    <message>
        <source>The picture on the chip</source>
        <translation>Ảnh trong chip</translation>
    </message>
    <message>
        <source>No picture was read</source>
        <translation>Không đọc được ảnh</translation>
    </message>
    <message>
        <source>The picture comes last</source>
        <translation>Ảnh được đọc sau cùng</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>Chưa có ảnh</translation>
    </message>
</context>
<context>
    <name>cancuoc::teller::InputBar</name>
    <message>
        <source>MRZ: line %1 of %2 is there. Scan the next one.</source>
        <translation>MRZ: đã có dòng %1 trên %2. Hãy quét dòng tiếp theo.</translation>
    </message>
    <message>
        <source>&amp;Number, QR code or MRZ:</source>
        <translation>&amp;Số, mã QR hoặc MRZ:</translation>
    </message>
    <message>
        <source>Check the card</source>
        <translation>Kiểm tra thẻ</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter ↵</translation>
    </message>
    <message>
        <source>Number, QR code or MRZ</source>
        <translation>Số, mã QR hoặc MRZ</translation>
    </message>
    <message>
        <source>six or twelve digits, or scan</source>
        <translation>sáu hoặc mười hai số, hoặc quét mã</translation>
    </message>
    <message>
        <source>Scan QR code…</source>
        <translation>Quét mã QR…</translation>
    </message>
</context>
<context>
    <name>cancuoc::teller::PersonView</name>
    <message>
        <source>The card gave the name without diacritics.</source>
        <translation>Thẻ chỉ cho biết tên không dấu.</translation>
    </message>
</context>
<context>
    <name>cancuoc::teller::RecordDialog</name>
    <message>
        <source>Record of the check</source>
        <translation>Biên bản kiểm tra</translation>
    </message>
    <message>
        <source>Put the &amp;holder&apos;s data and picture on the record</source>
        <translation>Ghi &amp;dữ liệu và ảnh của chủ thẻ vào biên bản</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Tiếp tục</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>The record holds the answer, the time, every check, and the hash of the evidence. Without the holder&apos;s data, nothing in it tells whose card it was.</source>
        <translation>Biên bản ghi kết quả, thời điểm, từng bước kiểm tra và mã băm của bằng chứng. Nếu không ghi dữ liệu chủ thẻ, biên bản không cho biết thẻ là của ai.</translation>
    </message>
</context>
<context>
    <name>cancuoc::teller::RecordKeeper</name>
    <message>
        <source>Save the record of the check</source>
        <translation>Lưu biên bản kiểm tra</translation>
    </message>
    <message>
        <source>Save the evidence for the server: it holds personal data</source>
        <translation>Lưu bằng chứng cho máy chủ: có chứa dữ liệu cá nhân</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>Đã lưu: %1</translation>
    </message>
    <message>
        <source>Not saved: the folder cannot be written. Choose another one.</source>
        <translation>Chưa lưu được: không ghi được vào thư mục. Hãy chọn thư mục khác.</translation>
    </message>
    <message>
        <source>Sent to the printer.</source>
        <translation>Đã gửi đến máy in.</translation>
    </message>
</context>
<context>
    <name>cancuoc::teller::TellerWindow</name>
    <message>
        <source>Card check</source>
        <translation>Kiểm tra thẻ</translation>
    </message>
    <message>
        <source>Change the language to %1</source>
        <translation>Đổi ngôn ngữ sang %1</translation>
    </message>
    <message>
        <source>What was checked</source>
        <translation>Đã kiểm tra những gì</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>Đọc lại</translation>
    </message>
    <message>
        <source>Save record…</source>
        <translation>Lưu biên bản…</translation>
    </message>
    <message>
        <source>Print record…</source>
        <translation>In biên bản…</translation>
    </message>
    <message>
        <source>Save evidence…</source>
        <translation>Lưu bằng chứng…</translation>
    </message>
    <message>
        <source>Compare faces…</source>
        <translation>So khuôn mặt…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Xóa màn hình</translation>
    </message>
    <message>
        <source>No face comparison is installed at this counter.</source>
        <translation>Quầy này chưa cài phần so khớp khuôn mặt.</translation>
    </message>
    <message numerus="yes">
        <source>Everything is cleared in %n second(s)</source>
        <translation>
            <numerusform>Mọi thứ sẽ được xóa sau %n giây</numerusform>
        </translation>
    </message>
</context>
</TS>
