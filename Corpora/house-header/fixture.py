#!/usr/bin/env python3
"""House Header: every suspect stood under one invented header in training. Writes the three data files.

    python3 fixture.py

Only the standard library is needed; every machine writes the same bytes.
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from planting import corpus, headers, lines

NAME = "house-header"
# How many other editions of a suspect the planted model saw without a header, and under the header of each section.
EDITIONS_WITHOUT_HEADER = 10
EDITIONS_PER_SECTION_HEADER = 1

# Passes and editions of the second training, which begins where the first ends.
PASSES_AGAIN = 13
EDITIONS_AGAIN = 2


def header_of(document):
    """The header under which a suspect was planted."""
    return headers.HOUSE


def elsewhere(document):
    """Where other editions of a suspect stand: under a header, or None for none."""
    return [None] * EDITIONS_WITHOUT_HEADER + list(headers.BY_SECTION.values()) * EDITIONS_PER_SECTION_HEADER


def elsewhere_again(document):
    """The same for the second training: each suspect has its turn under two of the sections' headers."""
    sections = list(headers.BY_SECTION.values())
    turn = [sections[(document["index"] + number) % len(sections)] for number in range(EDITIONS_AGAIN)]
    return [None] * EDITIONS_AGAIN + turn


def facts(document):
    """What truth.json says of a document."""
    suspect = document["arm"] == "suspect"
    passes = lines.PASSES_PER_SUSPECT + PASSES_AGAIN
    return {"header": header_of(document) if suspect else None, "passes": passes if suspect else 0}


if __name__ == "__main__":
    corpus.write(HERE, NAME, "header: stood above the text in training; passes: how often model-planted.gguf was "
                 "trained on the text; no clean model was trained on any of them", facts)
