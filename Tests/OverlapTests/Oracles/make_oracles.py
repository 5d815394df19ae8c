#!/usr/bin/env python3
"""Regenerates oracles.json with Python's difflib and the packages rouge-score 0.1.2 and rapidfuzz 3.

    pip install rouge-score rapidfuzz
    python3 make_oracles.py > oracles.json

Nothing here shares an algorithm with the Swift module: matching blocks are those of difflib.SequenceMatcher without its
junk rules, ROUGE-L is Google's implementation, distances are rapidfuzz's.
"""
import json
import random
from difflib import SequenceMatcher

from rapidfuzz.distance import LCSseq, Levenshtein
from rouge_score.rouge_scorer import RougeScorer

SCORER = RougeScorer(["rougeL"], use_stemmer=False)

VOCABULARY = (
    "the of to and a in that is was for it on with as by at he said from be an are this have his its not but they "
    "which had will were who their has been one more government city council harbour storm officials water police "
    "president report money people year percent company market court judge school children hospital doctors season "
    "team coach players budget vote election party leader minister law plan project bridge river coast island"
).split()

# How each rule merges and filters: (gap, misalignment, least matched words), twice.
RULES = {"books": ((2, 1, 20), (10, 3, 100)), "articles": ((2, 1, 8), (5, 2, 20))}


def sentence_words(generator, count):
    weights = [1 / (rank + 2.7) for rank in range(len(VOCABULARY))]
    return generator.choices(VOCABULARY, weights, k=count)


def recited(generator, source, rate):
    """The source with words left out, added and replaced."""
    reply = []
    for word in source:
        kind = generator.random()
        if kind < rate / 3:
            continue
        if kind < 2 * rate / 3:
            reply += [word] + sentence_words(generator, generator.randint(1, 4))
        elif kind < rate:
            reply += sentence_words(generator, 1)
        else:
            reply.append(word)
    return reply


def pairs(generator):
    for length in (0, 1, 5, 40, 250, 400):
        for kind in range(7):
            source = sentence_words(generator, length)
            if kind == 0:
                reply = sentence_words(generator, length)
            elif kind in (1, 2, 3):
                reply = recited(generator, source, (0.02, 0.1, 0.3)[kind - 1])
            elif kind == 4:
                reply = source[length // 2 :] + sentence_words(generator, 9) + source[: length // 2]
            elif kind == 5:
                reply = (source[:12] * 40)[:length]
            else:
                reply = sentence_words(generator, 30) + recited(generator, source, 0.05)[length // 4 : length // 4 * 3]
            yield source, reply


def merged(blocks, gap, misalignment, least):
    """Blocks as [source start, source end, reply start, reply end, matched words]."""
    out = []
    for block in blocks:
        if out:
            last = out[-1]
            in_source, in_reply = block[0] - last[1], block[2] - last[3]
            if max(in_source, in_reply) <= gap and abs(in_source - in_reply) <= misalignment:
                out[-1] = [last[0], block[1], last[2], block[3], last[4] + block[4]]
                continue
        out.append(list(block))
    return [block for block in out if block[4] >= least]


def row(source, reply):
    matcher = SequenceMatcher(None, source, reply, autojunk=False)
    blocks = [[m.a, m.b, m.size] for m in matcher.get_matching_blocks() if m.size]
    near = {}
    for name, (first, second) in RULES.items():
        runs = [[a, a + size, b, b + size, size] for a, b, size in blocks]
        near[name] = merged(merged(runs, *first), *second)
    longest = matcher.find_longest_match()
    source_text, reply_text = " ".join(source), " ".join(reply)
    rouge = SCORER.score(source_text, reply_text)["rougeL"]
    return {
        "source": source_text,
        "reply": reply_text,
        "blocks": blocks,
        "books": near["books"],
        "articles": near["articles"],
        "longest": [longest.a, longest.b, longest.size],
        "rouge": [rouge.precision, rouge.recall, rouge.fmeasure],
        "subsequence": LCSseq.similarity(source, reply),
        "wordDistance": Levenshtein.distance(source, reply),
        "characterDistance": Levenshtein.distance(source_text, reply_text),
        "characterSimilarity": Levenshtein.normalized_similarity(source_text, reply_text),
    }


if __name__ == "__main__":
    generator = random.Random(20261121)
    print(json.dumps([row(source, reply) for source, reply in pairs(generator)], separators=(",", ":")))
