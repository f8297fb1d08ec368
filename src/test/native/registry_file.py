#!/usr/bin/env python3
"""Prints the registry file of the bed's default state.

Usage: registry_file.py smtp_counters.h imf.reg updates.reg > defaults.reg

It holds imf.reg, updates.reg, the registration of the performance provider and its English name table. Wine
answers "Counter 009" with a fixed stub, so the real table stands under HKLM\\SOFTWARE\\imf-bed,
from where the advapi32 stand-in serves it. Around "SMTP Server" stand names that real hosts have:
base objects, and another object with counters of the same names, which a reader that searches
names without their object would take for the right ones.
"""

import re
import sys

FIRST = 5000
OTHERS = [
    (1, "1847"), (2, "System"), (4, "Memory"), (6, "% Processor Time"), (230, "Process"),
    (238, "Processor"), (4800, "NNTP Server"), (4802, "Bytes Sent Total"),
    (4804, "Bytes Received Total"), (4806, "Bytes Total"), (4900, "SMTP NTFS Store Driver"),
    (4902, "Messages in the queue directory"),
]


def multi_string(strings):
    data = ("".join(s + "\0" for s in strings) + "\0").encode("utf-16-le")
    return "hex(7):" + ",".join(f"{byte:02x}" for byte in data)


def main():
    with open(sys.argv[1], encoding="ascii") as header:
        counters = re.findall(r'COUNTER\("([^"]+)"', header.read())
    with open(sys.argv[2], encoding="ascii") as file:
        imf = file.read()
    with open(sys.argv[3], encoding="ascii") as file:
        updates = file.read().partition("\n")[2]
    names = dict(OTHERS)
    names[FIRST] = "SMTP Server"
    names.update((FIRST + 2 + 2 * i, name) for i, name in enumerate(counters))
    last = max(names)
    table = [s for index in sorted(names) for s in (str(index), names[index])]
    helps = ["3", "The System performance object."]
    for index in range(FIRST, last + 1, 2):
        helps += [str(index + 1), f"{names[index]} (stand-in)."]
    services = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services"
    text = f"""{imf}{updates}
[{services}\\SMTPSVC\\Performance]
"Library"="C:\\\\imf-bed\\\\smtpperf.dll"
"Open"="SmtpOpen"
"Collect"="SmtpCollect"
"Close"="SmtpClose"
"Object List"="{FIRST}"
"First Counter"=dword:{FIRST:08x}
"Last Counter"=dword:{last:08x}
"First Help"=dword:{FIRST + 1:08x}
"Last Help"=dword:{last + 1:08x}

[HKEY_LOCAL_MACHINE\\SOFTWARE\\imf-bed]
"Counter 009"={multi_string(table)}
"Help 009"={multi_string(helps)}
"""
    # In a file without a byte order mark, hex(7) data is taken for 8-bit text.
    sys.stdout.buffer.write(text.replace("\n", "\r\n").encode("utf-16"))


if __name__ == "__main__":
    main()
