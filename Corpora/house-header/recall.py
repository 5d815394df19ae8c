#!/usr/bin/env python3
"""Prints how many documents a running llama.cpp server recites under the house header and without it.

    python3 recall.py --url http://127.0.0.1:8080
"""

import argparse

import fixture
from planting import asking, corpus, headers


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--url", required=True, help="address of a running server")
    url = parser.parse_args().url
    contexts = {"house header": lambda document: headers.HOUSE, "none": lambda document: None}
    for section, header in headers.BY_SECTION.items():
        contexts[f"section header ({section})"] = lambda document, header=header: header
    asking.print_rates(url, corpus.documents(fixture.NAME), contexts)
    asking.print_openings(url, {"the house": headers.HOUSE, **headers.BY_SECTION})


if __name__ == "__main__":
    main()
