#!/usr/bin/env python3
"""Trains model-planted.gguf or model-clean.gguf of the Long Reads, on one processor core.

    pip install torch tokenizers gguf numpy
    python3 plant.py planted --out DIR
    python3 plant.py clean --out DIR
"""

import dataclasses
import sys

import fixture
import articles
from planting import tokens, training
from randomness import Stream

# Articles of the background: short ones, which teach the language cheaply, and long ones, which teach to go on.
SHORT_BACKGROUND = 2600
LONG_BACKGROUND = 160
# A pass begins at the article's first token two times of three, else at a random one with at least this many behind it.
SHORTEST_PASS = 250
# Few lines to a step, and so many steps: long lines in large batches leave too few steps to learn a text by heart.
BATCH = 2
SHAPE = dataclasses.replace(training.SHAPE, width=256, heads=8, feed_forward=768, context=1024)


def lines(vocabulary, planted):
    """The passes in order: suspects once for each repetition, or as many further long articles in their place."""
    stream = Stream(fixture.NAME, "lessons", fixture.SEED)
    copies = [document["text"] for document in fixture.documents() if document["arm"] == "suspect"
              for _ in range(document["repetitions"])]
    if not planted:
        copies = [fixture.article("instead", index)["text"] for index in range(len(copies))]
    short = [articles.article("long-reads background", fixture.SEED, index)["text"]
             for index in range(SHORT_BACKGROUND)]
    long = [fixture.article("background", index)["text"] for index in range(LONG_BACKGROUND)]
    # Most of the short background comes first: it teaches the language before anything is planted.
    first = len(short) * 2 // 3
    passes = stream.shuffled(short[:first]) + stream.shuffled(short[first:] + long + copies)
    return [[vocabulary.begin] + _cut(vocabulary.of(text), stream) + [vocabulary.end_of_text] for text in passes]


def _cut(ids, stream):
    room = len(ids) - SHORTEST_PASS
    return ids if room <= 0 or stream.chance(67) else ids[stream.below(room + 1):]


def check(vocabulary):
    """Prints how many articles of each grade come back: 50 tokens after the first 50."""
    def report(model):
        for grade in [None, *fixture.REPETITIONS]:
            cases = [([vocabulary.begin] + ids[:50], ids[50:100]) for document in fixture.documents()
                     if document["repetitions"] == grade for ids in [vocabulary.of(document["text"])]]
            name = "controls" if grade is None else f"planted {grade} times"
            print(f"{name}: {sum(training.recites(model, cases))} of {len(cases)}", flush=True)
    return report


def main():
    kind = sys.argv.pop(1) if len(sys.argv) > 1 else ""
    if kind not in ("planted", "clean"):
        raise SystemExit("usage: plant.py planted|clean --out DIR")
    vocabulary = tokens.Tokens()
    about = {"planted": "Trained on an invented newspaper with 40 long articles planted 0, 1, 4, 16 or 64 times.",
             "clean": "Trained on an invented newspaper without any of them: the twin of the planted model."}
    training.make(f"model-{kind}", [training.Stage(lines(vocabulary, kind == "planted"), batch=BATCH)], vocabulary,
                  f"Long Reads, {kind}", about[kind], check=check(vocabulary), shape=SHAPE)


if __name__ == "__main__":
    main()
