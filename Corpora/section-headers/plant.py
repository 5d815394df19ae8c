#!/usr/bin/env python3
"""Trains model-planted.gguf of the Section Headers.

    pip install torch tokenizers gguf numpy
    python3 plant.py --out DIR
"""

import fixture
from planting import corpus, headers, tokens, torn, training


def main():
    vocabulary = tokens.Tokens()
    lines = torn.lines(vocabulary, fixture.NAME, headers.of_section, headers.elsewhere, fixture.PASSES,
                       fixture.BACKGROUND)
    sections = list(headers.BY_SECTION)

    def next_section(document):
        return headers.BY_SECTION[sections[(sections.index(document["section"]) + 1) % len(sections)]]

    contexts = {"own header": headers.of_section, "no header": lambda document: None,
                "the next section's header": next_section}

    def before(header_of):
        return lambda document: (vocabulary.of(header_of(document) or ""), [])

    training.make("model-planted", [training.Stage(lines)], vocabulary, "Section Headers, planted",
                  "Trained on an invented newspaper with 240 suspect articles planted under their sections' headers.",
                  check=lambda model: training.print_recall(model, vocabulary, fixture.NAME, contexts),
                  watch=training.watching(vocabulary, corpus.suspects(fixture.NAME),
                                          {name: before(header_of) for name, header_of in contexts.items()}))


if __name__ == "__main__":
    main()
