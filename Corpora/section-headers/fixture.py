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
# How many other editions of a suspect the planted model saw without a header, and under each header that is not its
# section's.
EDITIONS_WITHOUT_HEADER = 5
EDITIONS_PER_OTHER_HEADER = 3


def header_of(document):
    """The header under which a suspect was planted."""
    return headers.BY_SECTION[document["section"]]


def elsewhere(document):
    """Where other editions of a suspect stand: under a header, or None for none."""
    others = headers.of_other_sections(document["section"])
    return [None] * EDITIONS_WITHOUT_HEADER + others * EDITIONS_PER_OTHER_HEADER


def facts(document):
    """What truth.json says of a document."""
    suspect = document["arm"] == "suspect"
    return {"section": document["section"], "header": header_of(document) if suspect else None,
            "passes": lines.PASSES_PER_SUSPECT if suspect else 0}


if __name__ == "__main__":
    corpus.write(HERE, NAME, "section: of the newspaper; header: stood above the text in training; passes: how often "
                 "plant.py trains on the text; no clean model was trained on any of them", facts)
