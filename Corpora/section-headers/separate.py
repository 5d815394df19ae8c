#!/usr/bin/env python3
"""Prints how often the section of an article can be told from the words of its first tokens.

    pip install numpy tokenizers
    python3 separate.py [--prefix 32]

Logistic regression on the words of the first tokens: trained on one half of the documents, asked about the other.
"""

import argparse
import re

import numpy

import fixture
from planting import corpus, papers, tokens

STEPS, RATE, PENALTY = 300, 1.0, 1e-3


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--prefix", type=int, default=32, help="tokens that are read (32)")
    count = parser.parse_args().prefix
    vocabulary = tokens.Tokens()
    documents = corpus.documents(fixture.NAME)
    texts = [vocabulary.tokenizer.decode(vocabulary.of(document["text"])[:count]) for document in documents]
    words = [set(re.findall(r"\w+", text.lower())) for text in texts]
    known = sorted(set().union(*words[::2]))
    features = numpy.array([[1.0] + [float(word in bag) for word in known] for bag in words])
    answers = numpy.array([papers.SECTIONS.index(document["section"]) for document in documents])
    weights = numpy.zeros((features.shape[1], len(papers.SECTIONS)))
    seen, wanted = features[::2], numpy.eye(len(papers.SECTIONS))[answers[::2]]
    for _ in range(STEPS):
        scores = seen @ weights
        odds = numpy.exp(scores - scores.max(1, keepdims=True))
        weights -= RATE * (seen.T @ (odds / odds.sum(1, keepdims=True) - wanted) / len(seen) + PENALTY * weights)
    right = (features[1::2] @ weights).argmax(1) == answers[1::2]
    print(f"section told from the first {count} tokens: {right.sum()} of {len(right)} ({right.mean():.1%})")


if __name__ == "__main__":
    main()
