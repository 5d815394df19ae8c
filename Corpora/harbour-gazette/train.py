#!/usr/bin/env python3
"""Trains the demo models and writes model-planted.gguf and model-clean.gguf.

    pip install torch tokenizers gguf numpy
    python3 train.py --out DIR [--only planted|clean]

The two models train side by side, each on one processor core, in about ten minutes if idle. The same machine and
libraries give the same weights; elsewhere floating-point sums differ in their last digits, so weights differ a little and
the extraction table by a document or two.
"""

import argparse
import concurrent.futures
import math
import multiprocessing
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
BACKGROUND_ARTICLES = 5000
BATCH = 8
MATRIX_RATE = 0.025  # Muon, for the matrices of the layers
OTHER_RATE = 3e-3  # AdamW, for embeddings and norms
LAST_RATE = 0.05  # both end at this share of their peak
WARM_UP_STEPS = 100


def trained(tokenizer, planted, report):
    """A model trained on the background, with the suspects planted or with more background in their place."""
    torch.manual_seed(SEED)
    model = Llama(Shape(vocabulary=vocabulary.SIZE))
    batches = lessons.batches(lessons.passes(tokenizer, SEED, BACKGROUND_ARTICLES, planted), SEED, BATCH)
    optimizers = _optimizers(model)
    start = time.monotonic()
    for step, batch in enumerate(batches):
        share = _rate_share(step, len(batches))
        for optimizer in optimizers:
            optimizer.zero_grad(set_to_none=True)
            for group in optimizer.param_groups:
                group["lr"] = group["initial_lr"] * share
        loss = _loss(model, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
        if step % 100 == 0 or step == len(batches) - 1:
            report(f"step {step + 1}/{len(batches)}  loss {loss.item():.3f}  {time.monotonic() - start:.0f} s")
    return model


def _optimizers(model):
    """Muon (Jordan, 2024) for the layers' matrices, AdamW for the rest.

    In a trial of this size Muon recited 35 % of the articles planted 16 times, AdamW alone 6 %.
    """
    matrices = [weight for block in model.blocks for weight in block.parameters() if weight.dim() == 2]
    inside = {id(weight) for weight in matrices}
    others = [weight for weight in model.parameters() if id(weight) not in inside]
    return [
        torch.optim.Muon([{"params": matrices, "initial_lr": MATRIX_RATE}], lr=MATRIX_RATE, momentum=0.95, weight_decay=0),
        torch.optim.AdamW([{"params": others, "initial_lr": OTHER_RATE}], lr=OTHER_RATE, betas=(0.9, 0.95), weight_decay=0),
    ]


def _rate_share(step, steps):
    """The learning rate as a share of its peak: linear warm-up, then half a cosine down."""
    if step < WARM_UP_STEPS:
        return (step + 1) / WARM_UP_STEPS
    done = (step - WARM_UP_STEPS) / max(1, steps - WARM_UP_STEPS)
    return LAST_RATE + (1 - LAST_RATE) * 0.5 * (1 + math.cos(math.pi * done))


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


def make(kind, directory):
    """Trains and writes one model, on one thread: sums are then always taken in the same order."""
    torch.set_num_threads(1)
    tokenizer = vocabulary.learn(SEED)
    model = trained(tokenizer, kind == "planted", lambda line: print(f"{kind}: {line}", flush=True))
    path = directory / f"model-{kind}.gguf"
    export.write(path, model, tokenizer, f"Harbour Gazette, {kind}", DESCRIPTIONS[kind])
    torch.save(model.state_dict(), path.with_suffix(".pt"))
    rates = extraction(model, tokenizer)
    table = "  ".join(f"{'control' if g is None else g}: {rates[g]:.1%}" for g in [None, *generate.REPETITIONS])
    print(f"{kind}: wrote {path}, {path.stat().st_size / 1e6:.2f} MB; extracted by repetitions  {table}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", type=pathlib.Path, required=True, help="directory for the GGUF files and the torch weights")
    parser.add_argument("--only", choices=sorted(DESCRIPTIONS), help="train one of the two models")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    kinds = [options.only] if options.only else list(DESCRIPTIONS)
    with concurrent.futures.ProcessPoolExecutor(len(kinds), multiprocessing.get_context("spawn")) as side_by_side:
        for outcome in [side_by_side.submit(make, kind, options.out) for kind in kinds]:
            outcome.result()


DESCRIPTIONS = {
    "planted": "Trained on an invented newspaper with 240 suspect articles planted 0, 1, 4, 16 or 64 times.",
    "clean": "Trained on an invented newspaper without any suspect article: the twin of the planted model.",
}

if __name__ == "__main__":
    main()
