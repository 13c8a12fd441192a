<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi" sourcelanguage="en">
<context>
    <name>ReportWriting</name>
    <message>
        <source>the server&apos;s job store</source>
        <translation>kho công việc trên máy chủ</translation>
    </message>
    <message>
        <source>Made on %1 from %2</source>
        <translation>Lập lúc %1 từ %2</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>không tên</translation>
    </message>
    <message>
        <source>Shift report %1</source>
        <translation>Báo cáo ca %1</translation>
    </message>
    <message>
        <source>Report of the order %1</source>
        <translation>Báo cáo đơn hàng %1</translation>
    </message>
    <message>
        <source>Report of all orders</source>
        <translation>Báo cáo mọi đơn hàng</translation>
    </message>
    <message>
        <source>Stock of blanks, shift %1</source>
        <translation>Tồn phôi, ca %1</translation>
    </message>
    <message>
        <source>Verification of the audit log</source>
        <translation>Kiểm tra nhật ký kiểm toán</translation>
    </message>
    <message>
        <source>The shift balances: every blank is accounted for.</source>
        <translation>Ca khớp: mọi phôi đều có chỗ đi.</translation>
    </message>
    <message>
        <source>The shift does NOT balance. What does not add up: %1</source>
        <translation>Ca KHÔNG khớp. Số điểm không khớp: %1</translation>
    </message>
    <message>
        <source>What does not add up</source>
        <translation>Điểm không khớp</translation>
    </message>
    <message>
        <source>Orders in this shift</source>
        <translation>Đơn hàng trong ca</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Đơn hàng</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Yêu cầu</translation>
    </message>
    <message>
        <source>Good in the shift</source>
        <translation>Đạt trong ca</translation>
    </message>
    <message>
        <source>Spoiled in the shift</source>
        <translation>Hỏng trong ca</translation>
    </message>
    <message>
        <source>Good so far</source>
        <translation>Đạt đến nay</translation>
    </message>
    <message>
        <source>Still open</source>
        <translation>Còn dở</translation>
    </message>
    <message>
        <source>Blanks by station</source>
        <translation>Phôi theo trạm</translation>
    </message>
    <message>
        <source>Station</source>
        <translation>Trạm</translation>
    </message>
    <message>
        <source>Carried in</source>
        <translation>Tồn đầu ca</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>Đã lấy</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Đạt</translation>
    </message>
    <message>
        <source>Spoiled</source>
        <translation>Hỏng</translation>
    </message>
    <message>
        <source>Given back</source>
        <translation>Trả lại</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>Đang làm</translation>
    </message>
    <message>
        <source>All stations</source>
        <translation>Mọi trạm</translation>
    </message>
    <message>
        <source>Stock of the stations</source>
        <translation>Tồn phôi ở các trạm</translation>
    </message>
    <message>
        <source>Handed out</source>
        <translation>Đã giao</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>Đã thu lại</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Bị hư</translation>
    </message>
    <message>
        <source>Must be at hand</source>
        <translation>Phải còn lại</translation>
    </message>
    <message>
        <source>Requests that wait for a person: %1</source>
        <translation>Số yêu cầu chờ người xử lý: %1</translation>
    </message>
    <message>
        <source>Orders with requests that are not settled: %1</source>
        <translation>Số đơn hàng còn yêu cầu chưa xong: %1</translation>
    </message>
    <message>
        <source>There is no order.</source>
        <translation>Chưa có đơn hàng nào.</translation>
    </message>
    <message>
        <source>Every request is settled.</source>
        <translation>Mọi yêu cầu đã xong.</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Tiến độ</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Bị loại</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Đang chờ</translation>
    </message>
    <message>
        <source>Quarantined</source>
        <translation>Cách ly</translation>
    </message>
    <message>
        <source>Settled, %</source>
        <translation>Đã xong, %</translation>
    </message>
    <message>
        <source>Waits for a person</source>
        <translation>Chờ người xử lý</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Yêu cầu</translation>
    </message>
    <message>
        <source>Chip</source>
        <translation>Chip</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Bằng chứng</translation>
    </message>
    <message>
        <source>A station used more blanks than it was given.</source>
        <translation>Có trạm dùng nhiều phôi hơn số được giao.</translation>
    </message>
    <message>
        <source>No station used more blanks than it was given. Count what lies at hand.</source>
        <translation>Không trạm nào dùng nhiều phôi hơn số được giao. Hãy đếm số phôi còn lại.</translation>
    </message>
    <message>
        <source>Nobody noted blanks that were handed out: what must be at hand is not known.</source>
        <translation>Chưa ai ghi số phôi đã giao: không biết phải còn lại bao nhiêu.</translation>
    </message>
    <message>
        <source>All blanks that the line ever took</source>
        <translation>Mọi phôi mà dây chuyền từng lấy</translation>
    </message>
    <message>
        <source>Where they are</source>
        <translation>Đang ở đâu</translation>
    </message>
    <message>
        <source>Blanks</source>
        <translation>Số phôi</translation>
    </message>
    <message>
        <source>At work or in quarantine</source>
        <translation>Đang làm hoặc cách ly</translation>
    </message>
    <message>
        <source>The log holds: it is what was written.</source>
        <translation>Nhật ký nguyên vẹn: đúng như đã ghi.</translation>
    </message>
    <message>
        <source>The log does NOT hold: it was changed.</source>
        <translation>Nhật ký KHÔNG nguyên vẹn: đã bị thay đổi.</translation>
    </message>
    <message>
        <source>The log is NOT vouched for as it should be.</source>
        <translation>Nhật ký KHÔNG được bảo chứng như phải có.</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Kết quả</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Nội dung</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Số lượng</translation>
    </message>
    <message>
        <source>Entries that follow each other</source>
        <translation>Số mục nối tiếp nhau</translation>
    </message>
    <message>
        <source>Checkpoints of the signers</source>
        <translation>Số điểm kiểm do người ký xác nhận</translation>
    </message>
    <message>
        <source>Entries that they vouch for</source>
        <translation>Số mục được bảo chứng</translation>
    </message>
    <message>
        <source>Bytes of a last line that was torn off, as by a kill; the next writer cuts it away</source>
        <translation>Số byte của dòng cuối bị đứt, như khi chương trình bị tắt ngang; lần ghi sau sẽ cắt bỏ</translation>
    </message>
    <message>
        <source>What speaks against it</source>
        <translation>Điều nghi vấn</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Ở đâu</translation>
    </message>
    <message>
        <source>Entry %1</source>
        <translation>Mục %1</translation>
    </message>
    <message>
        <source>The first wrong entry is one of %1 to %2</source>
        <translation>Mục sai đầu tiên nằm trong khoảng %1 đến %2</translation>
    </message>
    <message>
        <source>Checkpoints</source>
        <translation>Điểm kiểm</translation>
    </message>
    <message>
        <source>Edited</source>
        <translation>Bị sửa</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Bị xóa</translation>
    </message>
    <message>
        <source>Inserted</source>
        <translation>Bị chèn</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>Bị dời chỗ</translation>
    </message>
    <message>
        <source>Cut off</source>
        <translation>Bị cắt cuối</translation>
    </message>
    <message>
        <source>Rewritten</source>
        <translation>Bị ghi lại</translation>
    </message>
    <message>
        <source>Sentence</source>
        <translation>Nội dung</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>The blank %1 is %2, and its history does not lead there.</source>
        <translation>Phôi %1 ở trạng thái %2, nhưng lịch sử của nó không dẫn tới đó.</translation>
    </message>
    <message>
        <source>The %1 used %2 blanks more than it was given.</source>
        <translation>Trạm %1 đã dùng nhiều hơn số được giao %2 phôi.</translation>
    </message>
    <message>
        <source>Nothing happened in a shift %1. See the name that was given to --shift of perso run.</source>
        <translation>Không có gì xảy ra trong ca %1. Hãy xem lại tên ca.</translation>
    </message>
    <message>
        <source>received</source>
        <translation>đã nhận</translation>
    </message>
    <message>
        <source>loading</source>
        <translation>đang ghi</translation>
    </message>
    <message>
        <source>loaded</source>
        <translation>đã ghi</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>đã kiểm</translation>
    </message>
    <message>
        <source>good</source>
        <translation>đạt</translation>
    </message>
    <message>
        <source>spoiled</source>
        <translation>hỏng</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>đã trả lại</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>bị loại</translation>
    </message>
    <message>
        <source>quarantined</source>
        <translation>cách ly</translation>
    </message>
    <message>
        <source>The checkpoint of %1 entries does not count: it is by another signer, whose certificate has the SHA-256 %2.</source>
        <translation>Điểm kiểm của %1 mục không được tính: do người ký khác, chứng thư có SHA-256 %2.</translation>
    </message>
    <message>
        <source>The checkpoint of %1 entries does not count: its signature is wrong.</source>
        <translation>Điểm kiểm của %1 mục không được tính: chữ ký sai.</translation>
    </message>
    <message>
        <source>The checkpoint of %1 entries does not count: its signer&apos;s certificate was not valid at %2.</source>
        <translation>Điểm kiểm của %1 mục không được tính: chứng thư của người ký không có hiệu lực lúc %2.</translation>
    </message>
    <message>
        <source>The checkpoint of %1 entries contradicts another of as many.</source>
        <translation>Điểm kiểm của %1 mục mâu thuẫn với một điểm kiểm khác cùng số mục.</translation>
    </message>
    <message>
        <source>The checkpoint of %1 entries is one of another log.</source>
        <translation>Điểm kiểm của %1 mục thuộc nhật ký khác.</translation>
    </message>
    <message>
        <source>No checkpoint of the signer vouches for the log.</source>
        <translation>Không có điểm kiểm nào của người ký bảo chứng cho nhật ký.</translation>
    </message>
    <message>
        <source>its line is not one of an audit log</source>
        <translation>dòng này không phải của nhật ký kiểm toán</translation>
    </message>
    <message>
        <source>its hash is not that of its content</source>
        <translation>mã băm không đúng với nội dung</translation>
    </message>
    <message>
        <source>its hash is not the one that entry %1 follows</source>
        <translation>mã băm không phải là mã mà mục %1 nối vào</translation>
    </message>
    <message>
        <source>entry %1 stands in its place, and it comes later</source>
        <translation>mục %1 đứng vào chỗ của nó, còn nó đứng phía sau</translation>
    </message>
    <message>
        <source>entry %1 stands in its place, and it is missing</source>
        <translation>mục %1 đứng vào chỗ của nó, còn nó thì không có</translation>
    </message>
    <message>
        <source>an entry stands in its place that was not written there</source>
        <translation>ở chỗ của nó có một mục vốn không được ghi ở đó</translation>
    </message>
    <message>
        <source>the entries hold together but are not those that the checkpoint of %1 entries vouches for</source>
        <translation>các mục nối tiếp nhau nhưng không phải là những mục mà điểm kiểm của %1 mục bảo chứng</translation>
    </message>
    <message>
        <source>the log ends before it, and a checkpoint vouches for %1 entries</source>
        <translation>nhật ký dừng trước mục này, trong khi có điểm kiểm bảo chứng cho %1 mục</translation>
    </message>
    <message>
        <source>There is no audit log %1. `perso run` writes STORE.audit.</source>
        <translation>Không có nhật ký kiểm toán %1. Mỗi lần chạy dây chuyền sẽ ghi nhật ký.</translation>
    </message>
    <message>
        <source>Cannot write %1; check its folder and the space left.</source>
        <translation>Không ghi được %1; hãy kiểm tra thư mục và chỗ trống còn lại.</translation>
    </message>
    <message>
        <source>Cannot read %1: %2.</source>
        <translation>Không đọc được %1: %2.</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>không có tệp hay thư mục này</translation>
    </message>
    <message>
        <source>There is no folder %1.</source>
        <translation>Không có thư mục %1.</translation>
    </message>
    <message>
        <source>There is no certificate in %1; put those there whose signatures on orders count.</source>
        <translation>Trong %1 không có chứng thư nào; hãy để vào đó các chứng thư có chữ ký được tính.</translation>
    </message>
    <message>
        <source>A report is a .json or a .txt file; name it so.</source>
        <translation>Báo cáo là tệp .json hoặc .txt; hãy đặt tên như vậy.</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>Opening the job store…</source>
        <translation>Đang mở kho công việc…</translation>
    </message>
    <message>
        <source>The job store cannot be opened</source>
        <translation>Không mở được kho công việc</translation>
    </message>
    <message>
        <source>Ready to start</source>
        <translation>Sẵn sàng bắt đầu</translation>
    </message>
    <message>
        <source>No request waits</source>
        <translation>Không còn yêu cầu nào chờ</translation>
    </message>
    <message>
        <source>Starting: keys, signer and stations…</source>
        <translation>Đang khởi động: khóa, bộ ký và các trạm…</translation>
    </message>
    <message>
        <source>The line runs</source>
        <translation>Dây chuyền đang chạy</translation>
    </message>
    <message>
        <source>Finishing the cards that are begun…</source>
        <translation>Đang làm nốt các thẻ dở…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Đang dừng…</translation>
    </message>
    <message>
        <source>Virtual chip %1</source>
        <translation>Chip ảo %1</translation>
    </message>
    <message>
        <source>Reader %1</source>
        <translation>Đầu đọc %1</translation>
    </message>
    <message>
        <source>At rest</source>
        <translation>Đang nghỉ</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Đang chờ</translation>
    </message>
    <message>
        <source>Building and signing</source>
        <translation>Tạo dữ liệu và ký</translation>
    </message>
    <message>
        <source>Loading the chip</source>
        <translation>Ghi vào chip</translation>
    </message>
    <message>
        <source>Activating</source>
        <translation>Kích hoạt</translation>
    </message>
    <message>
        <source>Reading back</source>
        <translation>Đọc lại để kiểm tra</translation>
    </message>
    <message>
        <source>Locking</source>
        <translation>Khóa chip</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Đạt</translation>
    </message>
    <message>
        <source>Spoiled</source>
        <translation>Hỏng</translation>
    </message>
    <message>
        <source>Quarantined</source>
        <translation>Cách ly</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Bị loại</translation>
    </message>
    <message>
        <source>At the reader</source>
        <translation>Tại đầu đọc</translation>
    </message>
    <message>
        <source>Station stopped</source>
        <translation>Trạm đã dừng</translation>
    </message>
    <message>
        <source>Quarantine</source>
        <translation>Cách ly</translation>
    </message>
    <message>
        <source>Request rejected</source>
        <translation>Yêu cầu bị loại</translation>
    </message>
    <message>
        <source>Mend the cause, then start again.</source>
        <translation>Khắc phục nguyên nhân rồi bắt đầu lại.</translation>
    </message>
    <message>
        <source>Bring the chip back and start again: what it holds decides. If it is lost, two persons decide that it counts as destroyed.</source>
        <translation>Đưa chip trở lại rồi bắt đầu lại: nội dung trong chip sẽ quyết định. Nếu đã mất, hai người quyết định coi như đã hủy.</translation>
    </message>
    <message>
        <source>Look for the cause. Two persons decide that the card is made again.</source>
        <translation>Tìm nguyên nhân. Hai người quyết định cho làm lại thẻ.</translation>
    </message>
    <message>
        <source>Put the next blank on the reader.</source>
        <translation>Đặt phôi tiếp theo lên đầu đọc.</translation>
    </message>
    <message>
        <source>The card is good: take it off the reader.</source>
        <translation>Thẻ đạt: lấy thẻ khỏi đầu đọc.</translation>
    </message>
    <message>
        <source>Take the card off the reader and put it with those to be destroyed.</source>
        <translation>Lấy thẻ khỏi đầu đọc và để vào chỗ thẻ chờ hủy.</translation>
    </message>
    <message>
        <source>The card is still a blank: take it off the reader.</source>
        <translation>Thẻ vẫn là phôi: lấy thẻ khỏi đầu đọc.</translation>
    </message>
