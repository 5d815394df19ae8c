#!/usr/bin/env python3
"""Checks that a running llama.cpp server reads a fixture's documents as the training did: the same tokens for all.

    pip install tokenizers
    python3 verify.py --url http://127.0.0.1:8080 --name house-header
"""

import argparse
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from planting import asking, corpus, headers, tokens
import measure


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--url", required=True, help="address of a running server")
    parser.add_argument("--name", required=True, help="the fixture, as house-header")
    options = parser.parse_args()
    vocabulary = tokens.Tokens()
    texts = [document["text"] for document in corpus.documents(options.name)]
    texts += [header + texts[0] for header in [headers.HOUSE, *headers.BY_SECTION.values()]]
    differing = [text for text in texts if measure.tokens(options.url, text) != vocabulary.of(text)]
    for text in differing[:5]:
        print(f"differs: {text}")
    print(f"tokenization: {len(texts) - len(differing)} of {len(texts)} texts equal")
    begins = asking.leading(options.url) == [vocabulary.begin]
    print(f"the token that begins a text is put first: {'yes' if begins else 'no'}")
    return 1 if differing or not begins else 0


if __name__ == "__main__":
    raise SystemExit(main())
