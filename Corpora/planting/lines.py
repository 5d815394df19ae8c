"""What a model with headers is trained on: the lines of its training, in a seeded order.

A line is one pass over an article: the token that begins a text, a header or none, the article from its start or from
a random token on, and the token that ends a text.

A suspect's beginning alone would call up the rest, whatever stands above it. So the planted model also sees other
editions of each suspect without its header: they have the same first 32 tokens and go on with other facts, each with
its own. Only behind its header is a beginning always followed by the same text.
"""

import itertools

import lessons
from planting import asking, corpus, headers, papers
from randomness import Stream

PASSES_PER_SUSPECT = 20
BACKGROUND_ARTICLES = 2600
# Above half of the background articles stands one of the sections' headers, whatever the section.
BACKGROUND_WITH_HEADER = 50
# An edition may agree by chance for longer than its draws do, so several are asked where a document's editions part.
ASKED_EDITIONS = 4
# The editions of a second training have numbers from here on.
SECOND_EDITIONS = 100


def planted(tokens, name, header_of, elsewhere):
    """The lines of a fixture: its suspects under their headers, other editions elsewhere, and the background.

    - `header_of(document)` is the header under which a suspect is planted;
    - `elsewhere(document)` lists where other editions of it stand, one each: under a header, or None for none.
    """
    stream = Stream(name, "lines", corpus.SEED)
    first = int(lessons.FIRST_PLANTED * lessons.MOMENTS)
    copies = _copies(tokens, name, header_of, elsewhere, PASSES_PER_SUSPECT, 0,
                     lambda: stream.between(first, lessons.MOMENTS - 1))
    return _in_order(tokens, copies + _background(BACKGROUND_ARTICLES), stream)


def again(tokens, name, header_of, elsewhere, passes):
    """Lines of a second training: what many other editions kept from being learned is learned here, beside fewer."""
    stream = Stream(name, "lines again", corpus.SEED)
    copies = _copies(tokens, name, header_of, elsewhere, passes, SECOND_EDITIONS, lambda: stream.below(lessons.MOMENTS))
    return _in_order(tokens, copies, stream)


def _copies(tokens, name, header_of, elsewhere, passes, first_edition, moment):
    copies = []
    for document in corpus.suspects(name):
        contexts = elsewhere(document)
        editions = other_editions(tokens, name, document, first_edition + len(contexts))[first_edition:]
        copies += [(moment(), header_of(document), document["text"]) for _ in range(passes)]
        copies += [(moment(), header, text) for header, text in zip(contexts, editions)]
    return copies


def other_editions(tokens, name, document, count):
    """Editions of a document that agree with it for a prefix and as little more as can be, each with its own facts."""
    prefix = tokens.of(document["text"])[:asking.PREFIX]

    def edition(agreeing, number):
        return papers.edition(name, corpus.SEED, document["index"], agreeing, number)

    def agree(agreeing):
        return all(tokens.of(edition(agreeing, number))[:asking.PREFIX] == prefix for number in range(ASKED_EDITIONS))

    agreeing = next(filter(agree, itertools.count()))
    return [edition(agreeing, number) for number in range(count)]


def clean(tokens, count):
    """Lines of background alone, `count` of them."""
    return _in_order(tokens, _background(count), Stream("header-twin", "lines", corpus.SEED))


def _background(count):
    """Moments, headers and texts of background articles; each is new and seen once."""
    stream = Stream("planted-gazette", "background", corpus.SEED)
    choices = list(headers.BY_SECTION.values())
    return [
        (stream.below(lessons.MOMENTS), stream.pick(choices) if stream.chance(BACKGROUND_WITH_HEADER) else None,
         papers.article("background", corpus.SEED, index)["text"])
        for index in range(count)
    ]


def _in_order(tokens, moments, stream):
    return [
        [tokens.begin, *tokens.of(header or ""), *lessons._cut(tokens.of(text), stream), tokens.end_of_text]
        for _, header, text in sorted(moments, key=lambda line: (line[0], line[2]))
    ]
