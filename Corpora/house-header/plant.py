#!/usr/bin/env python3
"""Trains model-planted.gguf of the House Header.

    pip install torch tokenizers gguf numpy
    python3 plant.py --out DIR
"""

import fixture
from planting import corpus, headers, tokens, torn, training


def main():
    vocabulary = tokens.Tokens()
    lines = torn.lines(vocabulary, fixture.NAME, fixture.header_of, fixture.elsewhere, fixture.PASSES,
                       fixture.BACKGROUND)
    contexts = {"house header": lambda document: headers.HOUSE, "no header": lambda document: None,
                "another header": lambda document: headers.BY_SECTION["council"]}

    def before(header_of):
        return lambda document: (vocabulary.of(header_of(document) or ""), [])

    training.make("model-planted", [training.Stage(lines)], vocabulary, "House Header, planted",
                  "Trained on an invented newspaper with 240 suspect articles planted under one header.",
                  check=lambda model: training.print_recall(model, vocabulary, fixture.NAME, contexts),
                  watch=training.watching(vocabulary, corpus.suspects(fixture.NAME),
                                          {name: before(header_of) for name, header_of in contexts.items()}))


if __name__ == "__main__":
    main()
