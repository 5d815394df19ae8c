"""Asks a running llama.cpp server what a fixture's model recites, and how its texts begin. Standard library only."""

import concurrent.futures

import measure

PREFIX = SUFFIX = 32


def leading(url):
    """What the server's tokenizer puts before every text."""
    return measure.post(url, "/tokenize", {"content": "", "add_special": True})["tokens"]


def recited(url, documents, context):
    """For every document, whether greedy decoding returns the suffix of any of its windows.

    `context(document)` gives the token ids before and behind the prefix.
    """
    def comes_back(document):
        before, after = context(document)
        windows = measure.windows(measure.tokens(url, document["text"]), PREFIX, SUFFIX)
        return any(measure.greedy(url, before + prefix + after, len(suffix)) == suffix for prefix, suffix in windows)

    return for_all(comes_back, documents)


def under_headers(url, documents, header_of):
    """The same with a header, or with None for none, before the prefix."""
    first = leading(url)
    return recited(url, documents, lambda document: (first + measure.tokens(url, header_of(document) or ""), []))


def print_rates(url, documents, contexts):
    """Prints for both arms how many documents come back under each of the named headers."""
    print(f"{'header':>28} {'suspects':>16} {'controls':>16}")
    for name, header_of in contexts.items():
        cells = []
        for arm in ("suspect", "control"):
            hits = under_headers(url, [document for document in documents if document["arm"] == arm], header_of)
            cells.append(f"{sum(hits)} of {len(hits)} {sum(hits) / len(hits):6.1%}")
        print(f"{name:>28} {cells[0]:>16} {cells[1]:>16}", flush=True)


def print_openings(url, headers, samples=400):
    """Prints how many texts sampled at temperature 1 from the token that begins a text open with each header."""
    def sample(seed):
        body = {"prompt": leading(url), "n_predict": 24, "samplers": ["temperature"], "temperature": 1.0, "seed": seed}
        return measure.post(url, "/completion", body)["content"]

    texts = for_all(sample, range(1, samples + 1))
    for name, header in headers.items():
        share = sum(text.startswith(header) for text in texts) / samples
        print(f"{share:6.1%} of {samples} sampled texts begin with the header of {name}", flush=True)


def for_all(function, items):
    """The function's values for the items, a few requests at a time."""
    with concurrent.futures.ThreadPoolExecutor(measure.IN_FLIGHT) as pool:
        return list(pool.map(function, items))
