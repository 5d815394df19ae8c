#!/usr/bin/env python3
"""How often the demo models get the right verdict when splits, order and every other random choice are drawn anew.

    python3 Benchmarks/reruns.py [--seeds 100] [--out FILE]

Audits the planted model and its clean twin once per seed and counts the verdicts. The planted model must be called
memorized and the clean twin must not. Needs the release build and a llama.cpp server, like `make demo`.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
DEMO = ROOT / "Corpora/harbour-gazette"


def audit(rote, model, seed, directory):
    done = subprocess.run(
        [rote, "audit", "--suspect", DEMO / "suspect.jsonl", "--control", DEMO / "control.jsonl", "--model",
         DEMO / f"model-{model}.gguf", "--seed", str(seed), "--run", f"{directory}/{model}-{seed}", "--json",
         "--quiet"], capture_output=True, text=True, cwd=ROOT, timeout=600)
    if done.returncode != 0:
        raise SystemExit(f"{model}, seed {seed}: {done.stderr.strip()}")
    return json.loads(done.stdout.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--rote", type=pathlib.Path, default=ROOT / ".build/release/rote")
    parser.add_argument("--out", type=pathlib.Path)
    options = parser.parse_args()
    rows = []
    for seed in range(1, options.seeds + 1):
        for model in ("planted", "clean"):
            with tempfile.TemporaryDirectory() as directory:
                verdict = audit(options.rote, model, seed, directory)
            sequential = verdict["sequential"] or {}
            rows.append({
                "model": model, "seed": seed, "verdict": verdict["verdict"], "evidence": verdict["evidence"],
                "lnP": verdict["lnP"], "pairs": sequential.get("pairs"), "requests": verdict["requests"],
                "failedGates": [gate["gate"] for gate in verdict["gates"] if not gate["passed"]],
            })
            print(rows[-1], file=sys.stderr, flush=True)
    if options.out:
        options.out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    for model in ("planted", "clean"):
        mine = [row for row in rows if row["model"] == model]
        counts = collections.Counter((row["verdict"], row["evidence"]) for row in mine)
        pairs = sorted(row["pairs"] for row in mine if row["pairs"])
        words = ", ".join(f"{count} {verdict} ({evidence})" for (verdict, evidence), count in counts.most_common())
        print(f"{model:8} {len(mine)} runs: {words}; pairs looked at: median {pairs[len(pairs) // 2]}, "
              f"from {pairs[0]} to {pairs[-1]}")


if __name__ == "__main__":
    main()
