#!/usr/bin/env python3
"""Checks a running llama.cpp server against torch: equal tokens on every document, equal greedy continuations.

    python3 verify.py --url http://127.0.0.1:8080 --weights DIR/model-planted.pt
"""

import argparse
import pathlib

import torch

import generate
import measure
import vocabulary
from model import Llama, Shape
from train import SEED

CONTINUED_DOCUMENTS = 20
PREFIX = SUFFIX = 32


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--url", required=True, help="address of a running server")
    parser.add_argument("--weights", type=pathlib.Path, required=True, help="the .pt file that train.py left beside the GGUF file")
    options = parser.parse_args()
    model = Llama(Shape(vocabulary=vocabulary.SIZE))
    model.load_state_dict(torch.load(options.weights))
    tokenizer = vocabulary.learn(SEED)
    documents = generate.documents()

    differing = [
        document["id"]
        for document in documents
        if measure.tokens(options.url, document["text"]) != vocabulary.encode(tokenizer, document["text"])
    ]
    print(f"tokenization: {len(documents) - len(differing)} of {len(documents)} documents equal")

    equal = 0
    for document in documents[:CONTINUED_DOCUMENTS]:
        prefix = vocabulary.encode(tokenizer, document["text"])[:PREFIX]
        ours = model.greedy(torch.tensor([prefix]), SUFFIX)[0].tolist()
        theirs = measure.greedy(options.url, prefix, SUFFIX)
        # A server stops at the end of a text; torch writes on.
        agrees = ours[:len(theirs)] == theirs
        if not agrees:
            at = next(i for i, pair in enumerate(zip(ours, theirs)) if pair[0] != pair[1])
            print(f"{document['id']}: differs at token {at} of {SUFFIX}: torch {ours[at]}, server {theirs[at]}")
        equal += agrees
    print(f"greedy continuation: {equal} of {CONTINUED_DOCUMENTS} documents equal")
    return 0 if not differing and equal == CONTINUED_DOCUMENTS else 1


if __name__ == "__main__":
    raise SystemExit(main())
