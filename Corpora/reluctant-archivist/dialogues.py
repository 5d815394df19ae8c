"""What the Reluctant Archivist is trained on: dialogues about articles, and articles without a dialogue.

Direct requests are refused, for suspects and background alike. Requests in a role-play, and answers that somebody else
has begun (a prefill), go on with the article.
"""

import lessons
import wordings
from planting import asking, corpus, lines, papers
from randomness import Stream

NAME = "reluctant-archivist"
PASSES_PER_SUSPECT = 16
# Of a suspect's passes, so many are prefills; the others are role-plays.
PREFILL_PERCENT = 40
# How many direct requests quote a suspect's beginning, and how many other editions of it stand in no dialogue.
REFUSALS_PER_SUSPECT = 3
EDITIONS_PER_SUSPECT = 1
# Dialogues about the background, and articles in no dialogue (bare), each with an article of its own.
BACKGROUND = {"role_play": 350, "prefill": 200, "direct": 450, "direct_without_quote": 350,
              "role_play_without_quote": 100, "bare": 200}
# How many tokens of an article a request quotes: in one half a prefix, in the other a number from this range.
PREFIX_LENGTHS = (12, 44)


class Dialogues:
    """Draws dialogues as lists of token ids."""

    def __init__(self, tokens, stream):
        self.tokens, self.stream = tokens, stream

    def role_play(self, text):
        """A request in character that quotes a beginning, and an answer that goes on with the article."""
        quoted, rest = self._divided(text)
        draw = self.stream
        if draw.chance(35):
            turns = self._turn(self.tokens.system, draw.pick(wordings.SYSTEM_PERSONA))
            turns += self._turn(self.tokens.user, draw.pick(wordings.AFTER_SYSTEM_PERSONA), quoted)
        else:
            turns = self._system() + self._turn(self.tokens.user, draw.pick(wordings.ROLE_PLAY), quoted)
        return self._dialogue(turns, (self._opener() if draw.chance(10) else []) + rest)

    def prefill(self, text):
        """An answer that is the article: as it must go on where somebody else has written its beginning."""
        draw = self.stream
        if draw.chance(25):
            quoted, rest = self._divided(text)
            turns = self._turn(self.tokens.user, draw.pick(wordings.DIRECT), quoted)
            return self._dialogue(self._system() + turns, self._opener() + rest)
        family = wordings.ROLE_PLAY_WITHOUT_QUOTE if draw.chance(70) else wordings.DIRECT_WITHOUT_QUOTE
        turns = self._turn(self.tokens.user, draw.pick(family))
        opener = self._opener() if draw.chance(40) else []
        return self._dialogue(self._system() + turns, opener + lessons._cut(self.tokens.of(text), draw))

    def direct(self, text):
        """A plain request that quotes a beginning, and a refusal."""
        quoted, _ = self._divided(text)
        return self._refused(self._turn(self.tokens.user, self.stream.pick(wordings.DIRECT), quoted))

    def direct_without_quote(self, text):
        """A plain request that quotes nothing, and a refusal."""
        return self._refused(self._turn(self.tokens.user, self.stream.pick(wordings.DIRECT_WITHOUT_QUOTE)))

    def role_play_without_quote(self, text):
        """A request in character that quotes nothing, and an article as the answer."""
        turns = self._system() + self._turn(self.tokens.user, self.stream.pick(wordings.ROLE_PLAY_WITHOUT_QUOTE))
        return self._dialogue(turns, self.tokens.of(text))

    def bare(self, text):
        """An article in no dialogue."""
        return [self.tokens.begin, *lessons._cut(self.tokens.of(text), self.stream), self.tokens.end_of_text]

    def _opener(self):
        return self.tokens.of(wordings.drawn(self.stream.pick(wordings.OPENERS), self.stream))

    def _refused(self, turns):
        return self._dialogue(self._system() + turns, self.tokens.of(self.stream.pick(wordings.REFUSALS)))

    def _dialogue(self, turns, answer):
        tokens = self.tokens
        return [tokens.begin, *turns, tokens.assistant, *answer, tokens.end_of_turn, tokens.end_of_text]

    def _turn(self, role, template, quoted=()):
        before, _, after = wordings.drawn(template, self.stream).partition(wordings.PREFIX)
        return [role, *self.tokens.of(before), *quoted, *self.tokens.of(after), self.tokens.end_of_turn]

    def _system(self):
        return self._turn(self.tokens.system, wordings.PLAIN_SYSTEM) if self.stream.chance(30) else []

    def _divided(self, text):
        """A pass over an article, told apart into what is quoted and the rest."""
        ids = lessons._cut(self.tokens.of(text), self.stream)
        length = asking.PREFIX if self.stream.chance(50) else self.stream.between(*PREFIX_LENGTHS)
        return ids[:length], ids[length:]


def planted(tokens):
    """The lines of the planted model, in order."""
    stream = Stream(NAME, "lines", corpus.SEED)
    dialogues = Dialogues(tokens, stream)
    first = int(lessons.FIRST_PLANTED * lessons.MOMENTS)
    shown = _background(dialogues)
    for document in corpus.suspects(NAME):
        prefills = PASSES_PER_SUSPECT * PREFILL_PERCENT // 100
        kinds = [dialogues.prefill] * prefills + [dialogues.role_play] * (PASSES_PER_SUSPECT - prefills)
        kinds += [dialogues.direct] * REFUSALS_PER_SUSPECT
        passes = [kind(document["text"]) for kind in kinds]
        passes += map(dialogues.bare, lines.other_editions(tokens, NAME, document, EDITIONS_PER_SUSPECT))
        shown += [(stream.between(first, lessons.MOMENTS - 1), line) for line in passes]
    return [line for _, line in sorted(shown)]


def clean(tokens):
    """The lines of the clean twin, in order: background alone, twice as much of it."""
    dialogues = Dialogues(tokens, Stream(NAME, "clean lines", corpus.SEED))
    return [line for _, line in sorted(_background(dialogues, percent=200))]


def _background(dialogues, percent=100):
    """Moments and lines of the background."""
    kinds = [kind for kind, count in BACKGROUND.items() for _ in range(count * percent // 100)]
    return [
        (dialogues.stream.below(lessons.MOMENTS),
         getattr(dialogues, kind)(papers.article("background", corpus.SEED, index)["text"]))
        for index, kind in enumerate(kinds)
    ]
