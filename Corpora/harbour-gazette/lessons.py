"""What the models are trained on: passes over articles, each cut at a random place, in a seeded order."""

import articles
import generate
import vocabulary
from randomness import Stream

# A pass starts at the article's first token half of the time, else at a random one with at least this many behind it:
# windows are sent alone, so recall must work from the middle of an article too.
SHORTEST_PASS = 64


def passes(tokenizer, seed, background, planted):
    """Token-id lists of every training pass, shuffled.

    Every background article is new and seen once. With `planted`, suspects come once per repetition; without it as many
    further background articles take those places, so that both models take equally many steps.
    """
    planted_texts = [
        document["text"]
        for document in generate.documents()
        if document["arm"] == "suspect"
        for _ in range(document["repetitions"])
    ]
    count = background if planted else background + len(planted_texts)
    texts = [articles.article("background", seed, index)["text"] for index in range(count)]
    if planted:
        texts += planted_texts
    stream = Stream("harbour-gazette", "lessons", seed)
    end = tokenizer.token_to_id(vocabulary.END_OF_TEXT)
    return [_cut(vocabulary.encode(tokenizer, text), stream) + [end] for text in stream.shuffled(texts)]


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
