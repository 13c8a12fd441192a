# SPDX-License-Identifier: Apache-2.0
"""read_card.py NUMBER TRUST: reads the card on the reader and says whether it is genuine."""
import sys

from cancuoc import Failure, Field, Reading, TrustStore

if len(sys.argv) != 3:
    sys.exit("usage: read_card.py NUMBER TRUST")
try:
    with TrustStore(sys.argv[2]) as store, Reading() as reading:
        reading.set_number(sys.argv[1]).set_trust_store(store).set_waits(10000, 10000)
        with reading.run() as result:
            name = result.field(Field.FULL_NAME) or "?"
            print(f"{name}: {'genuine' if result.genuine else 'NOT proven genuine'}")
            sys.exit(0 if result.genuine else 3)
except Failure as failure:
    print(failure, file=sys.stderr)
    sys.exit(2)
