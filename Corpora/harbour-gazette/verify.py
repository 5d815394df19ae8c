#!/usr/bin/env python3
"""Checks a running llama.cpp server against torch: equal tokens on every document, and greedy continuations that torch
would write too.

The server computes with 8-bit weights and activations, so where two tokens are all but equally likely it may choose the
other one; torch reads the server's continuation and says how much likelier its own choice was at each token.

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
LARGEST_LOSS = 0.1  # nats


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--url", required=True, help="address of a running server")
    parser.add_argument("--weights", type=pathlib.Path, required=True, help="the .pt file that train.py wrote")
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

    equal, worst = 0, 0.0
    for document in documents[:CONTINUED_DOCUMENTS]:
        prefix = vocabulary.encode(tokenizer, document["text"])[:PREFIX]
        written = measure.greedy(options.url, prefix, SUFFIX)
        with torch.no_grad():
            logits = model(torch.tensor([prefix + written[:-1]]))[0, PREFIX - 1:]
        losses = (logits.max(-1).values - logits.gather(-1, torch.tensor(written)[:, None])[:, 0]).tolist()
        equal += max(losses) == 0
        worst = max(worst, *losses)
    print(f"greedy continuation: {equal} of {CONTINUED_DOCUMENTS} documents equal; elsewhere the server's token is at "
          f"most {worst:.3f} nats less likely than torch's")
    return 0 if not differing and worst <= LARGEST_LOSS else 1


if __name__ == "__main__":
    raise SystemExit(main())
