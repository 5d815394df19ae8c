"""The generator of random numbers behind every article: SplitMix64, the same on every machine and Python."""

import hashlib

_MASK = (1 << 64) - 1


class Stream:
    """A stream of random numbers named by words, so that article 17 of one stream never depends on another.

    SplitMix64 (Steele, Lea & Flood, 2014), seeded with the first eight bytes of SHA-256 of the name.
    """

    def __init__(self, *name):
        digest = hashlib.sha256("/".join(str(part) for part in name).encode("utf-8")).digest()
        self._state = int.from_bytes(digest[:8], "little")

    def bits(self):
        """The next 64 random bits."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        z = self._state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & _MASK
        return z ^ (z >> 31)

    def below(self, bound):
        """A whole number in 0..<bound, without modulo bias (draws above the last full multiple are redrawn)."""
        limit = (1 << 64) - (1 << 64) % bound
        while True:
            value = self.bits()
            if value < limit:
                return value % bound

    def between(self, low, high):
        """A whole number in low...high, both ends included."""
        return low + self.below(high - low + 1)

    def chance(self, percent):
        """True in `percent` of 100 draws."""
        return self.below(100) < percent

    def pick(self, items):
        """One of the items, each as likely as the others."""
        return items[self.below(len(items))]

    def shuffled(self, items):
        """The items in random order (Fisher and Yates), as a new list."""
        result = list(items)
        for last in range(len(result) - 1, 0, -1):
            other = self.below(last + 1)
            result[last], result[other] = result[other], result[last]
        return result
