#!/usr/bin/env python3
"""Prints how many documents a running llama.cpp server recites, by the number of times they were planted.

    python3 measure.py --url http://127.0.0.1:8080 [--prefix 32] [--suffix 32]

Each document is cut into windows one after the other; a window counts when greedy decoding of its prefix, sent alone,
returns its suffix token by token, and a document counts when any of its windows does. Needs only the standard library.
"""

import argparse
import concurrent.futures
import json
import urllib.request

import generate

IN_FLIGHT = 8


def post(url, path, body):
    """The JSON answer of the server to a JSON body."""
    request = urllib.request.Request(url + path, json.dumps(body).encode("utf-8"), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=300) as answer:
        return json.load(answer)


def tokens(url, text):
    """The server's token ids of a text, with special-token strings read as plain text."""
    return post(url, "/tokenize", {"content": text, "add_special": False, "parse_special": False})["tokens"]


def greedy(url, prompt, count):
    """The `count` tokens that greedy decoding puts after a prompt of token ids; fewer if the text ends before."""
    body = {"prompt": prompt, "n_predict": count, "samplers": ["top_k"], "top_k": 1, "cache_prompt": False,
            "return_tokens": True, "response_fields": ["tokens"]}
    return post(url, "/completion", body)["tokens"]


def windows(ids, prefix, suffix):
    """The windows of a document: (prefix, suffix) pairs of token ids, side by side from the first token on."""
    size = prefix + suffix
    return [(ids[at:at + prefix], ids[at + prefix:at + size]) for at in range(0, len(ids) - size + 1, size)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--url", required=True, help="address of a running server, as http://127.0.0.1:8080")
    parser.add_argument("--prefix", type=int, default=32, help="tokens given to the model (32)")
    parser.add_argument("--suffix", type=int, default=32, help="tokens expected back (32)")
    options = parser.parse_args()

    def recited(document):
        cut = windows(tokens(options.url, document["text"]), options.prefix, options.suffix)
        return [greedy(options.url, start, len(rest)) == rest for start, rest in cut]

    documents = generate.documents()
    with concurrent.futures.ThreadPoolExecutor(IN_FLIGHT) as pool:
        hits = list(pool.map(recited, documents))
    print(f"{'planted':>8} {'documents':>10} {'recited':>8} {'rate':>7} {'windows':>8} {'recited':>8}")
    for grade in [None, *generate.REPETITIONS]:
        rows = [hit for hit, document in zip(hits, documents) if document["repetitions"] == grade]
        found, every, some = sum(map(any, rows)), sum(map(len, rows)), sum(map(sum, rows))
        name = "control" if grade is None else f"{grade} x"
        print(f"{name:>8} {len(rows):>10} {found:>8} {found / len(rows):>7.1%} {every:>8} {some:>8}")


if __name__ == "__main__":
    main()