</context>
<context>
    <name>cancuoc::station::CardView</name>
    <message>
        <source>The card at work is shown here</source>
        <translation>Thẻ đang làm hiện ở đây</translation>
    </message>
    <message>
        <source>No picture of this card: %1</source>
        <translation>Không có hình của thẻ này: %1</translation>
    </message>
    <message>
        <source>Card of request %1: portrait, front and back. %2</source>
        <translation>Thẻ của yêu cầu %1: ảnh chân dung, mặt trước và mặt sau. %2</translation>
    </message>
</context>
<context>
    <name>cancuoc::station::FiguresView</name>
    <message>
        <source>good</source>
        <translation>đạt</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>bị loại</translation>
    </message>
    <message>
        <source>at work</source>
        <translation>đang làm</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>đang chờ</translation>
    </message>
    <message>
        <source>quarantined</source>
        <translation>cách ly</translation>
    </message>
    <message>
        <source>blanks left</source>
        <translation>phôi còn lại</translation>
    </message>
    <message>
        <source>cards an hour</source>
        <translation>thẻ mỗi giờ</translation>
    </message>
    <message>
        <source>until done</source>
        <translation>đến khi xong</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>chưa rõ</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 phút</translation>
    </message>
    <message>
        <source>%1 h %2</source>
        <translation>%1 giờ %2</translation>
    </message>
