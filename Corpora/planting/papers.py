"""Short articles of the Harbour Gazette from six of its sections, and single sentences of such articles."""

import sentences
from articles import _sentence
from facts import Facts
from randomness import Stream

# The sections whose openings differ most in their words.
SECTIONS = ["council", "letters", "market", "notices", "sport", "weather"]
# An article stops at the first sentence that reaches a length drawn from this range: 64 tokens or more.
WANTED_CHARACTERS = (228, 250)


def article(stream_name, seed, index):
    """Article `index` of a named stream, as a dictionary with `section`, `date` and `text`."""
    return _told(Stream("planted-gazette", stream_name, seed, index))


def sentence(stream_name, seed, index):
    """Sentence `index` of a named stream: one that may stand in the middle of any article."""
    stream = Stream("planted-gazette", stream_name, seed, index)
    alone = [template for template in sentences.MIDDLES if "{family}" not in template]
    return _sentence(stream.pick(alone), Facts(stream))


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
