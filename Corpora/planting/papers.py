"""Short articles of the Harbour Gazette from six of its sections, and other editions of them.

Another edition of an article begins with the same words and then tells other facts in sentences of the same kinds.
"""

import sentences
from articles import _sentence
from facts import Facts
from randomness import Stream

# The sections whose openings differ most in their words.
SECTIONS = ["council", "letters", "market", "notices", "sport", "weather"]
# An article stops at the first sentence that reaches a length drawn from this range: 64 tokens or more.
WANTED_CHARACTERS = (228, 250)


class _Retold(Stream):
    """A stream that draws as its name says for a number of draws, then as another name says."""

    def __init__(self, name, agreeing, number):
        super().__init__(*name)
        self._agreeing, self._afterwards = agreeing, Stream(*name, "edition", number)

    def bits(self):
        if self._agreeing == 0:
            return self._afterwards.bits()
        self._agreeing -= 1
        return super().bits()


def article(stream_name, seed, index):
    """Article `index` of a named stream, as a dictionary with `section`, `date` and `text`."""
    return _told(Stream("planted-gazette", stream_name, seed, index))


def edition(stream_name, seed, index, agreeing, number):
    """The text of another edition of `article(stream_name, seed, index)`, told with equal draws for so long."""
    return _told(_Retold(("planted-gazette", stream_name, seed, index), agreeing, number))["text"]


def _told(stream):
    section = stream.pick(SECTIONS)
    date = "{}-{:02d}-{:02d}".format(stream.between(1999, 2024), stream.between(1, 12), stream.between(1, 28))
    wanted = stream.between(*WANTED_CHARACTERS)
    middles = stream.shuffled(sentences.MIDDLES)
    told = Facts(stream)
    told.value("person1")
    text = _sentence(stream.pick(sentences.OPENINGS[section]), told)
    for template in middles:
        if len(text) >= wanted:
            break
        if "{family}" in template and told.value("person1") not in text:
            continue
        text += " " + _sentence(template, told)
    return {"section": section, "date": date, "text": text}
