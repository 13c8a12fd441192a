# SPDX-License-Identifier: Apache-2.0
# ZBar reads the QR codes drawn here to the same bytes. Arguments: cancuoc.
. "$(dirname "$0")/common.sh"
require zbarimg zbar-tools
cancuoc=$1

# The bytes ZBar finds in a picture. It looks for a message bus nobody needs, and says so.
decode() {
    zbarimg --quiet --raw -Sbinary "$1" 2>/dev/null
}

check() {
    must "$cancuoc" qr encode --text "$1" --out "$scratch/code.png"
    printf %s "$1" >"$scratch/expected"
    decode "$scratch/code.png" >"$scratch/decoded" || fail "ZBar found no QR code"
    must cmp "$scratch/expected" "$scratch/decoded"
}

step "cards of 2021 and 2024, short and long, with and without a former number"
check '001299000001||Nguyễn Văn Mẫu|01012099|Nam|Số 1 Phố Mẫu, Phường Mẫu, Hà Nội|02012113'
check '079399000042|299000042|Đặng Thị Quỳnh Như|29022096|Nữ|Tổ 7, Ấp Bàu Sỏi, Xã Phước Thạnh, Huyện Gò Dầu, Tây Ninh|31122115'
check '001299000001||Nguyễn Văn Mẫu|01012099|Nam|Số 1 Phố Mẫu, Phường Mẫu, Hà Nội|02012113||||'
check '001299000001||Ằ Ẳ Ẵ Ặ Ề Ể Ễ Ệ Ồ Ổ Ỗ Ộ Ờ Ở Ỡ Ợ Ừ Ử Ữ Ự Ỳ Ỷ Ỹ Ỵ ư ơ đ|01012099|Nữ|ngõ 12/3/45|02012113'

step "another picture gives another text"
must "$cancuoc" qr encode --text '001299000002||Nguyễn Văn Mẫu|01012099|Nam|Hà Nội|02012113' --out "$scratch/code.png"
decode "$scratch/code.png" >"$scratch/decoded"
must_fail 1 cmp "$scratch/expected" "$scratch/decoded"
