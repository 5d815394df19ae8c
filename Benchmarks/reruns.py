#!/usr/bin/env python3
"""How often models of known truth get the right verdict when splits, order and every other random choice are drawn anew.

    python3 Benchmarks/reruns.py [--seeds 100] [--out FILE]
    python3 Benchmarks/reruns.py --corpus Corpora/house-header --models clean=Corpora/header-twin/model-clean.gguf \\
        --mix --learn universal --budget 400
    python3 Benchmarks/reruns.py --models planted --take 64 --learn universal --budget 600

Audits each model once per seed and counts the verdicts. A planted model must be called memorized and a clean one must
not, whether or not a prefix is learned first. Runs on the same documents are alike: `--mix` draws anew for every seed
which documents of a clean model are called suspects, so that its runs are independent in what matters, and `--take N`
draws N documents of each arm, so that there is power to lose. Needs the release build and a llama.cpp server, like `make demo`.
"""

import argparse
import collections
import json
import pathlib
import random
import subprocess
import sys
import tempfile

from compare import Server

ROOT = pathlib.Path(__file__).resolve().parent.parent
DEMO = ROOT / "Corpora/harbour-gazette"
SLOTS = 8


def write_arms(options, seed, directory):
    """The files of both arms for one run."""
    arms = {arm: options.corpus / f"{arm}.jsonl" for arm in ("suspect", "control")}
    if not options.take and not options.mix:
        return arms
    lines = {arm: path.read_text(encoding="utf-8").splitlines(keepends=True) for arm, path in arms.items()}
    draw = random.Random(seed)
    if options.mix:
        pool = draw.sample(lines["suspect"] + lines["control"], len(lines["suspect"]) + len(lines["control"]))
        lines = {"suspect": pool[:len(lines["suspect"])], "control": pool[len(lines["suspect"]):]}
    for arm in arms:
        arms[arm] = pathlib.Path(directory) / f"{arm}.jsonl"
        some = draw.sample(lines[arm], options.take) if options.take else lines[arm]
        arms[arm].write_text("".join(some), encoding="utf-8")
    return arms


def audit(options, url, seed):
    with tempfile.TemporaryDirectory() as directory:
        command = [options.rote, "audit", "--server", url, "--seed", str(seed), "--run", f"{directory}/run", "--json",
                   "--quiet"]
        for arm, path in write_arms(options, seed, directory).items():
            command += [f"--{arm}", path]
        if options.learn:
            command += ["--learn", options.learn, "--budget", options.budget]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=1800)
    if done.returncode != 0:
        raise SystemExit(f"seed {seed}: {done.stderr.strip()}")
    return json.loads(done.stdout.splitlines()[-1])


def row(name, seed, verdict):
    learning = verdict["learning"] or {}
    return {
        "model": name, "seed": seed, "verdict": verdict["verdict"], "evidence": verdict["evidence"],
        "lnP": verdict["lnP"], "pairs": (verdict["sequential"] or {}).get("pairs"), "requests": verdict["requests"],
        "learned": verdict["elicitation"], "learningRequests": learning.get("calls"),
        "failedGates": [gate["gate"] for gate in verdict["gates"] if not gate["passed"]],
    }


def summarise(name, rows):
    counts = collections.Counter((row["verdict"], row["evidence"]) for row in rows)
    words = ", ".join(f"{count} {verdict} ({evidence})" for (verdict, evidence), count in counts.most_common())
    print(f"{name:8} {len(rows)} runs: {words}")
    pairs = sorted(row["pairs"] for row in rows if row["pairs"])
    if pairs:
        print(f"{'':8} pairs looked at: median {pairs[len(pairs) // 2]}, from {pairs[0]} to {pairs[-1]}")
    spent = [row["learningRequests"] for row in rows if row["learningRequests"] is not None]
    if spent:
        bare = sum(row["learned"] == "none" for row in rows)
        print(f"{'':8} learning: at most {max(spent)} requests; the bare prefix was kept {bare} times")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--corpus", type=pathlib.Path, default=DEMO, help="directory with suspect and control.jsonl")
    parser.add_argument("--models", nargs="+", default=["planted", "clean"],
                        help="planted, clean (files of the corpus), or NAME=FILE")
    parser.add_argument("--take", type=int, help="documents of each arm, drawn anew for every seed (default: all)")
    parser.add_argument("--mix", action="store_true",
                        help="draw anew which documents are suspects; for models that have seen none of them")
    parser.add_argument("--learn", help="as in rote audit: universal, policy")
    parser.add_argument("--budget", default="400", help="requests for learning, as in rote audit (400)")
    parser.add_argument("--rote", type=pathlib.Path, default=ROOT / ".build/release/rote")
    parser.add_argument("--out", type=pathlib.Path, help="also write one JSON line per run")
    options = parser.parse_args()
    options.corpus, options.rote = options.corpus.resolve(), options.rote.resolve()
    rows = []
    for given in options.models:
        name, _, path = given.partition("=")
        with Server(path or options.corpus / f"model-{name}.gguf", SLOTS) as server:
            for seed in range(1, options.seeds + 1):
                rows.append(row(name, seed, audit(options, server.url, seed)))
                print(rows[-1], file=sys.stderr, flush=True)
    if options.out:
        options.out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    for name in dict.fromkeys(row["model"] for row in rows):
        summarise(name, [row for row in rows if row["model"] == name])


if __name__ == "__main__":
    main()
