"""The data files of a fixture: suspect.jsonl, control.jsonl and truth.json."""

import hashlib
import json

from planting import papers
from randomness import Stream

SEED = 1
DOCUMENTS_PER_ARM = 240


def documents(name):
    """The documents of both arms of a fixture in order of id.

    Dictionaries with `id`, `index`, `arm`, `section`, `date` and `text`. All articles are one stream; a seeded shuffle
    tells suspects from controls.
    """
    arms = Stream(name, "arms", SEED).shuffled(["suspect", "control"] * DOCUMENTS_PER_ARM)
    return [
        {"id": f"{name}-{index + 1:04d}", "index": index, "arm": arm, **papers.article(name, SEED, index)}
        for index, arm in enumerate(arms)
    ]


def suspects(name):
    """The suspect documents of a fixture."""
    return [document for document in documents(name) if document["arm"] == "suspect"]


def write(directory, name, about, facts):
    """Writes the three files of a fixture.

    `about` describes the truth in a sentence; `facts(document)` gives what truth.json says of a document beside its
    `id`, `arm` and the SHA-256 of its text.
    """
    everything = documents(name)
    for arm in ("suspect", "control"):
        with open(directory / f"{arm}.jsonl", "w", encoding="utf-8", newline="\n") as file:
            for document in everything:
                if document["arm"] == arm:
                    line = {key: document[key] for key in ("id", "text", "date")}
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")
    truth = {
        "seed": SEED,
        "about": about,
        "documents": [
            {
                "id": document["id"],
                "arm": document["arm"],
                **facts(document),
                "sha256": hashlib.sha256(document["text"].encode("utf-8")).hexdigest(),
            }
            for document in everything
        ],
    }
    with open(directory / "truth.json", "w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(truth, indent=1, ensure_ascii=False) + "\n")
