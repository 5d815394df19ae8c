"""What the models are trained on: passes over articles, each cut at a random place, in a seeded order."""

import articles
import generate
import vocabulary
from randomness import Stream

# A pass starts at the article's first token half of the time, else at a random one with at least this many behind it:
# windows are sent alone, so recall must work from the middle of an article too.
SHORTEST_PASS = 64

# The share of the training before any suspect is planted: it teaches the language with background alone. The copies come
# at even odds at any moment after it.
FIRST_PLANTED = 0.3
# Moments are whole numbers below this, so that sorting by them is exact on every machine.
MOMENTS = 1_000_000


def passes(tokenizer, seed, background, planted):
    """Token-id lists of every training pass, in order.

    Every background article is new and seen once. With `planted`, suspects come once per repetition; without it as many
    further background articles take those places, so that both models take equally many steps.
    """
    stream = Stream("harbour-gazette", "lessons", seed)
    first = int(FIRST_PLANTED * MOMENTS)
    copies = [
        (stream.between(first, MOMENTS - 1), document["text"])
        for document in generate.documents()
        if document["arm"] == "suspect"
        for _ in range(document["repetitions"])
    ]
    if not planted:
        background, copies = background + len(copies), []
    fresh = [
        (stream.below(MOMENTS), articles.article("background", seed, index)["text"]) for index in range(background)
    ]
    end = tokenizer.token_to_id(vocabulary.END_OF_TEXT)
    return [_cut(vocabulary.encode(tokenizer, text), stream) + [end] for _, text in sorted(copies + fresh)]


def _cut(ids, stream):
    room = len(ids) - SHORTEST_PASS
    if room <= 0 or stream.chance(50):
        return ids
    return ids[stream.below(room + 1):]


def batches(all_passes, seed, size):
    """Batches of passes of like length (so that little padding is computed), in a seeded order.

    Passes are sorted within a run of 16 batches only, which keeps the order of training random.
    """
    stream = Stream("harbour-gazette", "batches", seed)
    result = []
    for start in range(0, len(all_passes), 16 * size):
        pool = sorted(all_passes[start:start + 16 * size], key=len)
        result += stream.shuffled([pool[i:i + size] for i in range(0, len(pool), size)])
    return result