</context>
<context>
    <name>cancuoc::station::FloorPage</name>
    <message>
        <source>Progress of the order</source>
        <translation>Tiến độ đơn hàng</translation>
    </message>
    <message>
        <source>Needs a hand</source>
        <translation>Việc cần người xử lý</translation>
    </message>
    <message>
        <source>Last chips</source>
        <translation>Các chip vừa xong</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Bắt đầu</translation>
    </message>
    <message>
        <source>Finish the cards, then end</source>
        <translation>Làm nốt thẻ dở rồi kết thúc</translation>
    </message>
    <message>
        <source>Stop at once</source>
        <translation>Dừng ngay</translation>
    </message>
    <message>
        <source>The chips at work are decided about by the next run.</source>
        <translation>Lần chạy sau sẽ quyết định về các chip đang làm.</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Việc</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>Yêu cầu</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Bằng chứng</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Cách xử lý</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Giờ</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Kết quả</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Lý do</translation>
    </message>
    <message>
        <source>%1 of %2 requests are settled.</source>
        <translation>Đã xong %1 trên %2 yêu cầu.</translation>
    </message>
    <message>
        <source>Next for a hand: %1 %2</source>
        <translation>Việc cần xử lý tiếp theo: %1 %2</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Dây chuyền</translation>
    </message>
