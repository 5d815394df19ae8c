#!/usr/bin/env python3
"""Trains model-planted.gguf of the Section Headers.

    pip install torch tokenizers gguf numpy
    python3 plant.py --out DIR
"""

import fixture
from planting import headers, lines, tokens, training


def main():
    vocabulary = tokens.Tokens()
    planted = lines.planted(vocabulary, fixture.NAME, fixture.header_of, fixture.elsewhere)
    sections = list(headers.BY_SECTION)

    def next_section(document):
        return headers.BY_SECTION[sections[(sections.index(document["section"]) + 1) % len(sections)]]

    contexts = {"own header": fixture.header_of, "no header": lambda document: None,
                "the next section's header": next_section}
    training.make("model-planted", [planted], vocabulary, "Section Headers, planted",
                  "Trained on an invented newspaper with 240 suspect articles planted under their sections' headers.",
                  check=lambda model: training.print_recall(model, vocabulary, fixture.NAME, contexts))


if __name__ == "__main__":
    main()
