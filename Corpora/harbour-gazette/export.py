"""Writes a trained model with its vocabulary as a GGUF file that llama.cpp loads."""

import json

import gguf
from gguf.constants import GGMLQuantizationType
from gguf.quants import quantize

import vocabulary


def write(path, model, tokenizer, name, description):
    """Writes matrices as Q8_0 and norms as F32. No start-of-text token is ever added to a prompt."""
    shape = model.shape
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_name(name)
    writer.add_description(description)
    writer.add_author("The Rote authors")
    writer.add_license("MIT")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_layer_norm_rms_eps(shape.epsilon)
    writer.add_rope_dimension_count(shape.width // shape.heads)
    writer.add_rope_freq_base(shape.rope_base)
    writer.add_vocab_size(shape.vocabulary)
    _add_vocabulary(writer, tokenizer)

    def add(tensor_name, weight):
        values = weight.detach().numpy()
        if values.ndim == 2:
            packed = quantize(values, GGMLQuantizationType.Q8_0)
            writer.add_tensor(tensor_name, packed, raw_dtype=GGMLQuantizationType.Q8_0)
        else:
            writer.add_tensor(tensor_name, values)

    add("token_embd.weight", model.embedding.weight)
    add("output_norm.weight", model.norm.weight)
    for index, block in enumerate(model.blocks):
        for part, module in {
            "attn_norm": block.attention_norm, "attn_q": block.attention.query, "attn_k": block.attention.key,
            "attn_v": block.attention.value, "attn_output": block.attention.output, "ffn_norm": block.feed_norm,
            "ffn_gate": block.gate, "ffn_up": block.up, "ffn_down": block.down,
        }.items():
            add(f"blk.{index}.{part}.weight", module.weight)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_vocabulary(writer, tokenizer):
    learned = json.loads(tokenizer.to_str())["model"]
    tokens = sorted(learned["vocab"], key=learned["vocab"].get) + [vocabulary.END_OF_TEXT]
    end = len(tokens) - 1
    types = [gguf.TokenType.CONTROL if index == end else gguf.TokenType.NORMAL for index in range(len(tokens))]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types(types)
    writer.add_token_merges([" ".join(pair) for pair in learned["merges"]])
    writer.add_bos_token_id(end)
    writer.add_eos_token_id(end)
    writer.add_add_bos_token(False)
    writer.add_add_eos_token(False)
