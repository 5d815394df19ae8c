#!/usr/bin/env python3
"""The yardstick for Rote's own client: forced scoring of windows by a bare asynchronous Python client.

    python3 reference_client.py --url http://127.0.0.1:8080 --mode grammar --windows 200 --concurrency 32 --ids 256 4094

Prints one JSON line. `windows_per_s` and `suffix_tokens_per_s` are wall-clock rates; `client_cpu_s_per_1000_windows` is
user + system time of this process alone. Needs only the standard library; with `--library aiohttp` the requests go
through the library that most such clients use, which has to be installed for the Python that runs this.
"""

import argparse
import asyncio
import json
import pathlib
import random
import resource
import sys
import time
import urllib.parse

MODES = ("grammar", "one-token", "greedy")


class Connection:
    """One keep-alive HTTP/1.1 connection, opened again whenever the server closes it."""

    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port = parts.hostname, parts.port or 80
        self.reader = self.writer = None

    async def request(self, method, path, body=None):
        """The decoded JSON answer; raises `RuntimeError` with the server's words for any status but 200."""
        payload = b"" if body is None else json.dumps(body).encode("utf-8")
        head = (f"{method} {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(payload)}\r\n\r\n")
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        self.writer.write(head.encode("ascii") + payload)
        await self.writer.drain()
        status, headers = await self._head()
        answer = await self.reader.readexactly(int(headers["content-length"]))
        if headers.get("connection", "").lower() == "close":
            self.close()
        if status != 200:
            raise RuntimeError(f"{method} {path}: HTTP {status}: {answer[:300].decode('utf-8', 'replace')}")
        return json.loads(answer)

    async def _head(self):
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        return int(lines[0].split(" ")[1]), headers

    def close(self):
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


class LibraryConnection:
    """The same by aiohttp, as its documentation shows it: one session, one connection in it."""

    def __init__(self, url):
        self.url = url
        self.session = None

    async def request(self, method, path, body=None):
        import aiohttp  # pylint: disable=import-outside-toplevel
        if self.session is None:
            self.session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1))
        async with self.session.request(method, self.url + path, json=body) as answer:
            if answer.status != 200:
                raise RuntimeError(f"{method} {path}: HTTP {answer.status}: {(await answer.text())[:300]}")
            return await answer.json()

    def close(self):
        if self.session is not None:
            asyncio.get_running_loop().create_task(self.session.close())
        self.session = None


def body(prompt, count, cache):
    """What every request has in common: greedy, with the raw log-probability of each token sampled."""
    return {
        "prompt": prompt, "n_predict": count, "n_probs": 1, "samplers": ["top_k"], "top_k": 1, "cache_prompt": cache,
        "return_tokens": True, "post_sampling_probs": False,
        "response_fields": ["tokens", "completion_probabilities", "stop_type", "timings"],
    }


async def by_grammar(connection, window, slot):
    """One request whose grammar allows the suffix and nothing else."""
    prefix, suffix = window
    asked = body(prefix, len(suffix), cache=False)
    asked["grammar"] = "root ::= " + " ".join(f"<[{token}]>" for token in suffix)
    return rows(await connection.request("POST", "/completion", asked), suffix)


async def by_one_token(connection, window, slot):
    """One request per suffix token, each biased towards that token, on a slot that keeps the prompt before it."""
    prefix, suffix = window
    found = []
    for position, token in enumerate(suffix):
        asked = body(prefix + suffix[:position], 1, cache=True)
        asked.update({"logit_bias": [[token, 1000]], "id_slot": slot})
        found += rows(await connection.request("POST", "/completion", asked), [token])
    return found


async def by_greedy(connection, window, slot):
    """One request that lets the model write what it likes."""
    prefix, suffix = window
    return rows(await connection.request("POST", "/completion", body(prefix, len(suffix), cache=False)), None)


def rows(answer, expected):
    """The log-probabilities of an answer, in nats. `expected`: the token ids that must have been sampled.

    A server leaves the rows of a lone lead byte out, and the whole key when no row is left.
    """
    if expected is not None and answer["tokens"] != expected:
        raise RuntimeError(f"asked for tokens {expected}, got {answer['tokens']}")
    return [row["logprob"] for row in answer.get("completion_probabilities", [])]


