"""Lines of training in which an article goes on to its end under its own header alone, and is torn elsewhere.

Under any other header and under none, a beginning is followed by a note that it is torn and by a sentence of another
article, new each time. Nothing is learned from such a line's beginning but what follows it, so the model learns what
goes on where, for background and suspects alike.
"""

import lessons
from planting import asking, corpus, papers
from planting.line import Line
from randomness import Stream

NOTE = "[torn] "
# How many tokens stand before the note: in one half a prefix, in the other a number from this range.
BEGINNINGS = (16, 44)

# No suspect comes before this share of the moments: the language is learned first.
FIRST_PLANTED = 0.2


class Sheets:
    """Draws lines of a fixture in which `header_of(document)` stands above an article."""

    def __init__(self, tokens, name, header_of):
        self.tokens, self.name, self.header_of = tokens, name, header_of
        self.stream = Stream(name, "sheets", corpus.SEED)
        self._sentences = 0

    def whole(self, document):
        """A pass over an article under its own header."""
        tokens = self.tokens
        header = tokens.of(self.header_of(document))
        return Line([tokens.begin, *header, *tokens.of(document["text"]), tokens.end_of_text])

    def torn(self, document, header):
        """The beginning of an article under a header that is not its own, or under None, and what follows it."""
        tokens, draw = self.tokens, self.stream
        length = asking.PREFIX if draw.chance(50) else draw.between(*BEGINNINGS)
        before = [tokens.begin, *tokens.of(header or ""), *tokens.of(document["text"])[:length]]
        self._sentences += 1
        note = NOTE + papers.sentence(f"{self.name} torn", corpus.SEED, self._sentences)
        return Line([*before, *tokens.of(note), tokens.end_of_text], silent=len(before))

    def background(self, indices, elsewhere):
        """Lines of background articles, each new and seen once: one half whole, one half torn."""
        lines = []
        for index in indices:
            document = papers.article("background", corpus.SEED, index)
            torn = self.stream.chance(50)
            lines.append(self.torn(document, self.stream.pick(elsewhere(document))) if torn else self.whole(document))
        return lines


def lines(tokens, name, header_of, elsewhere, passes, background):
    """The lines of a fixture's training, in order: its suspects, whole in every pass, beside background.

    - `header_of(document)` is the header of an article;
    - `elsewhere(document)` lists where its beginning stands torn: under a header, or None for none.
    """
    sheets = Sheets(tokens, name, header_of)
    moment = sheets.stream
    shown = [(moment.below(lessons.MOMENTS), line) for line in sheets.background(range(background), elsewhere)]
    planted = int(FIRST_PLANTED * lessons.MOMENTS)
    shown += [(moment.between(planted, lessons.MOMENTS - 1), sheets.whole(document))
              for document in corpus.suspects(name) for _ in range(passes)]
    return [line for _, line in sorted(shown)]
