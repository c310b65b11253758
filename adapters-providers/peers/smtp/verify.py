# Verifies a mail's DKIM signature with Debian's python3-dkim: `python3 verify.py <mail> <TXT record of the key>`.
import sys

import dkim

with open(sys.argv[1], "rb") as mail:
    verified = dkim.verify(mail.read(), dnsfunc=lambda name, timeout=5: sys.argv[2].encode())
print("dkim=" + ("pass" if verified else "fail"))
