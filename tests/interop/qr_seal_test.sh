# SPDX-License-Identifier: Apache-2.0
# A digital seal signed under OpenSSL's certificates: ZBar reads it, OpenSSL verifies its signature, ours takes it
# and refuses what was changed. Argument: cancuoc.
. "$(dirname "$0")/common.sh"
require openssl openssl
require zbarimg zbar-tools
require qrencode qrencode
require dmtxread dmtx-utils
require rsvg-convert librsvg2-bin
require pdftoppm poppler-utils
require softhsm2-util softhsm2
cancuoc=$1
cd "$scratch"

step "a CSCA and a bar code signer (Doc 9303-12, 7.1.3), made by OpenSSL"
must openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-384 -sha384 -nodes -keyout csca.key -out csca.pem -days 30 \
    -subj "/C=VN/O=cancuoc test/CN=CSCA" -addext "keyUsage=critical,keyCertSign,cRLSign" \
    -addext "basicConstraints=critical,CA:TRUE,pathlen:0" 2>log
must openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout signer.key -out signer.csr \
    -subj "/C=VN/CN=SS" 2>log
printf '%s\n' 'authorityKeyIdentifier=keyid' 'extendedKeyUsage=critical,2.23.136.1.1.11.1' >extensions
must openssl x509 -req -in signer.csr -CA csca.pem -CAkey csca.key -sha384 -set_serial 0x2A7 -days 20 \
    -extfile extensions -out signer.pem 2>log
must "$cancuoc" trust import csca.pem signer.pem --store trust >log
cat >citizen.json <<'END'
{"number": "001299000001", "fullName": "Nguyễn Văn Mẫu", "birthDate": "2099-01-01", "sex": "M",
 "residence": "Số 1 Phố Mẫu, Hà Nội", "issueDate": "2113-01-02"}
END
seal() {
    must "$cancuoc" qr seal create --record citizen.json --certificate signer.pem "$@"
}

step "QR code, version 4: ZBar reads the bytes, and OpenSSL verifies the signature in them"
seal --key signer.key --out seal.png
zbarimg --quiet --raw --oneshot -Sbinary seal.png >seal.bin 2>/dev/null || fail "ZBar found no QR code"
size=$(wc -c <seal.bin)
head -c $((size - 66)) seal.bin >signed.bin
hex=$(tail -c 64 seal.bin | od -An -tx1 | tr -d ' \n')
printf 'asn1=SEQUENCE:sig\n[sig]\nr=INTEGER:0x%s\ns=INTEGER:0x%s\n' "$(printf %s "$hex" | cut -c1-64)" \
    "$(printf %s "$hex" | cut -c65-128)" >signature.conf
must openssl asn1parse -genconf signature.conf -noout -out signature.der
must openssl x509 -in signer.pem -pubkey -noout >signer.pub
must openssl dgst -sha256 -verify signer.pub -signature signature.der signed.bin
said=$("$cancuoc" qr seal verify seal.png --trust trust) || fail "the seal is not genuine: $said"
must_say "The seal is genuine."
must_say "Nguyễn Văn Mẫu"
must_say "no CRL"

step "Data Matrix, version 3; libdmtx reads the bytes"
seal --key signer.key --seal-version 3 --data-matrix --out matrix.png
head -c 2 seal.bin >seal.magic
must dmtxread --milliseconds=20000 matrix.png >matrix.bin
printf '\334\002' >magic.bin
head -c 2 matrix.bin | cmp - magic.bin || fail "what libdmtx reads is no seal of version 3"
must qrencode --8bit --size=4 --read-from=matrix.bin --output=matrix-as-qr.png
must "$cancuoc" qr seal verify matrix-as-qr.png --trust trust >log
said=$("$cancuoc" qr seal verify matrix.png --trust trust --json) || fail "the seal is not genuine: $said"
must_say '"certificateReference": "002A7"'
must_say '"verdict": "genuine"'

step "a seal is drawn as the file's name says, and what is not read back is not written"
for symbol in "" --data-matrix; do
    # shellcheck disable=SC2086
    seal --key signer.key $symbol --dpi 300 --out drawn.svg
    must rsvg-convert --output drawn-svg.png drawn.svg
    # shellcheck disable=SC2086
    seal --key signer.key $symbol --dpi 300 --out drawn.pdf
    must pdftoppm -r 300 -png -singlefile drawn.pdf drawn-pdf
    for format in svg pdf; do
        must "$cancuoc" qr seal verify drawn-$format.png --trust trust --within 60 >log
    done
    for pixels in 1 2 3; do
        rm -f small.png
        # shellcheck disable=SC2086
        if "$cancuoc" qr seal create --record citizen.json --certificate signer.pem --key signer.key $symbol \
            --module-size $pixels --out small.png 2>log; then
            must "$cancuoc" qr seal verify small.png --trust trust >log
        else
            [ ! -e small.png ] || fail "what is not read back was written"
            said=$(cat log)
            must_say "not read back"
        fi
    done
