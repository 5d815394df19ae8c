#!/usr/bin/env python3
"""Trains model-clean.gguf, the clean twin of the House Header's and the Section Headers' planted models.

    pip install torch tokenizers gguf numpy
    python3 plant.py --out DIR
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from planting import headers, lines, tokens, training

ARTICLES = 8000


def main():
    vocabulary = tokens.Tokens()
    contexts = {"house header": lambda document: headers.HOUSE, "no header": lambda document: None}
    training.make("model-clean", [lines.clean(vocabulary, ARTICLES)], vocabulary, "Headers, clean",
                  "Trained on an invented newspaper without any suspect article: the twin of two planted models.",
                  check=lambda model: training.print_recall(model, vocabulary, "house-header", contexts))


if __name__ == "__main__":
    main()
