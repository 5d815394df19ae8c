#!/usr/bin/env python3
"""Long Reads: long articles, planted 0 to 64 times, for windows of several hundred words. Writes the three data files.

    python3 fixture.py

Only the standard library is needed; every machine writes the same bytes.
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import planting  # noqa: F401  (puts the Harbour Gazette's modules within reach)
import facts
import generate
import sentences
from articles import SECTIONS, _sentence
from randomness import Stream

NAME = "long-reads"
SEED = 1
# How often the planted model was trained on an article.
REPETITIONS = [0, 1, 4, 16, 64]
DOCUMENTS_PER_GRADE = 8
CONTROL_DOCUMENTS = 40
# An article stops at the first sentence that reaches a length drawn from this range: 350 words or more, 650 tokens.
WANTED_CHARACTERS = (2150, 2300)


def article(stream_name, index):
    """Article `index` of a named stream, as a dictionary with `section`, `date` and `text`."""
    stream = Stream(NAME, stream_name, SEED, index)
    section = stream.pick(SECTIONS)
    date = "{}-{:02d}-{:02d}".format(stream.between(1999, 2024), stream.between(1, 12), stream.between(1, 28))
    wanted = stream.between(*WANTED_CHARACTERS)
    told = facts.Facts(stream)
    told.value("person1")
    text = _sentence(stream.pick(sentences.OPENINGS[section]), told)
    # Every sentence is told once before any is told again, with other facts.
    while len(text) < wanted:
        for template in stream.shuffled(sentences.MIDDLES):
            if len(text) >= wanted:
                break
            if "{family}" in template and told.value("person1") not in text:
                continue
            text += " " + _sentence(template, told)
    return {"section": section, "date": date, "text": text}


def documents():
    """Both arms in order of id: dictionaries with `id`, `arm`, `repetitions`, `section`, `date` and `text`.

    All articles are one stream; a seeded shuffle tells suspects from controls, whose `repetitions` is None, and grades
    the suspects.
    """
    grades = [grade for grade in REPETITIONS for _ in range(DOCUMENTS_PER_GRADE)] + [None] * CONTROL_DOCUMENTS
    grades = Stream(NAME, "arms", SEED).shuffled(grades)
    return [
        {"id": f"{NAME}-{index + 1:03d}", "arm": "control" if grade is None else "suspect", "repetitions": grade,
         **article("corpus", index)}
        for index, grade in enumerate(grades)
    ]


if __name__ == "__main__":
    generate.write(HERE, documents())