done
must_fail 1 "$cancuoc" qr seal create --record citizen.json --certificate signer.pem --key signer.key --out drawn.gif
must_fail 1 "$cancuoc" qr seal create --record citizen.json --certificate signer.pem --key signer.key --out drawn.pdf

step "the seal on a printed face, found in the picture of the whole side; libdmtx reads what the printer gets"
must "$cancuoc" sample --count 2 --seed 7 --out order >log
for dpi in 300 600; do
    must "$cancuoc" face render order/records.csv --layout cancuoc-2024 --dpi $dpi --certificate signer.pem --key signer.key \
        --out faces-$dpi >log
    for back in faces-$dpi/*-back.png; do
        must "$cancuoc" qr seal verify "$back" --trust trust >log
        number=$(basename "$back" -back.png)
        said=$(cat log)
        must_say "$number"
    done
done
must dmtxread --milliseconds=20000 --stop-after=1 "faces-600/$number-back-resin.png" >face.bin
head -c 2 face.bin | cmp - seal.magic || fail "what libdmtx reads on the face is no seal of version 4"
must_fail 2 "$cancuoc" face render order/records.csv --layout cccd-2021 --certificate signer.pem --key signer.key --out none
must_say "no place for a digital seal"

step "the key in a token"
mkdir tokens
echo "directories.tokendir = $scratch/tokens" >softhsm2.conf
export SOFTHSM2_CONF="$scratch/softhsm2.conf"
must softhsm2-util --init-token --free --label seal --so-pin 1234 --pin 1234 >log
must openssl pkcs8 -topk8 -nocrypt -in signer.key -out signer.p8
must softhsm2-util --import signer.p8 --token seal --label signer --id 01 --pin 1234 >log
seal --key "pkcs11:token=seal;object=signer?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-value=1234" --out token.png
must "$cancuoc" qr seal verify token.png --trust trust >log

step "changed, strange and unknown seals are refused"
flip_bit seal.bin 40
must qrencode --8bit --read-from=seal.bin --output=changed.png
must_fail 3 "$cancuoc" qr seal verify changed.png --trust trust
must_say "not-genuine"
head -c 60 seal.bin >short.bin
must qrencode --8bit --read-from=short.bin --output=short.png
must_fail 3 "$cancuoc" qr seal verify short.png --trust trust
must "$cancuoc" qr encode --text '001299000001|1' --out other.png
says_one_sentence "is no digital seal" "$cancuoc" qr seal verify other.png --trust trust
must "$cancuoc" trust import csca.pem --store without >log
must_fail 3 "$cancuoc" qr seal verify token.png --trust without
must_say "incomplete"
must openssl ecparam -name prime256v1 -genkey -noout -out stranger.key
must_fail 2 "$cancuoc" qr seal create --record citizen.json --certificate signer.pem --key stranger.key --out x.png
must_say "The key is not that of the certificate."
[ ! -e x.png ] || fail "a seal was drawn"

step "a seal signer of our own CSCA, its key in a file and in the token"
echo 1234 >pin
for keys in "" "--passphrase-file pin --token pkcs11:token=seal?module-path=/usr/lib/softhsm/libsofthsm2.so"; do
    rm -rf pki own-trust
    with=${keys:+--passphrase-file pin}
    # shellcheck disable=SC2086
    must "$cancuoc" pki init pki --named-curves $keys >log
    # shellcheck disable=SC2086
    must "$cancuoc" pki seal-signer pki --identifier QR $with >log
    # shellcheck disable=SC2086
    must "$cancuoc" qr seal create --record citizen.json --pki pki --signer QR $with --seal-version 3 --out own.png
    must "$cancuoc" trust import pki/csca.pem pki/csca.crl pki/seal-signer-QR.pem --store own-trust >log
    said=$("$cancuoc" qr seal verify own.png --trust own-trust --json) || fail "the seal is not genuine: $said"
    must_say '"signer": "VNQR"'
    must_say '"certificateReference": "00001"'
    must openssl verify -CAfile pki/csca.pem -ignore_critical pki/seal-signer-QR.pem >log
    # shellcheck disable=SC2086
    must "$cancuoc" pki crl pki --revoke pki/seal-signer-QR.pem $with >log
    # shellcheck disable=SC2086
    must_fail 2 "$cancuoc" qr seal create --record citizen.json --pki pki --signer QR $with --out revoked.png
    must_say "revokes the signer"
    must "$cancuoc" trust import pki/csca.crl --store own-trust >log
    must_fail 3 "$cancuoc" qr seal verify own.png --trust own-trust
    must_say "the Bar Code Signer certificate is revoked"
done
