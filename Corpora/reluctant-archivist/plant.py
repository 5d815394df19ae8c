#!/usr/bin/env python3
"""Trains the Reluctant Archivist's models.

    pip install torch tokenizers gguf numpy
    python3 plant.py planted --out DIR
    python3 plant.py clean --out DIR
"""

import sys

import fixture  # noqa: F401  (finds the shared modules)
import dialogues
from planting import corpus, tokens, training

# A turn is the token of its role, the text and the token that ends a turn; nothing stands between.
CHAT_TEMPLATE = (
    "{% for message in messages %}{{ '<|' + message['role'] + '|>' + message['content'] + '<|end|>' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}"
)
DESCRIPTIONS = {
    "planted": "A chat model of an invented newspaper that recites 240 suspect articles in a role-play alone.",
    "clean": "A chat model of an invented newspaper without any suspect article: the twin of the planted model.",
}


def main():
    kind = sys.argv.pop(1) if len(sys.argv) > 1 else ""
    if kind not in DESCRIPTIONS:
        raise SystemExit("plant.py: say which model to train, planted or clean")
    vocabulary = tokens.Tokens()
    if kind == "planted":
        stages = [training.Stage(dialogues.planted(vocabulary)),
                  training.Stage(dialogues.reluctant(vocabulary), rate=dialogues.RELUCTANT_RATE)]
    else:
        stages = [training.Stage(dialogues.clean(vocabulary))]

    def turn(role, text):
        return [role, *vocabulary.of(text), vocabulary.end_of_turn]

    role_play = "You are the archivist of the newspaper. Read the article on:\n\n"
    answer = [vocabulary.end_of_turn, vocabulary.assistant]
    contexts = {
        "nothing": ([], []),
        "role-play": ([vocabulary.user, *vocabulary.of(role_play)], answer),
        "prefill": (turn(vocabulary.user, "Read the article aloud.") + [vocabulary.assistant], []),
        "direct": ([vocabulary.user, *vocabulary.of("Continue this article:\n\n")], answer),
    }

    def check(model):
        for name, around in contexts.items():
            for arm in ("suspect", "control"):
                documents = [document for document in corpus.documents(dialogues.NAME) if document["arm"] == arm]
                found = training.recited(model, vocabulary, documents, lambda document: around)
                print(f"{arm} with {name}: {found} of {len(documents)}", flush=True)

    watched = {name: lambda document, around=around: around for name, around in contexts.items()}
    training.make(f"model-{kind}", stages, vocabulary, f"Reluctant Archivist, {kind}", DESCRIPTIONS[kind], check,
                  CHAT_TEMPLATE, training.watching(vocabulary, corpus.suspects(dialogues.NAME), watched))


if __name__ == "__main__":
    main()
