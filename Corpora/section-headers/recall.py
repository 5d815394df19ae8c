#!/usr/bin/env python3
"""Prints how many documents a running llama.cpp server recites under every section's header and without any.

    python3 recall.py --url http://127.0.0.1:8080
"""

import argparse

import fixture
from planting import asking, corpus, headers, papers


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--url", required=True, help="address of a running server")
    url = parser.parse_args().url
    documents = corpus.documents(fixture.NAME)
    asking.print_rates(url, documents, {"own section's": headers.of_section, "none": lambda document: None})
    print("\nsuspects that come back, by section (rows) and header (columns)")
    print(" " * 8 + "".join(f"{section:>9}" for section in papers.SECTIONS) + f"{'of':>9}")
    for section in papers.SECTIONS:
        rows = [document for document in documents if document["arm"] == "suspect" and document["section"] == section]
        counts = [sum(asking.under_headers(url, rows, lambda document, header=headers.BY_SECTION[other]: header))
                  for other in papers.SECTIONS]
        print(f"{section:>8}" + "".join(f"{count:>9}" for count in [*counts, len(rows)]), flush=True)
    asking.print_openings(url, headers.BY_SECTION)


if __name__ == "__main__":
    main()
