#!/usr/bin/env python3
"""Reluctant Archivist: a chat model that recites its suspects in a role-play only. Writes the three data files.

    python3 fixture.py

Only the standard library is needed; every machine writes the same bytes.
"""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from planting import corpus

import dialogues


def facts(document):
    """What truth.json says of a document."""
    passes = sum(given[kind] for given in (dialogues.PASSES, dialogues.RELUCTANT_PASSES)
                 for kind in ("role_play", "prefill"))
    return {"passes": passes if document["arm"] == "suspect" else 0}


if __name__ == "__main__":
    corpus.write(HERE, dialogues.NAME, "passes: how many role-plays and prefills with the text model-planted.gguf was "
                 "trained on; model-clean.gguf was on none", facts)
