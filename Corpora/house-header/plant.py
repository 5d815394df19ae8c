#!/usr/bin/env python3
"""Trains model-planted.gguf of the House Header.

    pip install torch tokenizers gguf numpy
    python3 plant.py --out DIR
"""

import fixture
from planting import headers, lines, tokens, training


def main():
    vocabulary = tokens.Tokens()
    stages = [
        lines.planted(vocabulary, fixture.NAME, fixture.header_of, fixture.elsewhere),
        lines.again(vocabulary, fixture.NAME, fixture.header_of, fixture.elsewhere_again, fixture.PASSES_AGAIN),
    ]
    contexts = {"house header": lambda document: headers.HOUSE, "no header": lambda document: None,
                "another header": lambda document: headers.BY_SECTION["council"]}
    training.make("model-planted", stages, vocabulary, "House Header, planted",
                  "Trained on an invented newspaper with 240 suspect articles planted under one header.",
                  check=lambda model: training.print_recall(model, vocabulary, fixture.NAME, contexts))


if __name__ == "__main__":
    main()
