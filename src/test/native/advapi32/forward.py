#!/usr/bin/env python3
"""Makes a DLL of Wine's own forwardable.

Usage: forward.py WINE_DLL DIRECTORY COPY FUNCTION...

Writes DIRECTORY/COPY.dll, a copy without the mark by which Wine tells its builtin DLLs (a marked
one would not load under another name), and DIRECTORY/NAME.def for a DLL of the same name as Wine's,
which exports each FUNCTION from our objects and forwards every other name to the copy.
"""

import os.path
import struct
import sys

BUILTIN_MARK = b"Wine builtin DLL"
EXPORT_DIRECTORY = 112  # offset of the first data directory in a PE32+ optional header


def exported_names(image):
    pe = struct.unpack_from("<I", image, 0x3C)[0]
    section_count = struct.unpack_from("<H", image, pe + 6)[0]
    optional = pe + 24
    sections = optional + struct.unpack_from("<H", image, pe + 20)[0]

    def offset(address):
        for i in range(section_count):
            size, start, raw_size, raw = struct.unpack_from("<4I", image, sections + 40 * i + 8)
            if start <= address < start + max(size, raw_size):
                return raw + address - start
        raise ValueError(f"no section holds the address {address:#x}")

    def text(at):
        return bytes(image[at : image.index(0, at)]).decode("ascii")

    exports = offset(struct.unpack_from("<I", image, optional + EXPORT_DIRECTORY)[0])
    count, _, names = struct.unpack_from("<3I", image, exports + 24)
    addresses = struct.unpack_from(f"<{count}I", image, offset(names))
    return [text(offset(address)) for address in addresses]


def main():
    source, directory, copy, replaced = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
    name_of_ours = os.path.splitext(os.path.basename(source))[0]
    with open(source, "rb") as file:
        image = bytearray(file.read())
    names = exported_names(image)
    mark = image.find(BUILTIN_MARK, 0, 0x80)
    if mark < 0:
        sys.exit(f"{source} carries no '{BUILTIN_MARK.decode()}' mark: is it Wine's own?")
    image[mark : mark + len(BUILTIN_MARK)] = bytes(len(BUILTIN_MARK))
    with open(f"{directory}/{copy}.dll", "wb") as file:
        file.write(image)
    with open(f"{directory}/{name_of_ours}.def", "w", encoding="ascii") as definition:
        definition.write(f"LIBRARY {name_of_ours}.dll\nEXPORTS\n")
        for name in replaced:
            definition.write(f"  {name}\n")
        for name in names:
            if name not in replaced:
                definition.write(f"  {name}={copy}.{name}\n")


if __name__ == "__main__":
    main()
