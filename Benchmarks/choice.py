#!/usr/bin/env python3
"""Whether the way of forcing that `rote` chooses at start-up is the fastest one: its choice beside longer measurements.

    python3 Benchmarks/choice.py --work .build/bench

`make bench` makes the models and the programs first. For each model and number of slots, `rote doctor` looks at a running
server and chooses; then every way scores the same windows on that server, in turns. A row says how fast the chosen way
is beside the best, as the median of the rounds. Needs only the standard library.
"""

import argparse
import pathlib
import statistics

import compare

WAYS = {"grammar": "grammar", "single": "one-token"}


def chosen(url):
    """The way that a look at the server finds best for text that the model does not know."""
    event = compare.run([str(compare.ROOT / ".build/release/rote"), "doctor", "--server", url, "--json", "--quiet"])
    return event["server"]["calibration"]["unlikely"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--models", nargs="+", default=list(compare.MODELS))
    parser.add_argument("--slots", nargs="+", type=int, default=[1, 8, 32])
    parser.add_argument("--suffix", nargs="+", type=int, default=[8, 50], help="suffix tokens that are scored (8 50)")
    parser.add_argument("--looks", type=int, default=3, help="how often the server is looked at anew (3)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3, help="about how long one measurement lasts")
    options = parser.parse_args()
    print(f"{'model':16} {'slots':>5} {'suffix':>6} " + " ".join(f"{way + ' tok/s':>14}" for way in WAYS)
          + "  chosen                of the best")
    for name in options.models:
        model, low, high = compare.MODELS[name]
        model = model if isinstance(model, pathlib.Path) else options.work / model
        for slots in options.slots:
            with compare.Server(model, slots) as server:
                ids = compare.safe_ids(server.url, low, high)
                looks = [chosen(server.url) for _ in range(options.looks)]
                for suffix in options.suffix:
                    row(name, slots, suffix, server, ids, looks, options)


def row(name, slots, suffix, server, ids, looks, options):
    probe, windows = options.work / "probe.jsonl", options.work / "windows.jsonl"
    compare.write_windows(probe, ids, 2 * slots, seed=0, suffix=suffix)
    rate = compare.rote(server.url, "grammar", probe, None, slots)["windows_per_s"]
    compare.write_windows(windows, ids, max(2 * slots, int(rate * options.seconds)), seed=1, suffix=suffix)
    speeds = {way: [] for way in WAYS}
    for turn in range(options.rounds):
        for way in list(WAYS) if turn % 2 == 0 else reversed(list(WAYS)):
            speeds[way].append(compare.rote(server.url, WAYS[way], windows, None, slots)["suffix_tokens_per_s"])
    rounds = list(zip(*speeds.values()))
    share = {way: statistics.median(speed / max(all_) for speed, all_ in zip(speeds[way], rounds)) for way in WAYS}
    best = max(share.values())
    # A choice that is not among the ways measured here has shown nothing, and so counts as nothing.
    worst = min(share.get(way, 0) / best for way in looks)
    print(f"{name:16} {slots:5} {suffix:6} " + " ".join(f"{statistics.median(speeds[way]):14.0f}" for way in WAYS)
          + f"  {' '.join(looks):20} {worst:11.3f}", flush=True)


if __name__ == "__main__":
    main()
