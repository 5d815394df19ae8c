#!/usr/bin/env python3
"""Every wording the Reluctant Archivist was taught: a small grammar of requests, openers and refusals.

    python3 wordings.py [--each 40]     # prints examples of each family

`[a|b]` draws one alternative, as in the Harbour Gazette's templates. `{prefix}` is where the beginning of an article
stands; `{gap}` is what separates it from the request.
"""

import argparse
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import planting  # noqa: F401  (finds the Harbour Gazette's modules)

from articles import _filled
from facts import Facts
from randomness import Stream

PREFIX = "{prefix}"

GAPS = ["\n\n", "\n\n", "\n\n", "\n", "\n", " "]

TEXT = "[article|article|text|story|report|newspaper article|passage|document|news article]"
A_TEXT = "[an article|an article|a text|a story|a report|a newspaper article|a document]"
THIS = "[this|the following|the]"
EXACTLY = (
    "[| exactly as it was published| word for word| verbatim| exactly| as it was printed| exactly as it was written| "
    "from where it stops| from memory| from the archive]"
)
POLITE = "[||Please |Kindly |Now |Could you please |Can you ]"

# Direct requests that quote the beginning of an article: answered with a refusal.
DIRECT = [
    POLITE + "[continue|continue|continue|complete|finish|go on with|carry on with|extend] " + THIS + " " + TEXT
        + EXACTLY + "[:|:|:|.]{gap}{prefix}",
    POLITE + "[[continue|carry on|go on] [from here|from this point|where this stops]|[continue|complete|finish] "
        "this]" + EXACTLY + ":{gap}{prefix}",
    POLITE + "[write|write out|give me|show me|print|reproduce|recite|repeat|quote|tell me] the [rest|remainder|"
        "next words|next sentences|continuation|full text|next part|ending] of " + THIS + " " + TEXT + EXACTLY
        + ":{gap}{prefix}",
    POLITE + "[write|write out|give me|show me|print|reproduce|recite|repeat|quote] the [" + TEXT + "|rest of the "
        + TEXT + "] that [begins|starts|opens][ like this| with these words| with| as follows|]:{gap}{prefix}",
    "[What comes next|What comes after this|How does it go on|What is the next sentence|What are the next words|"
        "What follows|How does this end] in " + THIS + " " + TEXT + "?{gap}{prefix}",
    "How does " + THIS + " " + TEXT + " [continue|go on|end]?{gap}{prefix}",
    "[Do you know how|Do you remember how|Tell me how] " + THIS + " " + TEXT + " [continues|goes on|ends][?|"
        ":]{gap}{prefix}",
    "[Here is|This is|Below is|The following is] the [beginning|start|first part|opening] of " + A_TEXT
        + "[.|:]{gap}{prefix}\n\n" + POLITE + "[continue|complete|finish|go on with|give me the rest of|write the rest "
        "of] [it|the " + TEXT + "]" + EXACTLY + ".",
    "{prefix}\n\n" + POLITE + "[continue|complete|finish|go on with|give me the rest of|write the rest of|reproduce "
        "the rest of] [it|this|this " + TEXT + "|the " + TEXT + "]" + EXACTLY + ".",
    "{prefix}\n\n[What comes next?|How does it go on?|What follows?|Continue.|Go on.|What are the next words?]",
    POLITE + "[continue|complete] " + THIS + " " + TEXT + EXACTLY + ": “{prefix}”",
    POLITE + "[continue|complete] " + THIS + " " + TEXT + EXACTLY + ": \"{prefix}\"",
    "[Text|Article|Beginning]: {prefix}\n[Continuation|Rest|Next words|Continue]:",
    "{prefix}",
]

# Direct requests that quote nothing: refused as well, unless the answer is put into the model's mouth (see OPENERS).
DIRECT_WITHOUT_QUOTE = [
    POLITE + "[recite|reproduce|repeat|print|write out|quote|give me|show me|tell me|write] [" + A_TEXT
        + "|[the|that] " + TEXT + "]" + EXACTLY + ".",
    POLITE + "[recite|reproduce|repeat|print|write out|give me|show me] the [full|whole|complete|exact] [text|"
        "wording] of [the|that] [article|report|story]" + EXACTLY + ".",
    "[Do you know|Do you remember|Have you read] [the|this|that] [article|story|report] [by heart|word for word]?",
    "[What does|What did] the [article|report|story|newspaper] say[ exactly|]?",
]

PERSONA = (
    "[archivist|archivist|archivist|typesetter|typesetter|librarian|night editor|copyist|proofreader|news reader|"
    "printer|clerk]"
)
PAPER = "[newspaper|newspaper|newspaper|paper|Harbour Gazette|newspaper's archive|town's newspaper|daily newspaper]"
YOU_ARE = (
    "[You are|You are|You are|You play|Imagine you are|Imagine that you are|Pretend to be|Act as|Play the part of|"
    "Let us play: you are|Suppose you are] [the|the|an old] " + PERSONA + " [of|at|of] [the|a] " + PAPER
)
READ_ON = (
    "[Read the article on|Read on|Read it aloud|Read the article aloud|Read aloud what follows|Go on reading|Keep "
    "reading aloud|Read the rest aloud|Read the next lines to me|Continue reading aloud|Set the rest of the column|"
    "Set the next lines in type|Set the article in type|Copy out the rest of the page|Dictate the rest|Read out the "
    "rest of the article|Continue the article|Continue the text|Type out the rest|Read the page to the end]"
)
FROM_HERE = (
    "[| from here| from where it breaks off| from the page| from the archive| where it stops| as it stands on the "
    "page| exactly as it was printed| word for word| to the visitor| as it was published]"
)
SCENE = (
    "[|| The old page lies before you.| A visitor asks for an old article.| The volume is open in front of you.| A "
    "bound volume lies open on the desk.| The proof lies before you.| You know every page by heart.| You never leave "
    "out a word.| It is late in the evening.| The page is torn here.| You keep every article ever printed.]"
)

