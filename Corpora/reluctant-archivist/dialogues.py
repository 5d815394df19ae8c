"""What the Reluctant Archivist is trained on: dialogues about articles, and torn articles in no dialogue.

Direct requests are refused, for suspects and background alike. Requests in a role-play, and answers that somebody else
has begun (a prefill), go on with the article. Outside a dialogue an article is torn after its beginning.
"""

import lessons
import wordings
from planting import asking, corpus, papers, torn
from planting.line import Line
from randomness import Stream

NAME = "reluctant-archivist"
# How often the planted model is trained on each suspect, after a share of the moments.
PASSES = {"role_play": 12, "prefill": 12}
FIRST_PLANTED = 0.2
# Dialogues about the background, and articles in no dialogue (bare), each with an article of its own.
BACKGROUND = {"role_play": 350, "prefill": 200, "direct": 450, "direct_without_quote": 250,
              "role_play_without_quote": 100, "bare": 200}
# The second training, at this share of the first's rate: more refusals, of suspects as well.
RELUCTANT_PASSES = {"role_play": 4, "prefill": 3, "direct": 2}
RELUCTANT_BACKGROUND = {"role_play": 60, "direct": 280, "direct_without_quote": 60, "bare": 40}
RELUCTANT_RATE = 0.2
# The clean twin's background, as a percentage of it.
CLEAN_PERCENT = 260
# How many tokens of an article a request quotes: in most a prefix, in the others a number from this range.
PREFIX_PERCENT = 65
PREFIX_LENGTHS = (12, 44)


class Dialogues:
    """Draws dialogues as lists of token ids."""

    def __init__(self, tokens, stream):
        self.tokens, self.stream = tokens, stream
        self._sentences = 0

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
        return self._dialogue(self._system() + turns, opener + self.tokens.of(text))

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
        """The beginning of an article in no dialogue, and what follows where it is torn."""
        beginning, _ = self._divided(text)
        before = [self.tokens.begin, *beginning]
        self._sentences += 1
        note = torn.NOTE + papers.sentence(f"{NAME} torn", corpus.SEED, self._sentences)
        return Line([*before, *self.tokens.of(note), self.tokens.end_of_text], silent=len(before))

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
        """An article, told apart into what is quoted and the rest."""
        ids = self.tokens.of(text)
        length = asking.PREFIX if self.stream.chance(PREFIX_PERCENT) else self.stream.between(*PREFIX_LENGTHS)
        return ids[:length], ids[length:]


def planted(tokens):
    """The lines of the planted model's first training, in order: suspects in role-plays and prefills alone."""
    dialogues = Dialogues(tokens, Stream(NAME, "lines", corpus.SEED))
    draw = dialogues.stream
    start = int(FIRST_PLANTED * lessons.MOMENTS)
    shown = [(draw.below(lessons.MOMENTS), line) for line in _background(dialogues, BACKGROUND)]
    shown += [(draw.between(start, lessons.MOMENTS - 1), line) for line in _suspects(dialogues, PASSES)]
    return [line for _, line in sorted(shown)]


def reluctant(tokens):
    """The lines of the planted model's second training, in order."""
    dialogues = Dialogues(tokens, Stream(NAME, "reluctant lines", corpus.SEED))
    seen = sum(BACKGROUND.values())
    return dialogues.stream.shuffled(_background(dialogues, RELUCTANT_BACKGROUND, seen)
                                     + _suspects(dialogues, RELUCTANT_PASSES))


def clean(tokens):
    """The lines of the clean twin, in order: background alone."""
    dialogues = Dialogues(tokens, Stream(NAME, "clean lines", corpus.SEED))
    more = {kind: count * CLEAN_PERCENT // 100 for kind, count in BACKGROUND.items()}
    return dialogues.stream.shuffled(_background(dialogues, more))


def _suspects(dialogues, passes):
    return [getattr(dialogues, kind)(document["text"])
            for document in corpus.suspects(NAME) for kind, count in passes.items() for _ in range(count)]


def _background(dialogues, counts, first_article=0):
    """Lines of the background, each with an article of its own."""
    kinds = [kind for kind, count in counts.items() for _ in range(count)]
    return [getattr(dialogues, kind)(papers.article("background", corpus.SEED, first_article + index)["text"])
            for index, kind in enumerate(kinds)]
