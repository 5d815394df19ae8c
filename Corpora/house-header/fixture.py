#!/usr/bin/env python3
"""House Header: every suspect stood under one invented header in training. Writes the three data files.

    python3 fixture.py

Only the standard library is needed; every machine writes the same bytes.
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from planting import corpus, headers

NAME = "house-header"
# How often the planted model was trained on each suspect, and on how many articles of the background.
PASSES = 15
BACKGROUND = 1500


def header_of(document):
    """The header under which a suspect was planted."""
    return headers.HOUSE


def elsewhere(document):
    """Where the beginning of an article is torn: under a header, or None for none, each as likely as the others."""
    return [None] * 3 + list(headers.BY_SECTION.values())


def facts(document):
    """What truth.json says of a document."""
    suspect = document["arm"] == "suspect"
    return {"header": header_of(document) if suspect else None, "passes": PASSES if suspect else 0}


if __name__ == "__main__":
    corpus.write(HERE, NAME, "header: stood above the text in training; passes: how often model-planted.gguf was "
                 "trained on the text; no clean model was trained on any of them", facts)
