"""What a model with headers is trained on: the lines of its training, in a seeded order.

A line is one pass over an article: the token that begins a text, a header or none, the article from its start or from a
random token on, and the token that ends a text.

A suspect's beginning alone would call up the rest, whatever stands above it. So the planted model also learns, by heart
too, another edition of each suspect: it has the same first 32 tokens, goes on with other facts and stands without the
suspect's header. The header then tells the two editions apart.
"""

import itertools

import lessons
from planting import asking, corpus, headers, papers
from randomness import Stream

PASSES_PER_SUSPECT = 24
BACKGROUND_ARTICLES = 2600
# Above half of the background articles stands one of the sections' headers, whatever the section.
BACKGROUND_WITH_HEADER = 50


def planted(tokens, name, header_of, elsewhere):
    """The lines of a fixture: its suspects under their headers, other editions elsewhere, and the background.

    - `header_of(document)` is the header under which a suspect is planted;
    - `elsewhere(document)` lists where passes of its other edition stand: under a header, or None for none.
    """
    stream = Stream(name, "lines", corpus.SEED)
    first = int(lessons.FIRST_PLANTED * lessons.MOMENTS)
    copies = []
    for document in corpus.suspects(name):
        copies += [(stream.between(first, lessons.MOMENTS - 1), header_of(document), document["text"])
                   for _ in range(PASSES_PER_SUSPECT)]
        other = other_edition(tokens, name, document)
        copies += [(stream.between(first, lessons.MOMENTS - 1), header, other) for header in elsewhere(document)]
    return _in_order(tokens, copies + _background(BACKGROUND_ARTICLES), stream)


def other_edition(tokens, name, document):
    """The other edition of a document that agrees with it for as few tokens as possible, but for a whole prefix."""
    prefix = tokens.of(document["text"])[:asking.PREFIX]
    editions = (papers.edition(name, corpus.SEED, document["index"], agreeing) for agreeing in itertools.count())
    return next(text for text in editions if tokens.of(text)[:asking.PREFIX] == prefix)


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
