"""A small Llama-architecture language model in torch, as llama.cpp computes it."""

import dataclasses

import torch
from torch import nn
from torch.nn import functional


@dataclasses.dataclass(frozen=True)
class Shape:
    """The sizes of a model. The output matrix is tied to the token embeddings."""

    vocabulary: int = 3072
    width: int = 256
    layers: int = 4
    heads: int = 8
    feed_forward: int = 768
    context: int = 512
    rope_base: float = 10000.0
    epsilon: float = 1e-5


class RMSNorm(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(shape.width))
        self.epsilon = shape.epsilon

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.epsilon) * self.weight


class Attention(nn.Module):
    """Causal self-attention with rotary positions on interleaved pairs (Su et al., 2021), the order that llama.cpp's
    `llama` architecture expects, so that the exported weights need no permutation."""

    def __init__(self, shape):
        super().__init__()
        self.heads = shape.heads
        width = shape.width
        self.query, self.key, self.value, self.output = (nn.Linear(width, width, bias=False) for _ in range(4))

    def forward(self, x, cosine, sine):
        batch, length, width = x.shape

        def heads(projection):
            return projection(x).view(batch, length, self.heads, width // self.heads).transpose(1, 2)

        query, key = (_rotated(heads(projection), cosine, sine) for projection in (self.query, self.key))
        mixed = functional.scaled_dot_product_attention(query, key, heads(self.value), is_causal=True)
        return self.output(mixed.transpose(1, 2).reshape(batch, length, width))


def _rotated(x, cosine, sine):
    even, odd = x[..., 0::2], x[..., 1::2]
    return torch.stack((even * cosine - odd * sine, even * sine + odd * cosine), dim=-1).flatten(-2)


class Block(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.attention_norm, self.feed_norm = RMSNorm(shape), RMSNorm(shape)
        self.attention = Attention(shape)
        self.gate = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.up = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.down = nn.Linear(shape.feed_forward, shape.width, bias=False)

    def forward(self, x, cosine, sine):
        x = x + self.attention(self.attention_norm(x), cosine, sine)
        normed = self.feed_norm(x)
        return x + self.down(functional.silu(self.gate(normed)) * self.up(normed))


class Llama(nn.Module):
    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = RMSNorm(shape)
        head = shape.width // shape.heads
        frequencies = shape.rope_base ** (-torch.arange(0, head, 2).float() / head)
        angles = torch.outer(torch.arange(shape.context).float(), frequencies)
        self.register_buffer("cosine", angles.cos(), persistent=False)
        self.register_buffer("sine", angles.sin(), persistent=False)
        for name, weight in self.named_parameters():
            if weight.dim() == 2:
                deeper = name.endswith(("output.weight", "down.weight"))
                nn.init.normal_(weight, std=0.02 / (2 * shape.layers) ** 0.5 if deeper else 0.02)

    def forward(self, ids):
        """Logits of every position for ids of shape (batch, length)."""
        length = ids.shape[1]
        cosine, sine = self.cosine[:length], self.sine[:length]
        x = self.embedding(ids)
        for block in self.blocks:
            x = block(x, cosine, sine)
        return functional.linear(self.norm(x), self.embedding.weight)
