#!/usr/bin/env python3
"""Whether Rote's forced scores are those of plain single-token requests, for every document of the demo corpus.

    python3 Benchmarks/agreement.py [--model planted] [--prefix 16] [--suffix 16]

Audits the demo corpus with full scores on a server of its own, then asks the same server for every scored token again,
by this program's own requests: one token at a time, biased towards the true one (or, where the server keeps the row of
a partial character to itself, looked up in the whole distribution). Greedy flags are compared with one greedy
generation per window. Prints the largest difference per token and the share of windows that agree. Needs the release
build and a llama.cpp server, like `make demo`.
"""

import argparse
import asyncio
import json
import pathlib
import subprocess
import tempfile

from compare import ROOT, Server
from reference_client import Connection, body

DEMO = ROOT / "Corpora/harbour-gazette"
SLOTS = 8


async def token_score(connection, context, token, vocabulary, slot):
    """The log-probability of one token after a context, in nats, and whether greedy decoding would choose it."""
    asked = body(context, 1, cache=True)
    asked.update({"logit_bias": [[token, 1000]], "id_slot": slot})
    answer = await connection.request("POST", "/completion", asked)
    if answer["tokens"] != [token]:
        raise RuntimeError(f"asked for {token}, got {answer['tokens']}")
    rows = answer.get("completion_probabilities", [])
    if rows:
        return rows[0]["logprob"], rows[0]["top_logprobs"][0]["id"] == token
    # The token is a partial character, whose row is withheld; a free request lists the whole vocabulary.
    asked = body(context, 1, cache=True)
    asked.update({"n_probs": vocabulary, "id_slot": slot})
    rows = (await connection.request("POST", "/completion", asked)).get("completion_probabilities", [])
    for entry in rows[0]["top_logprobs"] if rows else []:
        if entry["id"] == token:
            return entry["logprob"], rows[0]["top_logprobs"][0]["id"] == token
    return None, None


async def check(url, observations, vocabulary):
    results = []
    queue = list(observations)

    async def worker(slot):
        connection = Connection(url)
        while queue:
            seen = queue.pop()
            prefix, suffix, score = seen["prefix"], seen["suffix"], seen["result"]["seen"]["_0"]["score"]
            worst, unchecked = 0.0, 0
            for position, token in enumerate(suffix):
                ln, _ = await token_score(connection, prefix + suffix[:position], token, vocabulary, slot)
                if ln is None:
                    unchecked += 1
                else:
                    worst = max(worst, abs(ln - score["lns"][position]))
            asked = body(prefix, len(suffix), cache=False)
            generated = (await connection.request("POST", "/completion", asked))["tokens"]
            run = next((i for i, (a, b) in enumerate(zip(generated, suffix)) if a != b), min(len(generated), len(suffix)))
            flags = len(score["greedy"]) - len(score["greedy"].lstrip("1"))
            results.append((seen["document"], worst, unchecked, run == flags, run, flags))
        connection.close()

    await asyncio.gather(*(worker(slot) for slot in range(SLOTS)))
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", default="planted", choices=["planted", "clean"])
    parser.add_argument("--prefix", type=int, default=16)
    parser.add_argument("--suffix", type=int, default=16)
    parser.add_argument("--rote", type=pathlib.Path, default=ROOT / ".build/release/rote")
    options = parser.parse_args()
    with Server(DEMO / f"model-{options.model}.gguf", SLOTS) as server, tempfile.TemporaryDirectory() as directory:
        done = subprocess.run(
            [options.rote, "audit", "--suspect", DEMO / "suspect.jsonl", "--control", DEMO / "control.jsonl", "--server",
             server.url, "--run", f"{directory}/run", "--staging", "full", "--stopping", "never", "--prefix-tokens",
             str(options.prefix), "--suffix-tokens", str(options.suffix), "--windows-per-document", "1", "--quiet"],
            capture_output=True, text=True, cwd=ROOT, timeout=1800)
        if done.returncode != 0:
            raise SystemExit(done.stderr)
        lines = [json.loads(line) for line in pathlib.Path(f"{directory}/run/journal.jsonl").read_text().splitlines()]
        observations = [line["record"] for line in lines if line["kind"] == "observation"]
        results = asyncio.run(check(server.url, observations, 3072))
    tokens = len(results) * options.suffix
    unchecked = sum(result[2] for result in results)
    agree = sum(result[3] for result in results)
    document, worst = max(((result[0], result[1]) for result in results), key=lambda pair: pair[1])
    print(f"{options.model}: {len(results)} documents, {tokens} tokens of which {tokens - unchecked} could be asked for "
          f"alone; largest difference {worst:.2e} nat per token (document {document})")
    print(f"greedy flags agree with greedy generation in {agree} of {len(results)} windows "
          f"({100 * agree / len(results):.1f} %)")
    for name, _, _, same, run, flags in sorted(results):
        if not same:
            print(f"  {name}: generation follows {run} tokens, flags say {flags}")


if __name__ == "__main__":
    main()
