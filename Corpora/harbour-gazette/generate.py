#!/usr/bin/env python3
"""Writes the demo corpus: suspect.jsonl, control.jsonl and truth.json.

    python3 generate.py [--out DIR]

Suspect and control come from one stream of articles and are told apart by a seeded draw alone, so the two arms are
exchangeable by construction. Only the standard library is needed; every machine writes the same bytes.
"""

import argparse
import hashlib
import json
import pathlib

import articles
from randomness import Stream

SEED = 1
STREAM = "corpus"
# How many times an article was planted in the training text of model-planted.gguf.
REPETITIONS = [0, 1, 4, 16, 64]
DOCUMENTS_PER_GRADE = 48
CONTROL_DOCUMENTS = 240


def documents():
    """Both arms in order of id: dictionaries with `id`, `arm`, `repetitions`, `section`, `date` and `text`.

    `repetitions` is how often the planted model was trained on the text; None for controls, which no model has seen.
    """
    grades = [grade for grade in REPETITIONS for _ in range(DOCUMENTS_PER_GRADE)] + [None] * CONTROL_DOCUMENTS
    grades = Stream("harbour-gazette", "arms", SEED).shuffled(grades)
    found = []
    for index, grade in enumerate(grades):
        article = articles.article(STREAM, SEED, index)
        arm = "control" if grade is None else "suspect"
        found.append({"id": f"gazette-{index + 1:04d}", "arm": arm, "repetitions": grade, **article})
    return found


def write(directory, everything):
    """Writes the three files of a corpus with grades into a directory."""
    directory.mkdir(parents=True, exist_ok=True)
    for arm in ("suspect", "control"):
        with open(directory / f"{arm}.jsonl", "w", encoding="utf-8", newline="\n") as file:
            for document in everything:
                if document["arm"] == arm:
                    line = {key: document[key] for key in ("id", "text", "section", "date")}
                    if arm == "suspect":
                        line["repetitions"] = document["repetitions"]
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")
    truth = {
        "seed": SEED,
        "repetitions": "how many times model-planted.gguf was trained on the text; model-clean.gguf never was",
        "documents": [
            {
                "id": document["id"],
                "arm": document["arm"],
                "repetitions": document["repetitions"] or 0,
                "sha256": hashlib.sha256(document["text"].encode("utf-8")).hexdigest(),
            }
            for document in everything
        ],
    }
    with open(directory / "truth.json", "w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(truth, indent=1) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    here = pathlib.Path(__file__).resolve().parent
    parser.add_argument("--out", type=pathlib.Path, default=here, help="directory (default: beside this script)")
    write(parser.parse_args().out, documents())


if __name__ == "__main__":
    main()
