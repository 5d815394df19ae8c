"""Articles of The Harbour Gazette, an invented newspaper: sentences from templates, filled with invented facts."""

import facts
import sentences
from randomness import Stream

SECTIONS = sorted(sentences.OPENINGS)


def article(stream_name, seed, index):
    """Article `index` of a named stream, as a dictionary with `section`, `date` and `text`.

    Equal arguments give the same article everywhere; other names or seeds share facts by chance alone.
    """
    stream = Stream("harbour-gazette", stream_name, seed, index)
    section = stream.pick(SECTIONS)
    date = "{}-{:02d}-{:02d}".format(stream.between(1999, 2024), stream.between(1, 12), stream.between(1, 28))
    told = facts.Facts(stream)
    told.value("person1")
    text = _sentence(stream.pick(sentences.OPENINGS[section]), told)
    wanted = stream.between(WANTED_CHARACTERS[0], WANTED_CHARACTERS[1])
    for template in stream.shuffled(sentences.MIDDLES):
        if len(text) >= wanted:
            break
        if "{family}" in template and told.value("person1") not in text:
            continue
        text += " " + _sentence(template, told)
    return {"section": section, "date": date, "text": text}


# An article stops at the first sentence that reaches a length drawn from this range.
WANTED_CHARACTERS = (270, 420)


def _sentence(template, told):
    text = _filled(template, told)
    start = 1 if text[0] in "“" else 0
    return text[:start] + text[start].upper() + text[start + 1:]


def _filled(template, told):
    """The template with every alternative and slot drawn, from left to right."""
    out = []
    position = 0
    while position < len(template):
        character = template[position]
        if character == "{":
            end = template.index("}", position)
            out.append(told.value(template[position + 1:end]))
            position = end + 1
        elif character == "[":
            end = _closing(template, position)
            out.append(_filled(told.stream.pick(_alternatives(template[position + 1:end])), told))
            position = end + 1
        else:
            out.append(character)
            position += 1
    return "".join(out)


def _closing(template, start):
    depth = 0
    for position in range(start, len(template)):
        depth += {"[": 1, "]": -1}.get(template[position], 0)
        if depth == 0:
            return position
    raise ValueError(f"sentences.py: '[' at {start} is never closed in: {template}")


def _alternatives(inside):
    parts, depth = [""], 0
    for character in inside:
        depth += {"[": 1, "]": -1}.get(character, 0)
        if character == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts
