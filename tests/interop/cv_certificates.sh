# SPDX-License-Identifier: Apache-2.0
# Scripts source it:
#   cv_certificates FOLDER SCHEME ALGORITHM OPTION   a CVCA, a document verifier and an inspection system that may read
#                                                    fingers and irises, made by OpenPACE's cvc-create: cvca.cvcert,
#                                                    dv.cvcert, is.cvcert and is.pkcs8; keys by openssl genpkey

cv_certificates() {
    require cvc-create openpace
    require openssl openssl
    mkdir -p "$1"
    for holder in cvca dv is; do
        must openssl genpkey -algorithm "$3" -pkeyopt "$4" -out "$1/$holder.pem" 2>/dev/null
        must openssl pkcs8 -topk8 -nocrypt -in "$1/$holder.pem" -outform DER -out "$1/$holder.pkcs8"
        rm "$1/$holder.pem"
    done
    must cvc_create "$1" cvca UTCVCA00001 cvca "$2" --type=is
    must cvc_create "$1" dv UTDV00001 cvca "$2" --sign-as="$1/cvca.cvcert"
    must cvc_create "$1" is UTIS00001 dv "$2" --sign-as="$1/dv.cvcert"
}

# cvc_create FOLDER HOLDER REFERENCE SIGNER SCHEME OPTION
cvc_create() {
    case $2 in
    cvca) role=cvca ;;
    dv) role=dv_domestic ;;
    is) role=terminal ;;
    esac
    cvc-create --role=$role "$6" --chr="$3" --issued=260101 --expires=291231 --read-finger --read-iris --scheme="$5" \
        --key="$1/$2.pkcs8" --sign-with="$1/$4.pkcs8" --out-cert="$1/$2.cvcert" >/dev/null
}
