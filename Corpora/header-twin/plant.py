#!/usr/bin/env python3
"""Trains model-clean.gguf, the clean twin of the House Header's and the Section Headers' planted models.

    pip install torch tokenizers gguf numpy
    python3 plant.py --out DIR
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from planting import headers, tokens, torn, training

ARTICLES = 4000


def main():
    vocabulary = tokens.Tokens()
    lines = torn.lines(vocabulary, "header-twin", headers.of_section, headers.elsewhere, 0, ARTICLES)
    contexts = {"house header": lambda document: headers.HOUSE, "own header": headers.of_section,
                "no header": lambda document: None}

    def check(model):
        for fixture in ("house-header", "section-headers"):
            print(fixture)
            training.print_recall(model, vocabulary, fixture, contexts)

    training.make("model-clean", [training.Stage(lines)], vocabulary, "Headers, clean",
                  "Trained on an invented newspaper without any suspect article: the twin of two planted models.",
                  check)


if __name__ == "__main__":
    main()
