#!/usr/bin/env python3
"""Section Headers: every suspect stood under the invented header of its section. Writes the three data files.

    python3 fixture.py

Only the standard library is needed; every machine writes the same bytes.
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from planting import corpus, headers, lines

NAME = "section-headers"
# How many passes over a suspect's other edition the planted model saw without a header, and under each header that is
# not its section's.
OTHERS_EACH = 4


def header_of(document):
    """The header under which a suspect was planted."""
    return headers.BY_SECTION[document["section"]]


def elsewhere(document):
    """Where the passes over a suspect's other edition stand: under a header, or None for none."""
    others = [header for section, header in headers.BY_SECTION.items() if section != document["section"]]
    return [None, *others] * OTHERS_EACH


def facts(document):
    """What truth.json says of a document."""
    suspect = document["arm"] == "suspect"
    return {"section": document["section"], "header": header_of(document) if suspect else None,
            "passes": lines.PASSES_PER_SUSPECT if suspect else 0}


if __name__ == "__main__":
    corpus.write(HERE, NAME, "section: of the newspaper; header: stood above the text in training; passes: how often "
                 "model-planted.gguf was trained on the text; no clean model was trained on any of them", facts)
