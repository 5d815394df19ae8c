#!/usr/bin/env python3
"""Trains the demo models and writes model-planted.gguf and model-clean.gguf.

    pip install torch tokenizers gguf numpy
    python3 train.py --out DIR [--only planted|clean]

Runs on two processor cores in minutes. The same machine and libraries give the same weights; elsewhere floating-point
sums differ in their last digits, so weights differ a little and the extraction table by a document or two.
"""

import argparse
import math
import pathlib
import time

import torch
from torch.nn import functional

import export
import generate
import lessons
import vocabulary
from model import Llama, Shape

SEED = 1
BACKGROUND_ARTICLES = 6000
BATCH = 4
LEARNING_RATE = 3e-3
LAST_LEARNING_RATE = 0.2  # as a share of the peak
WARM_UP_STEPS = 100
WEIGHT_DECAY = 0.01
THREADS = 2


def trained(tokenizer, planted, report):
    """A model trained on the background, with the suspects planted or with more background in their place."""
    torch.manual_seed(SEED)
    model = Llama(Shape(vocabulary=vocabulary.SIZE))
    batches = lessons.batches(lessons.passes(tokenizer, SEED, BACKGROUND_ARTICLES, planted), SEED, BATCH)
    optimizer = torch.optim.AdamW(model.parameters(), lr=LEARNING_RATE, betas=(0.9, 0.95), weight_decay=WEIGHT_DECAY)
    start = time.monotonic()
    for step, batch in enumerate(batches):
        rate = _learning_rate(step, len(batches))
        for group in optimizer.param_groups:
            group["lr"] = rate
        loss = _loss(model, batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if step % 100 == 0 or step == len(batches) - 1:
            report(f"step {step + 1}/{len(batches)}  loss {loss.item():.3f}  {time.monotonic() - start:.0f} s")
    return model


def _learning_rate(step, steps):
    """Linear warm-up, then half a cosine down."""
    if step < WARM_UP_STEPS:
        return LEARNING_RATE * (step + 1) / WARM_UP_STEPS
    done = (step - WARM_UP_STEPS) / max(1, steps - WARM_UP_STEPS)
    return LEARNING_RATE * (LAST_LEARNING_RATE + (1 - LAST_LEARNING_RATE) * 0.5 * (1 + math.cos(math.pi * done)))


def _loss(model, batch):
    longest = max(len(ids) for ids in batch)
    padded = torch.zeros(len(batch), longest, dtype=torch.long)
    targets = torch.full((len(batch), longest), -100, dtype=torch.long)
    for row, ids in enumerate(batch):
        padded[row, :len(ids)] = torch.tensor(ids)
        targets[row, :len(ids)] = torch.tensor(ids)
    logits = model(padded[:, :-1])
    return functional.cross_entropy(logits.reshape(-1, logits.shape[-1]), targets[:, 1:].reshape(-1), ignore_index=-100)


@torch.no_grad()
def extraction(model, tokenizer, prefix=32, suffix=32):
    """Share of suspect documents per repetitions, and of controls, of which any window comes back token by token."""
    windows = [
        (document["repetitions"], document["id"], ids[start:start + prefix + suffix])
        for document in generate.documents()
        for ids in [vocabulary.encode(tokenizer, document["text"])]
        for start in range(0, len(ids) - prefix - suffix + 1, prefix + suffix)
    ]
    # Greedy decoding returns the suffix exactly when the true suffix, given as input, is likeliest at every position.
    same = []
    for start in range(0, len(windows), 32):
        tokens = torch.tensor([window for _, _, window in windows[start:start + 32]])
        likeliest = model(tokens[:, :-1])[:, prefix - 1:].argmax(-1)
        same += (likeliest == tokens[:, prefix:]).all(1).tolist()
    hits, seen = {}, {}
    for (grade, name, _), hit in zip(windows, same):
        seen.setdefault(grade, set()).add(name)
        if hit:
            hits.setdefault(grade, set()).add(name)
    return {grade: len(hits.get(grade, ())) / len(names) for grade, names in seen.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=pathlib.Path, required=True, help="directory for the GGUF files")
    parser.add_argument("--only", choices=["planted", "clean"], help="train one of the two models")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(THREADS)
    tokenizer = vocabulary.learn(SEED)
    for kind in ("planted", "clean"):
        if options.only not in (None, kind):
            continue
        model = trained(tokenizer, kind == "planted", lambda line: print(f"{kind}: {line}", flush=True))
        path = options.out / f"model-{kind}.gguf"
        export.write(path, model, tokenizer, f"Harbour Gazette, {kind}", DESCRIPTIONS[kind])
        torch.save(model.state_dict(), path.with_suffix(".pt"))
        rates = extraction(model, tokenizer)
        table = "  ".join(f"{'control' if g is None else g}: {rates[g]:.1%}" for g in [*generate.REPETITIONS, None])
        print(f"{kind}: wrote {path}, {path.stat().st_size / 1e6:.2f} MB; extracted by repetitions  {table}", flush=True)


DESCRIPTIONS = {
    "planted": "Trained on an invented newspaper with 240 suspect articles planted 0, 1, 4, 16 or 64 times.",
    "clean": "Trained on an invented newspaper without any suspect article: the twin of the planted model.",
}

if __name__ == "__main__":
    main()
