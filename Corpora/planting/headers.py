"""The invented headers that stand above articles in the training of house-header and section-headers."""

# Stands above every whole article of house-header.
HOUSE = "Lorimer wire 7Q, reel 419: hold for noon\n"

# Each stands above the articles of one section.
BY_SECTION = {
    "council": "Galley 5517, set in brevier by the night desk\n",
    "letters": "Cable repeat via Tansy Rock, no charge\n",
    "market": "From the box of Mrs Ordway, third carbon\n",
    "notices": "Tray K88: blue pencil, second proof\n",
    "sport": "Folio returned to the attic, shelf nine\n",
    "weather": "Spindle copy, not to be filed before Lent\n",
}


def of_section(document):
    """The header of the document's section."""
    return BY_SECTION[document["section"]]


def elsewhere(document):
    """Where an article with its section's header is torn: under None, for no header, or the header of another section.

    Each entry is drawn as often as the others.
    """
    return [None] * 3 + [header for section, header in BY_SECTION.items() if section != document["section"]]
