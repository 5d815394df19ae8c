"""Writes a trained model as a GGUF file with a token that llama.cpp puts before every text."""

import pathlib
import tempfile

import gguf
from gguf.scripts.gguf_new_metadata import MetadataDetails, copy_with_new_metadata

import export
from planting import tokens as vocabulary


def write(path, model, tokens, name, description, chat_template=None):
    """Writes the model as the Harbour Gazette's exporter does, then adds the control tokens and the chat template."""
    with tempfile.TemporaryDirectory() as directory:
        bare = pathlib.Path(directory) / "bare.gguf"
        export.write(bare, model, tokens.tokenizer, name, description)
        reader = gguf.GGUFReader(bare)
        writer = gguf.GGUFWriter(path, "llama")
        copy_with_new_metadata(reader, writer, _vocabulary(reader, tokens, chat_template), [])


def _vocabulary(reader, tokens, chat_template):
    names = gguf.Keys.Tokenizer
    kinds = gguf.GGUFValueType

    def extended(key, added):
        field = reader.get_field(key)
        return MetadataDetails(kinds.ARRAY, list(field.contents()) + added, sub_type=field.types[-1])

    control = int(gguf.TokenType.CONTROL)
    changed = {
        names.LIST: extended(names.LIST, vocabulary.ADDED),
        names.TOKEN_TYPE: extended(names.TOKEN_TYPE, [control] * len(vocabulary.ADDED)),
        names.BOS_ID: MetadataDetails(kinds.UINT32, tokens.begin),
        names.EOS_ID: MetadataDetails(kinds.UINT32, tokens.end_of_text),
        names.EOT_ID: MetadataDetails(kinds.UINT32, tokens.end_of_turn),
        names.ADD_BOS: MetadataDetails(kinds.BOOL, True),
    }
    if chat_template:
        changed[names.CHAT_TEMPLATE] = MetadataDetails(kinds.STRING, chat_template)
    return changed