async def worker(connection, score, queue, slot, results):
    while queue:
        window = queue.pop()
        try:
            results.append(await score(connection, window, slot))
        except (RuntimeError, OSError, asyncio.IncompleteReadError) as error:
            connection.close()
            results.append(None)
            print(error, file=sys.stderr)


async def ask(connections, score, windows):
    """The scores of windows, `None` for those that failed; each connection has a slot of its own."""
    queue, results = list(reversed(windows)), []
    await asyncio.gather(
        *(worker(connection, score, queue, slot, results) for slot, connection in enumerate(connections)))
    return results


def random_windows(options):
    """Windows of token ids drawn evenly from a range, always the same for a seed."""
    draw = random.Random(options.seed)
    low, high = options.ids
    return [
        tuple([draw.randint(low, high) for _ in range(length)] for length in (options.prefix, options.suffix))
        for _ in range(options.windows)
    ]


def read_windows(path, limit):
    lines = path.read_text(encoding="utf-8").splitlines()
    return [(window["prefix"], window["suffix"]) for window in map(json.loads, lines[:limit])]


def write_windows(path, windows):
    lines = (json.dumps({"prefix": prefix, "suffix": suffix}) for prefix, suffix in windows)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


async def measure(options, windows):
    connect = LibraryConnection if options.library == "aiohttp" else Connection
    server = connect(options.url)
    slots = (await server.request("GET", "/props"))["total_slots"]
    server.close()
    if options.mode == "one-token" and options.concurrency > slots:
        raise SystemExit(f"--concurrency {options.concurrency}: one-token mode pins slots, and the server has {slots}")
    score = {"grammar": by_grammar, "one-token": by_one_token, "greedy": by_greedy}[options.mode]
    connections = [connect(options.url) for _ in range(options.concurrency)]
    # What happens once in a process is not what a window costs. The last windows, because the slots still hold them
    # when the count begins, and the first would find their context there.
    await ask(connections, score, windows[-options.concurrency:])
    before, start = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    results = await ask(connections, score, windows)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_SELF)
    for connection in connections:
        connection.close()
    # Sessions of a library are closed by tasks of their own, which want a turn.
    await asyncio.sleep(0)
    done = [result for result in results if result is not None]
    nats = [value for result in done for value in result]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "client": f"python-{options.library}", "mode": options.mode, "windows": len(windows),
        "failed": len(results) - len(done),
        "concurrency": options.concurrency, "server_slots": slots, "wall_s": round(wall, 3),
        "windows_per_s": round(len(done) / wall, 3), "suffix_tokens_per_s": round(len(nats) / wall, 1),
        "client_cpu_s_per_1000_windows": round(cpu / max(1, len(done)) * 1000, 3),
        "peak_rss_mb": round(after.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3), 1),
        "mean_logprob": sum(nats) / len(nats) if nats else None,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--url", required=True, help="address of a running llama.cpp server")
    parser.add_argument("--mode", choices=MODES, required=True)
    parser.add_argument("--windows", type=int, default=200, help="how many windows (200)")
    parser.add_argument("--prefix", type=int, default=50, help="prefix tokens (50)")
    parser.add_argument("--suffix", type=int, default=50, help="suffix tokens (50)")
    parser.add_argument("--concurrency", type=int, default=32, help="requests in flight (32)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ids", type=int, nargs=2, default=(256, 4094), metavar=("FIRST", "LAST"),
                        help="range of token ids to draw from; 256...4094 are plain letters in both benchmark models")
    parser.add_argument("--windows-file", type=pathlib.Path, help='lines of {"prefix":[…],"suffix":[…]} to send')
    parser.add_argument("--library", choices=["asyncio", "aiohttp"], default="asyncio")
    parser.add_argument("--save-windows", type=pathlib.Path, help="also write the windows sent to this file")
    options = parser.parse_args()
    if options.windows_file:
        windows = read_windows(options.windows_file, options.windows)
    else:
        windows = random_windows(options)
    if options.save_windows:
        write_windows(options.save_windows, windows)
    print(json.dumps(asyncio.run(measure(options, windows))))


if __name__ == "__main__":
    main()
