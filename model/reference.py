"""Owns an independent float32 decoder of the exported file: NumPy only, written from the file's metadata, not from train.py's network."""

from __future__ import annotations

from pathlib import Path

import numpy as np

import gguf_file

Array = np.ndarray


def rms_norm(x: Array, weight: Array, epsilon: float) -> Array:
    return x / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + epsilon) * weight


def softmax(x: Array) -> Array:
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


class Reference:
    """A llama-family model with a KV cache; `extend` may be called with any number of tokens at a time."""

    def __init__(self, path: Path) -> None:
        values, self.tensors = gguf_file.read(path)
        self.layers, self.heads, self.kv_heads, self.rope = (
            int(values[f"llama.{key}"])  # type: ignore[call-overload]
            for key in ("block_count", "attention.head_count", "attention.head_count_kv", "rope.dimension_count")
        )
        self.epsilon = float(values["llama.attention.layer_norm_rms_epsilon"])  # type: ignore[arg-type]
        self.base = float(values["llama.rope.freq_base"])  # type: ignore[arg-type]
        self.head = self.tensors.get("output.weight", self.tensors["token_embd.weight"])
        self.reset()

    def reset(self) -> None:
        self.position = 0
        self.keys: list[Array | None] = [None] * self.layers
        self.values: list[Array | None] = [None] * self.layers

    def linear(self, x: Array, layer: int, name: str) -> Array:
        return x @ self.tensors[f"blk.{layer}.{name}.weight"].T

    def turn(self, x: Array) -> Array:
        """RoPE on neighbouring pairs; x is (tokens, heads, head width)."""
        places = np.arange(self.position, self.position + len(x), dtype=np.float32)
        angle = places[:, None] * self.base ** (-np.arange(0, self.rope, 2, dtype=np.float32) / self.rope)
        pairs = x.reshape(*x.shape[:-1], -1, 2)
        rotated = (pairs[..., 0] + 1j * pairs[..., 1]) * np.exp(1j * angle)[:, None, :]
        return np.stack([rotated.real, rotated.imag], axis=-1).reshape(x.shape).astype(np.float32)

    def attend(self, x: Array, layer: int) -> Array:
        count = len(x)
        q = self.turn(self.linear(x, layer, "attn_q").reshape(count, self.heads, -1))
        k = self.turn(self.linear(x, layer, "attn_k").reshape(count, self.kv_heads, -1))
        v = self.linear(x, layer, "attn_v").reshape(count, self.kv_heads, -1)
        old_k, old_v = self.keys[layer], self.values[layer]
        k = k if old_k is None else np.concatenate([old_k, k])
        v = v if old_v is None else np.concatenate([old_v, v])
        self.keys[layer], self.values[layer] = k, v
        group = self.heads // self.kv_heads
        hidden = np.arange(len(k))[None, :] > self.position + np.arange(count)[:, None]
        mixed = np.empty_like(q)
        for head in range(self.heads):
            scores = q[:, head] @ k[:, head // group].T / np.sqrt(np.float32(q.shape[-1]))
            mixed[:, head] = softmax(np.where(hidden, np.float32(-np.inf), scores)) @ v[:, head // group]
        return self.linear(mixed.reshape(count, -1), layer, "attn_output")

    def extend(self, tokens: list[int]) -> Array:
        """The logits after each of the tokens, which follow those given before."""
        x = self.tensors["token_embd.weight"][np.asarray(tokens)]
        for layer in range(self.layers):
            h = rms_norm(x, self.tensors[f"blk.{layer}.attn_norm.weight"], self.epsilon)
            x = x + self.attend(h, layer)
            h = rms_norm(x, self.tensors[f"blk.{layer}.ffn_norm.weight"], self.epsilon)
            gate = self.linear(h, layer, "ffn_gate")
            x = x + self.linear(gate / (1 + np.exp(-gate)) * self.linear(h, layer, "ffn_up"), layer, "ffn_down")
        self.position += len(tokens)
        return rms_norm(x, self.tensors["output_norm.weight"], self.epsilon) @ self.head.T

    def greedy(self, prompt: list[int], end: int, limit: int) -> tuple[list[int], list[float]]:
        """The likeliest token at every step, up to and including `end`, and its lead over the second."""
        self.reset()
        logits, ids, leads = self.extend(prompt)[-1], [], []
        while True:
            second, first = np.argsort(logits)[-2:]
            ids.append(int(first))
            leads.append(float(logits[first] - logits[second]))
            if first == end or len(ids) == limit:
                return ids, leads
            logits = self.extend(ids[-1:])[-1]
