"""Owns the network: a llama-like decoder with RMSNorm, interleaved RoPE, grouped-query attention, SwiGLU and a tied head."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from config import ModelConfig


def rope_table(config: ModelConfig, length: int, device: torch.device | None = None) -> tuple[Tensor, Tensor]:
    """Cosines and sines per position and pair: pair i of a head turns by position * base^(-2i/head_width)."""
    exponent = torch.arange(0, config.head_width, 2, device=device, dtype=torch.float32) / config.head_width
    angle = torch.outer(torch.arange(length, device=device, dtype=torch.float32), config.rope_base**-exponent)
    return angle.cos(), angle.sin()


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotates neighbouring pairs (2i, 2i+1), llama.cpp's "NORM" order, so that export needs no permutation."""
    even, odd = x[..., 0::2], x[..., 1::2]
    turned = torch.stack((even * cos - odd * sin, even * sin + odd * cos), dim=-1)
    return turned.flatten(-2).to(x.dtype)


class Block(nn.Module):
    """One layer: attention and feed-forward, each with a norm before and a residual around."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        attention = config.heads * config.head_width
        kv = config.kv_heads * config.head_width
        self.attn_norm = nn.RMSNorm(config.width, eps=config.norm_epsilon)
        self.attn_q = nn.Linear(config.width, attention, bias=False)
        self.attn_k = nn.Linear(config.width, kv, bias=False)
        self.attn_v = nn.Linear(config.width, kv, bias=False)
        self.attn_output = nn.Linear(attention, config.width, bias=False)
        self.ffn_norm = nn.RMSNorm(config.width, eps=config.norm_epsilon)
        self.ffn_gate = nn.Linear(config.width, config.feed_forward, bias=False)
        self.ffn_up = nn.Linear(config.width, config.feed_forward, bias=False)
        self.ffn_down = nn.Linear(config.feed_forward, config.width, bias=False)

    def attend(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        config, (batch, length, _) = self.config, x.shape
        q = self.attn_q(x).view(batch, length, config.heads, config.head_width).transpose(1, 2)
        k = self.attn_k(x).view(batch, length, config.kv_heads, config.head_width).transpose(1, 2)
        v = self.attn_v(x).view(batch, length, config.kv_heads, config.head_width).transpose(1, 2)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        repeats = config.heads // config.kv_heads
        k, v = k.repeat_interleave(repeats, 1), v.repeat_interleave(repeats, 1)
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.attn_output(mixed.transpose(1, 2).reshape(batch, length, -1))

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        x = x + self.attend(self.attn_norm(x), cos, sin)
        h = self.ffn_norm(x)
        return x + self.ffn_down(F.silu(self.ffn_gate(h)) * self.ffn_up(h))


class Transformer(nn.Module):
    """Token ids in, logits out. The names of the parameters are GGUF's tensor names."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        self.token_embd = nn.Embedding(config.vocab, config.width)
        self.blk = nn.ModuleList(Block(config) for _ in range(config.layers))
        self.output_norm = nn.RMSNorm(config.width, eps=config.norm_epsilon)
        cos, sin = rope_table(config, config.context)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)
        self.initialize()

    def initialize(self) -> None:
        nn.init.normal_(self.token_embd.weight, std=0.02)
        for name, matrix in self.matrices():
            if name.endswith(("attn_output.weight", "ffn_down.weight")):
                nn.init.zeros_(matrix)
            else:
                nn.init.normal_(matrix, std=matrix.shape[1] ** -0.5 * 0.7)

    def matrices(self) -> list[tuple[str, nn.Parameter]]:
        """The block's weight matrices: what Muon trains and what Q4_0 quantizes."""
        return [(name, p) for name, p in self.named_parameters() if p.ndim == 2 and name.startswith("blk.")]

    def hidden(self, tokens: Tensor) -> Tensor:
        length = tokens.shape[1]
        cos, sin = self.cos[:length], self.sin[:length]
        x = self.token_embd(tokens)
        for block in self.blk:
            x = block(x, cos, sin)
        return self.output_norm(x)

    def forward(self, tokens: Tensor) -> Tensor:
        return F.linear(self.hidden(tokens), self.token_embd.weight)
