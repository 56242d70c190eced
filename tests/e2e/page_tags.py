"""The tags at the ends of a database's pages, as docs/storage.md has them.

A test that changes rows with another program's SQLite puts them in order again, so that the change is
found by what it says, and not by the page on which it stands.
"""
TAG = 8
MASK = (1 << 64) - 1


def rotated(value, by):
    return (value << by | value >> 64 - by) & MASK


def siphash24(key, data):
    """https://www.aumasson.jp/siphash/siphash.pdf"""
    k0, k1 = int.from_bytes(key[:8], "little"), int.from_bytes(key[8:], "little")
    v0, v1 = k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d
    v2, v3 = k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573

    def rounds(count):
        nonlocal v0, v1, v2, v3
        for _ in range(count):
            v0 = (v0 + v1) & MASK
            v1 = rotated(v1, 13) ^ v0
            v0 = rotated(v0, 32)
            v2 = (v2 + v3) & MASK
            v3 = rotated(v3, 16) ^ v2
            v0 = (v0 + v3) & MASK
            v3 = rotated(v3, 21) ^ v0
            v2 = (v2 + v1) & MASK
            v1 = rotated(v1, 17) ^ v2
            v2 = rotated(v2, 32)

    whole = len(data) // 8 * 8
    words = [int.from_bytes(data[at:at + 8], "little") for at in range(0, whole, 8)]
    words.append(int.from_bytes(data[whole:], "little") | (len(data) & 0xff) << 56)
    for word in words:
        v3 ^= word
        rounds(2)
        v0 ^= word
    v2 ^= 0xff
    rounds(4)
    return (v0 ^ v1 ^ v2 ^ v3).to_bytes(8, "little")


def tag_of(page, number):
    return siphash24(b"yz.pag" + bytes(6) + number.to_bytes(4, "big"), page[:-TAG])


def tag_pages(file):
    """Gives each page of `file` the tag of what stands on it."""
    image = bytearray(file.read_bytes())
    size = int.from_bytes(image[16:18], "big")
    assert image[20] == TAG, "the pages have no room for tags"
    for number, at in enumerate(range(0, len(image), size), start=1):
        image[at + size - TAG:at + size] = tag_of(bytes(image[at:at + size]), number)
    file.write_bytes(image)
