#!/usr/bin/env python3
"""Rote's client beside the reference client: the same windows, the same server, in turn, and the ratios of each row.

Called by `run.sh`, which makes the models first. Needs only the standard library, and a llama.cpp server: `llama-server`
on PATH, or a Python with xllamacpp in .venv.
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
SERVE = """
import sys, threading, xllamacpp
p = xllamacpp.CommonParams()
p.model.path, p.port, p.n_parallel, p.n_ctx = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
p.hostnames = ["127.0.0.1"]
p.cache_ram_mib = 0
s = xllamacpp.Server(p)
threading.Event().wait()
"""
MODELS = {
    "demo": (ROOT / "Corpora/harbour-gazette/model-clean.gguf", 256, 3000),
    "large-110m": ("models/bench-112m-4k.gguf", 256, 4094),
    "vocabulary-151k": ("models/bench-tiny-151k.gguf", 256, 4094),
}
CONTEXT = 256


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command(model, port, slots):
    context = str(CONTEXT * slots)
    binary = os.environ.get("ROTE_LLAMA_SERVER") or shutil.which("llama-server")
    if binary and "python" not in pathlib.Path(binary).name:
        return [binary, "--model", model, "--host", "127.0.0.1", "--port", str(port), "--parallel", str(slots),
                "--ctx-size", context]
    return [binary or str(ROOT / ".venv/bin/python"), "-c", SERVE, model, str(port), str(slots), context]


class Server:
    """A llama.cpp server for as long as the block lasts."""

    def __init__(self, model, slots):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(command(str(model), self.port, slots), stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)

    def __enter__(self):
        for _ in range(1200):
            try:
                with urllib.request.urlopen(self.url + "/health", timeout=2):
                    return self
            except OSError:
                if self.process.poll() is not None:
                    raise SystemExit("the server ended by itself")
                time.sleep(0.1)
        raise SystemExit("the server did not come up")

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def safe_ids(url, low, high):
    """Token ids of a range whose pieces are plain ASCII, so that a grammar can force each of them."""
    def post(path, body):
        request = urllib.request.Request(url + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    found = []
    for token in random.Random(0).sample(range(low, high), min(600, high - low)):
        text = post("/detokenize", {"tokens": [token]})["content"]
        if text.isascii() and text.strip():
            found.append(token)
    return found


def write_windows(path, ids, count, seed, suffix=50):
    draw = random.Random(seed)
    with path.open("w", encoding="utf-8") as file:
        for _ in range(count):
            tokens = [draw.choice(ids) for _ in range(50 + suffix)]
            file.write(json.dumps({"prefix": tokens[:50], "suffix": tokens[50:]}) + "\n")


def run(arguments):
    done = subprocess.run(arguments, capture_output=True, text=True, timeout=1800)
    if done.returncode != 0:
        raise SystemExit(f"{arguments[0]}: {done.stderr.strip()[:400]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def rote(url, mode, windows, _count, width, _library=None):
    return run([str(ROOT / ".build/release/forcing-benchmark"), url, mode, str(windows), str(width)])


def reference(url, mode, windows, count, width, library="asyncio"):
    return run([sys.executable, str(ROOT / "Benchmarks/reference_client.py"), "--url", url, "--mode", mode,
                "--windows-file", str(windows), "--windows", str(count), "--concurrency", str(width),
                "--library", library])


def compare(name, slots, mode, server, windows, count, rounds, library):
    pairs = []
    for turn in range(rounds):
        order = (rote, reference) if turn % 2 == 0 else (reference, rote)
        results = {client.__name__: client(server.url, mode, windows, count, slots, library) for client in order}
        pairs.append((results["rote"], results["reference"]))
    speed = statistics.median(a["windows_per_s"] / b["windows_per_s"] for a, b in pairs)
    cpu = statistics.median(
        a["client_cpu_s_per_1000_windows"] / max(1e-9, b["client_cpu_s_per_1000_windows"]) for a, b in pairs)
    middle = statistics.median_low([a["windows_per_s"] for a, _ in pairs])
    row = next(a for a, _ in pairs if a["windows_per_s"] == middle)
    gap = max(abs(a["mean_logprob"] - b["mean_logprob"]) for a, b in pairs)
    print(f"{name:16} {slots:5} {mode:10} {row['windows_per_s']:10.1f} {row['suffix_tokens_per_s']:10.0f} "
          f"{row['client_cpu_s_per_1000_windows']:9.2f} {row['peak_rss_mb']:8.0f} {speed:11.3f} {cpu:9.2f} {gap:9.4f}",
          flush=True)
    return {"model": name, "slots": slots, "mode": mode, "speed_ratio": speed, "cpu_ratio": cpu, "rote": row}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--models", nargs="+", default=list(MODELS))
    parser.add_argument("--slots", nargs="+", type=int, default=[1, 8, 32])
    parser.add_argument("--modes", nargs="+", default=["grammar", "one-token", "greedy"])
    parser.add_argument("--seconds", type=float, default=4, help="about how long one measurement lasts")
    parser.add_argument("--library", choices=["asyncio", "aiohttp"], default="asyncio",
                        help="what the Python client sends its requests with: bare streams, or aiohttp, if it is installed")
    options = parser.parse_args()
    print(f"{'model':16} {'slots':>5} {'way':10} {'windows/s':>10} {'tokens/s':>10} {'CPU s/1k':>9} {'peak MB':>8} "
          f"{'speed ratio':>11} {'CPU ratio':>9} {'nat gap':>9}")
    for name in options.models:
        model, low, high = MODELS[name]
        model = model if isinstance(model, pathlib.Path) else options.work / model
        for slots in options.slots:
            with Server(model, slots) as server:
                ids = safe_ids(server.url, low, high)
                for mode in options.modes:
                    probe = options.work / "probe.jsonl"
                    write_windows(probe, ids, 2 * slots, seed=0)
                    rate = reference(server.url, mode, probe, 2 * slots, slots)["windows_per_s"]
                    count = max(2 * slots, int(rate * options.seconds))
                    windows = options.work / "windows.jsonl"
                    write_windows(windows, ids, count, seed=1)
                    compare(name, slots, mode, server, windows, count, options.rounds, options.library)


if __name__ == "__main__":
    main()
