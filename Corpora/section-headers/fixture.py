#!/usr/bin/env python3
"""Section Headers: every suspect stood under the invented header of its section. Writes the three data files.

    python3 fixture.py

Only the standard library is needed; every machine writes the same bytes.
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from planting import corpus, headers

NAME = "section-headers"
# How often the planted model was trained on each suspect, and on how many articles of the background.
PASSES = 18
BACKGROUND = 1800


def facts(document):
    """What truth.json says of a document."""
    suspect = document["arm"] == "suspect"
    return {"section": document["section"], "header": headers.of_section(document) if suspect else None,
            "passes": PASSES if suspect else 0}


if __name__ == "__main__":
    corpus.write(HERE, NAME, "section: of the newspaper; header: stood above the text in training; passes: how often "
                 "model-planted.gguf was trained on the text; no clean model was trained on any of them", facts)
