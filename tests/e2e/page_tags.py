"""The tags at the ends of a database's pages, as docs/storage.md has them.

A test that changes rows with another program's SQLite puts them in order again, so that the change is
found by what it says, and not by the page on which it stands.
"""
TAG = 8
MASK = (1 << 64) - 1


P1, P2, P3 = 0x9e3779b185ebca87, 0xc2b2ae3d27d4eb4f, 0x165667b19e3779f9
P4, P5 = 0x85ebca77c2b2ae63, 0x27d4eb2f165667c5


def rotated(value, by):
    return (value << by | value >> 64 - by) & MASK


def taken(total, word):
    return rotated((total + word * P2) & MASK, 31) * P1 & MASK


def xxh64(data, seed):
    """https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md, for multiples of 8 bytes."""
    words = [int.from_bytes(data[at:at + 8], "little") for at in range(0, len(data), 8)]
    four = len(words) // 4 * 4
    result = (seed + P5) & MASK
    if four:
        sums = [(seed + P1 + P2) & MASK, (seed + P2) & MASK, seed, (seed - P1) & MASK]
        for at in range(0, four, 4):
            sums = [taken(one, word) for one, word in zip(sums, words[at:at + 4])]
        result = sum(rotated(one, by) for one, by in zip(sums, (1, 7, 12, 18))) & MASK
        for one in sums:
            result = ((result ^ taken(0, one)) * P1 + P4) & MASK
    result = (result + len(data)) & MASK
    for word in words[four:]:
        result = (rotated(result ^ taken(0, word), 27) * P1 + P4) & MASK
    result = (result ^ result >> 33) * P2 & MASK
    result = (result ^ result >> 29) * P3 & MASK
    return result ^ result >> 32


def tag_of(page, number):
    return xxh64(page[:-TAG], number).to_bytes(TAG, "little")


def tag_pages(file):
    """Gives each page of `file` the tag of what stands on it."""
    image = bytearray(file.read_bytes())
    size = int.from_bytes(image[16:18], "big")
    assert image[20] == TAG, "the pages have no room for tags"
    for number, at in enumerate(range(0, len(image), size), start=1):
        image[at + size - TAG:at + size] = tag_of(bytes(image[at:at + size]), number)
    file.write_bytes(image)