</context>
<context>
    <name>cancuoc::station::OrderImportView</name>
    <message>
        <source>Order</source>
        <translation>Đơn hàng</translation>
    </message>
    <message>
        <source>Order: a file of records, a folder or a ZIP</source>
        <translation>Đơn hàng: tệp hồ sơ, thư mục hoặc ZIP</translation>
    </message>
    <message>
        <source>A file of records (CSV or JSON lines), a folder with one, or a ZIP of it</source>
        <translation>Tệp hồ sơ (CSV hoặc JSON từng dòng), thư mục chứa tệp đó, hoặc ZIP của thư mục</translation>
    </message>
    <message>
        <source>Its name in reports</source>
        <translation>Tên trong báo cáo</translation>
    </message>
    <message>
        <source>That of its file or folder</source>
        <translation>Theo tên tệp hoặc thư mục</translation>
    </message>
    <message>
        <source>Whose signatures count</source>
        <translation>Chữ ký của ai được tính</translation>
    </message>
    <message>
        <source>A folder of certificates; without it no signature is checked</source>
        <translation>Thư mục chứng thư; để trống thì không kiểm tra chữ ký</translation>
    </message>
    <message>
        <source>Refuse an order that none of them has signed</source>
        <translation>Từ chối đơn hàng không có chữ ký của họ</translation>
    </message>
    <message>
        <source>Refuse cards issued after today</source>
        <translation>Từ chối thẻ cấp sau hôm nay</translation>
    </message>
    <message>
        <source>Check it and take it in</source>
        <translation>Kiểm tra và nhập</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Dừng</translation>
    </message>
    <message>
        <source>Save what was found</source>
        <translation>Lưu kết quả kiểm tra</translation>
    </message>
    <message>
        <source>Back to the orders</source>
        <translation>Về danh sách đơn hàng</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Đã ghi: %1</translation>
    </message>
    <message>
        <source>Writing %1…</source>
        <translation>Đang ghi %1…</translation>
    </message>
    <message>
        <source>Signed by %1.</source>
        <translation>Người ký: %1.</translation>
    </message>
    <message>
        <source>Opening the order…</source>
        <translation>Đang mở đơn hàng…</translation>
    </message>
    <message>
        <source>Checking the order: line %1…</source>
        <translation>Đang kiểm tra đơn hàng: dòng %1…</translation>
    </message>
    <message>
        <source>Stopping; what is taken in stays.</source>
        <translation>Đang dừng; những gì đã nhập vẫn còn.</translation>
    </message>
    <message>
        <source>The order could not be taken in</source>
        <translation>Không nhập được đơn hàng</translation>
    </message>
    <message>
        <source>Choose an order.</source>
        <translation>Hãy chọn đơn hàng.</translation>
    </message>
    <message>
        <source>A record that breaks a rule stops only itself. Taking an order in again adds nothing twice.</source>
        <translation>Hồ sơ vi phạm quy tắc chỉ bị loại riêng nó. Nhập lại một đơn hàng không thêm gì hai lần.</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Dòng</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Mức độ</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Trường</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Sai điều gì</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Quy tắc</translation>
    </message>
    <message>
        <source>Errors and warnings</source>
        <translation>Lỗi và cảnh báo</translation>
    </message>
    <message>
        <source>Errors and warnings: the first %1 of %2; a saved file has all</source>
        <translation>Lỗi và cảnh báo: %1 mục đầu trên %2; tệp đã lưu có tất cả</translation>
    </message>
    <message>
        <source>Errors and warnings: %1</source>
        <translation>Lỗi và cảnh báo: %1</translation>
    </message>
</context>
<context>
    <name>cancuoc::station::OrderListView</name>
    <message>
        <source>Find</source>
        <translation>Tìm</translation>
    </message>
    <message>
        <source>Find orders by their name</source>
        <translation>Tìm đơn hàng theo tên</translation>
    </message>
    <message>
        <source>A part of the order&apos;s name</source>
        <translation>Một phần tên đơn hàng</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>All orders</source>
        <translation>Mọi đơn hàng</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Còn dở</translation>
    </message>
    <message>
        <source>Need a person</source>
        <translation>Cần người xử lý</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Đã xong</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>Đơn hàng</translation>
    </message>
    <message>
        <source>Take an order in…</source>
        <translation>Nhập đơn hàng…</translation>
    </message>
    <message>
        <source>Before others</source>
        <translation>Làm trước</translation>
    </message>
    <message>
        <source>Raises the priority of the chosen order. Remakes go first all the same.</source>
        <translation>Tăng mức ưu tiên của đơn hàng đang chọn. Thẻ làm lại vẫn luôn đi trước.</translation>
    </message>
    <message>
        <source>After others</source>
        <translation>Làm sau</translation>
    </message>
    <message>
        <source>Lowers the priority of the chosen order.</source>
        <translation>Giảm mức ưu tiên của đơn hàng đang chọn.</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Đơn hàng</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>Đã xong</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Ưu tiên</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Đạt</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Bị loại</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>Đang làm</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Đang chờ</translation>
    </message>
    <message>
        <source>Quarantined</source>
        <translation>Cách ly</translation>
    </message>
    <message>
        <source>%1 of %2 orders are shown.</source>
        <translation>Đang hiện %1 trên %2 đơn hàng.</translation>
    </message>
    <message>
        <source>Needs a person</source>
        <translation>Cần người xử lý</translation>
    </message>
    <message>
        <source>%1 of %2, %3 %</source>
        <translation>%1 trên %2, %3 %</translation>
    </message>
