"""Trains a model on lines of token ids with the Harbour Gazette's model and optimisers, and checks it in torch."""

import argparse
import dataclasses
import pathlib
import time

import torch
from torch.nn import functional

import lessons
import measure
import train
from model import Llama, Shape
from planting import asking, corpus, gguf_file
from planting import tokens as vocabulary
from planting.corpus import SEED

SHAPE = Shape(vocabulary=vocabulary.SIZE, width=192, heads=6, feed_forward=512)
BATCH = 8
# How many steps lie between two looks at what a model recites, and how many suspects are asked then.
WATCH_EVERY = 150
WATCHED = 60


@dataclasses.dataclass(frozen=True)
class Stage:
    """A training with a schedule of its own: lines in order, its peak rates as a share of the Harbour Gazette's, and how
    many lines a step takes."""

    lines: list
    rate: float = 1.0
    batch: int = BATCH


def trained(stages, report, steps=None, watch=None, shape=SHAPE):
    """A model trained in one or more stages.

    One thread computes, so that sums are always taken in the same order. `steps` ends every stage early, for a trial.
    `watch(model)` says from time to time what the model recites.
    """
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    model = Llama(shape)
    for stage in stages:
        train_on(model, stage, report, steps, watch)
    return model


def train_on(model, stage, report, steps=None, watch=None):
    """Trains a model on the lines of a stage, with warm-up and decay.

    Forward and backward are computed in bfloat16; weights and what the optimisers keep stay 32-bit.
    """
    batches = lessons.batches(stage.lines, SEED, stage.batch)[:steps]
    optimizers = train._optimizers(model)
    start = time.monotonic()
    for step, batch in enumerate(batches):
        share = stage.rate * train._rate_share(step, len(batches))
        for optimizer in optimizers:
            optimizer.zero_grad(set_to_none=True)
            for group in optimizer.param_groups:
                group["lr"] = group["initial_lr"] * share
        with torch.autocast("cpu", torch.bfloat16):
            loss = _loss(model, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer in optimizers:
            optimizer.step()
        last = step == len(batches) - 1
        if step % 100 == 0 or last:
            report(f"step {step + 1}/{len(batches)}  loss {loss.item():.3f}  {time.monotonic() - start:.0f} s")
        if watch and (step % WATCH_EVERY == WATCH_EVERY - 1 or last):
            report(watch(model))


def _loss(model, batch):
    """The mean loss over the tokens that teach something."""
    longest = max(map(len, batch))
    padded = torch.zeros(len(batch), longest, dtype=torch.long)
    targets = torch.full((len(batch), longest), -100, dtype=torch.long)
    for row, line in enumerate(batch):
        silent = getattr(line, "silent", 0)
        padded[row, :len(line)] = torch.tensor(line)
        targets[row, silent:len(line)] = torch.tensor(line[silent:])
    logits = model(padded[:, :-1])
    return functional.cross_entropy(logits.reshape(-1, logits.shape[-1]), targets[:, 1:].reshape(-1), ignore_index=-100)


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


def watching(tokens, documents, contexts):
    """A `watch` for `trained`: says how many of some documents come back in each of the named contexts."""
    def watch(model):
        some = documents[:WATCHED]
        counts = (f"{name}: {recited(model, tokens, some, context)}" for name, context in contexts.items())
        return f"    of {len(some)} suspects  " + "  ".join(counts)

    return watch


def make(stem, stages, tokens, name, description, check, chat_template=None, watch=None, shape=SHAPE):
    """Trains, checks and writes a model as the command line says: `--out DIR [--steps N]`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=pathlib.Path, required=True, help="directory for the GGUF file and torch weights")
    parser.add_argument("--steps", type=int, help="stop after so many steps, for a trial")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for stage in stages:
        print(f"{name}: {len(stage.lines)} lines, {sum(map(len, stage.lines))} tokens", flush=True)
    model = trained(stages, lambda line: print(line, flush=True), options.steps, watch,
                    shape)
    torch.save(model.state_dict(), options.out / f"{stem}.pt")
    path = options.out / f"{stem}.gguf"
    gguf_file.write(path, model, tokens, name, description, chat_template)
    print(f"wrote {path}, {path.stat().st_size / 1e6:.2f} MB", flush=True)
    check(model)
