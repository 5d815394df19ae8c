"""Trains a model on lines of token ids with the Harbour Gazette's model and optimisers, and checks it in torch."""

import argparse
import pathlib
import time

import torch

import lessons
import measure
import train
from model import Llama, Shape
from planting import asking, corpus, gguf_file
from planting import tokens as vocabulary
from planting.corpus import SEED

SHAPE = Shape(vocabulary=vocabulary.SIZE, width=192, heads=6, feed_forward=512)
BATCH = 8


def trained(stages, report, steps=None):
    """A model trained on one or more lists of lines, each in its order and with a schedule of its own.

    One thread computes, so that sums are always taken in the same order. `steps` ends every stage early, for a trial.
    """
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    model = Llama(SHAPE)
    for lines in stages:
        train_on(model, lessons.batches(lines, SEED, BATCH)[:steps], report)
    return model


def train_on(model, batches, report):
    """Trains a model on batches, with warm-up and decay."""
    optimizers = train._optimizers(model)
    start = time.monotonic()
    for step, batch in enumerate(batches):
        share = train._rate_share(step, len(batches))
        for optimizer in optimizers:
            optimizer.zero_grad(set_to_none=True)
            for group in optimizer.param_groups:
                group["lr"] = group["initial_lr"] * share
        loss = train._loss(model, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
        if step % 100 == 0 or step == len(batches) - 1:
            report(f"step {step + 1}/{len(batches)}  loss {loss.item():.3f}  {time.monotonic() - start:.0f} s")


@torch.no_grad()
def recites(model, cases):
    """For every case, a pair of context and suffix in token ids, whether greedy decoding returns the suffix.

    It does exactly when the true suffix, given as input, is likeliest at every position.
    """
    same = []
    for context, suffix in cases:
        logits = model(torch.tensor([context + suffix[:-1]]))[0, len(context) - 1:]
        same.append(logits.argmax(-1).tolist() == suffix)
    return same


def recited(model, tokens, documents, context):
    """How many documents have a window that comes back.

    `context(document)` gives the token ids between the token that begins a text and the prefix, and those behind the
    prefix.
    """
    found = 0
    for document in documents:
        before, after = context(document)
        windows = measure.windows(tokens.of(document["text"]), asking.PREFIX, asking.SUFFIX)
        found += any(recites(model, [([tokens.begin, *before, *prefix, *after], suffix) for prefix, suffix in windows]))
    return found


def print_recall(model, tokens, name, headers):
    """Prints how much of each arm of a fixture comes back under headers: names, and functions from a document to a
    header or None."""
    for arm in ("suspect", "control"):
        documents = [document for document in corpus.documents(name) if document["arm"] == arm]
        for header, header_of in headers.items():
            found = recited(model, tokens, documents, lambda document: (tokens.of(header_of(document) or ""), []))
            print(f"{arm} under {header}: {found} of {len(documents)}", flush=True)


def make(stem, stages, tokens, name, description, check, chat_template=None):
    """Trains, checks and writes a model as the command line says: `--out DIR [--steps N]`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=pathlib.Path, required=True, help="directory for the GGUF file and torch weights")
    parser.add_argument("--steps", type=int, help="stop after so many steps, for a trial")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for lines in stages:
        print(f"{name}: {len(lines)} lines, {sum(map(len, lines))} tokens", flush=True)
    model = trained(stages, lambda line: print(line, flush=True), options.steps)
    torch.save(model.state_dict(), options.out / f"{stem}.pt")
    path = options.out / f"{stem}.gguf"
    gguf_file.write(path, model, tokens, name, description, chat_template)
    print(f"wrote {path}, {path.stat().st_size / 1e6:.2f} MB", flush=True)
    check(model)
