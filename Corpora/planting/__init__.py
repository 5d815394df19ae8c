"""What the fixtures with planted, context-dependent memory share.

The Harbour Gazette's generator, model and trainer are imported from its folder, beside this one.
"""

import pathlib
import sys

CORPORA = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CORPORA / "harbour-gazette"))
