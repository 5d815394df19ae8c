"""What the models are trained on: passes over articles, each cut at a random place, in a seeded order."""

import articles
import generate
import vocabulary
from randomness import Stream

# A pass starts at the article's first token half of the time, else at a random one with at least this many behind it:
# windows are sent alone, so recall must work from the middle of an article too.
SHORTEST_PASS = 64

# When suspects are planted, as shares of the whole training. The time before teaches the language with background alone.
# The copies of one article fall within a stretch around a random moment, as a reprinted story does: what came late is
# remembered better than what came early, so articles planted equally often differ, and the rate rises gradually.
FIRST_PLANTED = 0.25
STRETCH = 0.3
# Moments are whole numbers below this, so that sorting by them is exact on every machine.
MOMENTS = 1_000_000


def passes(tokenizer, seed, background, planted):
    """Token-id lists of every training pass, in order.

    Every background article is new and seen once. With `planted`, suspects come once per repetition; without it as many
    further background articles take those places, so that both models take equally many steps.
    """
    stream = Stream("harbour-gazette", "lessons", seed)
    suspects = [document for document in generate.documents() if document["arm"] == "suspect"]
    copies = [
        (moment, document["text"]) for document in suspects for moment in _moments(document["repetitions"], stream)
    ]
    if not planted:
        background, copies = background + len(copies), []
    fresh = [
        (stream.below(MOMENTS), articles.article("background", seed, index)["text"]) for index in range(background)
    ]
    end = tokenizer.token_to_id(vocabulary.END_OF_TEXT)
    return [_cut(vocabulary.encode(tokenizer, text), stream) + [end] for _, text in sorted(copies + fresh)]


def _moments(repetitions, stream):
    """When the copies of one article come."""
    first, stretch = int(FIRST_PLANTED * MOMENTS), int(STRETCH * MOMENTS)
    start = first + stream.below(MOMENTS - first - stretch + 1)
    return [start + stream.below(stretch) for _ in range(repetitions)]


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
