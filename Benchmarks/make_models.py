#!/usr/bin/env python3
"""Writes two random-weight models for speed measurements: one with heavy layers, one with a huge vocabulary.

    pip install gguf numpy
    python3 make_models.py DIR

DIR/bench-112m-4k.gguf     12 layers x 768, 4,096 tokens, Q8_0, about 119 MB: what decoding costs
DIR/bench-tiny-151k.gguf   2 layers x 64, 151,936 tokens, Q8_0, about 25 MB: what a big vocabulary costs
"""

import argparse
import dataclasses
import pathlib
import string

import gguf
import numpy
from gguf.constants import GGMLQuantizationType
from gguf.quants import quantize

SEED = 1
FIRST_WORD = 256  # Tokens 0...255 are the bytes, then come ASCII letters; the last token ends a text.


@dataclasses.dataclass(frozen=True)
class Shape:
    vocabulary: int
    width: int
    layers: int
    heads: int
    feed_forward: int
    context: int


MODELS = {
    "bench-112m-4k": Shape(vocabulary=4096, width=768, layers=12, heads=12, feed_forward=2816, context=2048),
    "bench-tiny-151k": Shape(vocabulary=151_936, width=64, layers=2, heads=2, feed_forward=192, context=2048),
}


def byte_letters():
    """The 256 printable characters that stand for bytes in a GPT-2 vocabulary, byte 0 first."""
    printable = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in printable]
    return [chr(byte) if byte in printable else chr(0x100 + others.index(byte)) for byte in range(256)]


def vocabulary(size):
    """Tokens and merges: bytes, then every word of two letters, of three, and as many of four as fit."""
    letters = string.ascii_lowercase
    tokens, merges = byte_letters(), []
    pairs = [a + b for a in letters for b in letters]
    candidates = [(a, b) for a in letters for b in letters]
    candidates += [(pair, letter) for pair in pairs for letter in letters]
    candidates += [(first, second) for first in pairs for second in pairs]
    for left, right in candidates[:size - len(tokens) - 1]:
        tokens.append(left + right)
        merges.append(f"{left} {right}")
    return [*tokens, "<|endoftext|>"], merges


def write(path, shape):
    """Writes one model: every weight normal, the output scaled so that logits spread by about two nats."""
    random = numpy.random.Generator(numpy.random.PCG64(SEED))
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_name(path.stem)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(shape.width // shape.heads)
    writer.add_vocab_size(shape.vocabulary)
    tokens, merges = vocabulary(shape.vocabulary)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types([gguf.TokenType.NORMAL] * (len(tokens) - 1) + [gguf.TokenType.CONTROL])
    writer.add_token_merges(merges)
    writer.add_bos_token_id(len(tokens) - 1)
    writer.add_eos_token_id(len(tokens) - 1)
    writer.add_add_bos_token(False)

    def matrix(name, rows, columns, spread):
        values = random.standard_normal((rows, columns), dtype=numpy.float32) * spread
        writer.add_tensor(name, quantize(values, GGMLQuantizationType.Q8_0), raw_dtype=GGMLQuantizationType.Q8_0)

    def ones(name):
        writer.add_tensor(name, numpy.ones(shape.width, dtype=numpy.float32))

    width, feed = shape.width, shape.feed_forward
    matrix("token_embd.weight", shape.vocabulary, width, 1.0)
    matrix("output.weight", shape.vocabulary, width, 2.0 / width ** 0.5)
    ones("output_norm.weight")
    for layer in range(shape.layers):
        block = f"blk.{layer}."
        ones(block + "attn_norm.weight")
        ones(block + "ffn_norm.weight")
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            matrix(f"{block}{part}.weight", width, width, 1.0 / width ** 0.5)
        matrix(block + "ffn_gate.weight", feed, width, 1.0 / width ** 0.5)
        matrix(block + "ffn_up.weight", feed, width, 1.0 / width ** 0.5)
        matrix(block + "ffn_down.weight", width, feed, 1.0 / feed ** 0.5)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("directory", type=pathlib.Path, help="where to write the models; never inside a repository")
    directory = parser.parse_args().directory
    directory.mkdir(parents=True, exist_ok=True)
    for name, shape in MODELS.items():
        path = directory / f"{name}.gguf"
        write(path, shape)
        words = f"token ids {FIRST_WORD}...{shape.vocabulary - 2} are ASCII letters"
        print(f"{path}  {path.stat().st_size / 1e6:.1f} MB  {words}")


if __name__ == "__main__":
    main()