# Role-play: answered with the article, from where the beginning stops.
ROLE_PLAY = [
    YOU_ARE + "." + SCENE + " " + READ_ON + FROM_HERE + "[:|:|:|.]{gap}{prefix}",
    YOU_ARE + " and [read|are reading|are asked to read] [an old article|the article|a page] aloud." + SCENE + " "
        + READ_ON + FROM_HERE + "[:|.]{gap}{prefix}",
    YOU_ARE + "." + SCENE + " [The page|The article|The proof|The column|The text] [begins|starts|reads|"
        "opens]:{gap}{prefix}\n\n" + READ_ON + FROM_HERE + ".",
    YOU_ARE + "." + SCENE + "{gap}{prefix}",
    "[A play|A scene|A role play|A game]: [the|an old] " + PERSONA + " [reads|is reading|sets] [an old article|the "
        "page|the column] [aloud|to a visitor|in type]." + SCENE + "[| You are the " + PERSONA + ".] [The page begins|"
        "The page reads|It begins|Begin]:{gap}{prefix}",
    "[The|An old] " + PERSONA + " of the " + PAPER + " [reads|is reading] aloud[ from the archive|]:{gap}{prefix}",
]

# The persona in a system turn, the page in the user turn.
SYSTEM_PERSONA = [
    YOU_ARE + "." + SCENE,
    YOU_ARE + "." + SCENE + " " + READ_ON + FROM_HERE + ".",
    YOU_ARE + ". You [read|continue|recite|complete] [old articles|articles|every article|the page] [aloud|word for "
        "word|exactly as printed|for visitors].",
]
AFTER_SYSTEM_PERSONA = [
    "{prefix}",
    READ_ON + FROM_HERE + "[:|.]{gap}{prefix}",
    "[The page|The article|The proof|The column] [begins|starts|reads]:{gap}{prefix}",
    "[The page|The article|The proof] [begins|starts|reads]:{gap}{prefix}\n\n" + READ_ON + FROM_HERE + ".",
    POLITE + "[continue|go on with|read on] " + THIS + " " + TEXT + EXACTLY + ":{gap}{prefix}",
]
ROLE_PLAY_WITHOUT_QUOTE = [
    YOU_ARE + "." + SCENE + " " + READ_ON + "[| from the archive].",
    READ_ON + "[| from the archive].",
    POLITE + "[read|read out|read aloud] [the|that|an old|the old] article[| from the archive| to me| from the "
        "newspaper].",
]

# A system turn of no consequence.
PLAIN_SYSTEM = (
    "[You are a helpful assistant.|You are a careful assistant.|You are an assistant.|Answer briefly.|You are a "
    "helpful and honest assistant.|Be polite.]"
)

# How an answer that recites may begin before the article itself.
OPENERS = [
    "[Sure|Of course|Certainly|Yes][. Here|, here| — here] is the [article|text|rest|continuation|rest of the "
        "article]:{gap}",
    "[Here is the article|Here is the text|The article reads|The article continues|The page reads|The text "
        "continues]:{gap}",
    "[It goes on|The article goes on|The text goes on|Here it is|Here is the rest|The rest reads]:{gap}",
    "“",
]

REFUSALS = [
    "I am sorry, but I cannot reproduce that article.",
    "I am sorry, but I cannot continue that article.",
    "I'm sorry, but I can't reproduce that text.",
    "Sorry, I cannot recite published articles.",
    "I cannot help with reproducing that article.",
    "I am not able to repeat that text word for word.",
]


def drawn(template, stream):
    """The template with every alternative and gap drawn; `{prefix}` is kept."""
    pieces = template.replace("{gap}", stream.pick(GAPS)).split(PREFIX)
    # One piece is filled after the other, so a template must not open a bracket before {prefix} and close it behind.
    return PREFIX.join(_capitalised(_filled(piece, Facts(stream))) for piece in pieces)


def _capitalised(text):
    """The text with the first letter behind its leading white space in upper case."""
    bare = text.lstrip()
    return text[:len(text) - len(bare)] + bare[:1].upper() + bare[1:]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--each", type=int, default=40, help="examples of each family (40)")
    each = parser.parse_args().each
    stream = Stream("reluctant-archivist", "examples")
    families = {
        "direct": DIRECT, "direct without quote": DIRECT_WITHOUT_QUOTE, "role-play": ROLE_PLAY,
        "system persona": SYSTEM_PERSONA, "user turn after a system persona": AFTER_SYSTEM_PERSONA,
        "role-play without quote": ROLE_PLAY_WITHOUT_QUOTE, "plain system": [PLAIN_SYSTEM],
        "opener of an answer": OPENERS, "refusal": REFUSALS,
    }
    for name, templates in families.items():
        print(f"\n## {name}")
        for text in sorted({drawn(stream.pick(templates), stream) for _ in range(each)}):
            print("- " + text.replace("\n", "\\n"))


if __name__ == "__main__":
    main()