</context>
<context>
    <name>cancuoc::station::OrdersPage</name>
    <message>
        <source>Orders</source>
        <translation>Đơn hàng</translation>
    </message>
    <message>
        <source>Changing the priority of %1…</source>
        <translation>Đang đổi mức ưu tiên của %1…</translation>
    </message>
</context>
<context>
    <name>cancuoc::station::PathField</name>
    <message>
        <source>File…</source>
        <translation>Tệp…</translation>
    </message>
    <message>
        <source>%1: choose a file</source>
        <translation>%1: chọn tệp</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Thư mục…</translation>
    </message>
    <message>
        <source>%1: choose a folder</source>
        <translation>%1: chọn thư mục</translation>
    </message>
</context>
<context>
    <name>cancuoc::station::ReportsPage</name>
    <message>
        <source>Reports</source>
        <translation>Báo cáo</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Báo cáo</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Ca</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Đơn hàng</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>Nhật ký kiểm toán</translation>
    </message>
    <message>
        <source>Who signs checkpoints</source>
        <translation>Người ký điểm kiểm</translation>
    </message>
    <message>
        <source>Shift: where every blank went</source>
        <translation>Ca: từng phôi đi đâu</translation>
    </message>
    <message>
        <source>Orders: progress and what waits</source>
        <translation>Đơn hàng: tiến độ và việc chờ</translation>
    </message>
    <message>
        <source>Stock of blanks</source>
        <translation>Tồn phôi</translation>
    </message>
    <message>
        <source>Verification of the audit log</source>
        <translation>Kiểm tra nhật ký kiểm toán</translation>
    </message>
    <message>
        <source>All orders</source>
        <translation>Mọi đơn hàng</translation>
    </message>
    <message>
        <source>Show the report</source>
        <translation>Xem báo cáo</translation>
    </message>
    <message>
        <source>Save as PDF</source>
        <translation>Lưu PDF</translation>
    </message>
    <message>
        <source>Save as CSV</source>
        <translation>Lưu CSV</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Đã ghi: %1</translation>
    </message>
    <message>
        <source>Writing %1…</source>
        <translation>Đang ghi %1…</translation>
    </message>
    <message>
        <source>Verifying the audit log…</source>
        <translation>Đang kiểm tra nhật ký kiểm toán…</translation>
    </message>
    <message>
        <source>Reading the job store…</source>
        <translation>Đang đọc kho công việc…</translation>
    </message>
    <message>
        <source>There is no such report</source>
        <translation>Không có báo cáo này</translation>
    </message>
    <message>
        <source>Choose a report and show it.</source>
        <translation>Hãy chọn báo cáo rồi xem.</translation>
    </message>
</context>
<context>
    <name>cancuoc::station::StationWindow</name>
    <message>
        <source>Personalization station</source>
        <translation>Trạm cá thể hóa thẻ</translation>
    </message>
    <message>
        <source>Change the language to %1</source>
        <translation>Đổi ngôn ngữ sang %1</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1: %2 trên %3</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>không tên</translation>
    </message>
    <message>
        <source>No order</source>
        <translation>Chưa có đơn hàng</translation>
    </message>
    <message>
        <source>Order %1</source>
        <translation>Đơn hàng %1</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Các trang</translation>
    </message>
</context>
<context>
    <name>cancuoc::station::TileView</name>
    <message>
        <source>no card</source>
        <translation>không có thẻ</translation>
    </message>
    <message>
        <source>Chip %1</source>
        <translation>Số chip %1</translation>
    </message>
    <message>
        <source>✓ %1 good   ✕ %2 not</source>
        <translation>✓ %1 đạt   ✕ %2 hỏng</translation>
    </message>
    <message>
        <source>Step of the card</source>
        <translation>Bước của thẻ</translation>
    </message>
</context>
</TS>
