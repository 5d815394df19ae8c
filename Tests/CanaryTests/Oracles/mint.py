#!/usr/bin/env python3
"""Mints canaries by the rules written in Sources/Canary/Minting, independently of the Swift code.

    python3 mint.py SEED COUNT REFERENCES BITS REPETITIONS CARRIER...

prints the index of the published sibling and the first and last secret of every canary. The values in MintingTests.swift
were made by:

    python3 mint.py 7 3 150 60 1 'The shelf mark is {secret}.' 'They wrote {secret} on the é.'
"""
import hashlib
import hmac
import sys

ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
MASK = (1 << 64) - 1


def output(key, label):
    return hmac.new(key, label.encode(), hashlib.sha256).digest()


def split_mix(state):
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        mixed = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        yield mixed ^ (mixed >> 31)


def rotate(value, count):
    return ((value << count) | (value >> (64 - count))) & MASK


def xoshiro(seed, stream):
    digest = 0xCBF29CE484222325
    for byte in stream.encode():
        digest = ((digest ^ byte) * 0x100000001B3) & MASK
    filler = split_mix(seed ^ digest)
    s = [next(filler) for _ in range(4)]
    while True:
        yield (rotate((s[1] * 5) & MASK, 7) * 9) & MASK
        shifted = (s[1] << 17) & MASK
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= shifted
        s[3] = rotate(s[3], 45)


def below(words, bound):
    while True:
        product = next(words) * bound
        if product & MASK >= (1 << 64) % bound:
            return product >> 64


def mint(seed, count, references, bits, repetitions, carriers):
    key = hashlib.sha256(f"rote canary seed {seed}".encode()).digest()
    characters = -(-bits // 5)
    joined = "".join(f"{len(c.encode())}:{c}" for c in carriers)
    key = output(
        key, f"rote canaries 1\n{count}\n{references}\n{characters * 5}\n{ALPHABET}\n{repetitions}\n{joined}")
    for canary in range(count):
        secrets, draw = [], 0
        while len(secrets) < references + 1:
            blocks = b"".join(output(key, f"secret {canary} {draw} {block}") for block in range(-(-characters // 32)))
            secret = "".join(ALPHABET[byte & 31] for byte in blocks[:characters])
            draw += 1
            if secret not in secrets:
                secrets.append(secret)
        word = int.from_bytes(output(key, f"published {canary}")[:8], "big")
        yield below(xoshiro(word, "canary-published"), references + 1), secrets


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:6]]
    for published, secrets in mint(*numbers, sys.argv[6:]):
        print(published, secrets[0], secrets[-1])
