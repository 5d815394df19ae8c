#!/usr/bin/env python3
"""Trains a small inducer on pairs of text and header: the reference for `--inducer-trainer`.

    pip install torch tokenizers gguf numpy
    python3 train_inducer.py PAIRS OUTPUT [--steps N]

PAIRS holds one object with "text" and "header" per line, as Rote writes it; OUTPUT becomes a GGUF file of at most 6 MB.
A Llama model of 3 layers x 128 with a vocabulary learned from the pairs is trained from nothing, on one core. It can
learn which of the headers that it has seen suits a text, and no others; fine-tune a language model where that is not
enough.
"""

import argparse
import json
import pathlib
import sys
import time

import torch
from torch.nn import functional

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "Corpora" / "harbour-gazette"))

import export
import vocabulary
from model import Llama, Shape

SEED = 1
VOCABULARY = 1536
BATCH = 16
RATE = 2e-3
WARM_UP_STEPS = 20
# The text is learned, too, but counts little: a few pairs alone would be learned by heart within seconds.
TEXT_WEIGHT = 0.1
SHORTEST_TEXT = 8  # tokens; a text is shown from its start and cut at a random length, so that its end tells nothing
LONGEST = 256  # tokens
LARGEST_FILE = 6_000_000  # bytes

# What InducerRequest.pair writes: the text, this, a space, the header in one line and an empty line.
SEPARATOR = "\n### Header:"


def pairs(path):
    """Texts and headers, each as it stands in a prompt."""
    with open(path, encoding="utf-8") as file:
        read = [json.loads(line) for line in file if line.strip()]
    if not read:
        raise SystemExit(f"train_inducer.py: {path} holds no pairs; there is nothing to learn from")
    return [(pair["text"], " " + " / ".join(filter(None, pair["header"].splitlines())) + "\n\n") for pair in read]


def learned_vocabulary(texts):
    """A byte-level BPE vocabulary whose last token ends a text."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.train_from_iterator(texts, trainer=trainers.BpeTrainer(
        vocab_size=VOCABULARY - 1, min_frequency=2, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet()))
    tokenizer.add_special_tokens([vocabulary.END_OF_TEXT])
    return tokenizer


def batch(lessons, generator):
    """Token ids, the ids that must follow, and how much each counts, of shape (pairs, tokens)."""
    rows = []
    for index in torch.randint(len(lessons), (BATCH,), generator=generator).tolist():
        text, header = lessons[index]
        if len(text) > SHORTEST_TEXT and torch.rand((), generator=generator) < 0.5:
            text = text[:int(torch.randint(SHORTEST_TEXT, len(text), (), generator=generator))]
        rows.append((text, header))
    longest = max(len(text) + len(header) for text, header in rows)
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    weights = torch.zeros(len(rows), longest)
    for row, (text, header) in enumerate(rows):
        end = len(text) + len(header)
        ids[row, :end] = torch.tensor(text + header)
        weights[row, :len(text)] = TEXT_WEIGHT
        weights[row, len(text):end] = 1
    return ids[:, :-1], ids[:, 1:], weights[:, 1:]


def trained(lessons, size, steps):
    """A model that has seen random batches of the lessons."""
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    generator = torch.Generator().manual_seed(SEED)
    model = Llama(Shape(vocabulary=size, width=128, layers=3, heads=4, feed_forward=352))
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, betas=(0.9, 0.95), weight_decay=0.1)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, RATE, total_steps=steps, pct_start=min(0.3, WARM_UP_STEPS / steps))
    start = time.monotonic()
    for step in range(steps):
        ids, targets, weights = batch(lessons, generator)
        losses = functional.cross_entropy(model(ids).flatten(0, 1), targets.flatten(), reduction="none")
        loss = (losses * weights.flatten()).sum() / weights.sum()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % 50 == 0 or step == steps - 1:
            print(f"step {step + 1}/{steps}  loss {loss.item():.3f}  {time.monotonic() - start:.0f} s", flush=True)
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pairs", type=pathlib.Path, help="JSON Lines file of texts and headers")
    parser.add_argument("output", type=pathlib.Path, help="GGUF file to write")
    parser.add_argument("--steps", type=int, default=600, help="number of batches")
    options = parser.parse_args()
    if options.steps < 2:
        parser.error("--steps must be at least 2")
    read = pairs(options.pairs)
    tokenizer = learned_vocabulary(part for pair in read for part in pair)
    end = tokenizer.token_to_id(vocabulary.END_OF_TEXT)
    lessons = [
        (vocabulary.encode(tokenizer, text)[:LONGEST] + vocabulary.encode(tokenizer, SEPARATOR),
         vocabulary.encode(tokenizer, header)[:LONGEST] + [end])
        for text, header in read
    ]
    print(f"{len(lessons)} pairs, {tokenizer.get_vocab_size()} tokens in the vocabulary", flush=True)
    model = trained(lessons, tokenizer.get_vocab_size(), options.steps)
    export.write(options.output, model, tokenizer, "Rote inducer", "Writes the header that stood before a text.")
    size = options.output.stat().st_size
    if size > LARGEST_FILE:
        raise SystemExit(f"train_inducer.py: {options.output} has {size} bytes, more than {LARGEST_FILE}")
    print(f"wrote {options.output}, {size / 1e6:.2f} MB", flush=True)


if __name__ == "__main__":
    main()
