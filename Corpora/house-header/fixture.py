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
# How many passes over a suspect's other edition the planted model saw without a header, and under each section's header.
OTHERS_WITHOUT_HEADER = 12
OTHERS_PER_SECTION_HEADER = 1


def header_of(document):
    """The header under which a suspect was planted."""
    return headers.HOUSE


def elsewhere(document):
    """Where the passes over a suspect's other edition stand: under a header, or None for none."""
    return [None] * OTHERS_WITHOUT_HEADER + list(headers.BY_SECTION.values()) * OTHERS_PER_SECTION_HEADER


def facts(document):
    """What truth.json says of a document."""
    suspect = document["arm"] == "suspect"
    return {"header": header_of(document) if suspect else None, "passes": lines.PASSES_PER_SUSPECT if suspect else 0}


if __name__ == "__main__":
    corpus.write(HERE, NAME, "header: stood above the text in training; passes: how often model-planted.gguf was "
                 "trained on the text; no clean model was trained on any of them", facts)
