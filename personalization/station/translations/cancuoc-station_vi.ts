<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi" sourcelanguage="en">
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
</TS>
