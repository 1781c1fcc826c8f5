"""Owns a head start for attention: heads of the first layers are set to look at the tokens just before and to copy what followed them earlier.

With little compute a network stays at bigrams for long before attention finds these two circuits (previous-token heads and
induction heads). Writing them into the weights of a bigram-level checkpoint skips that plateau; training then refines them.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor

from batches import Batches
from checkpoint import load_weights
from config import SIZES, ModelConfig
from transformer import Transformer

LOOK_LAYER, COPY_LAYER = 0, 1
OFFSETS = (1, 2, 3)  # one head each; together with the token's own code they fill the width
FAST_PAIRS, SLOW_PAIRS = 8, 14  # RoPE pairs that tell neighbours apart, and pairs that hardly turn within a context


@dataclass(frozen=True)
class Strength:
    """How sharply the heads look, and how loudly they speak."""

    look: float = 4.0
    write: float = 0.5
    match: float = 10.0
    copy: float = 1.0


@dataclass(frozen=True)
class Codes:
    """What the embeddings offer: what all tokens share, and directions that tell tokens apart."""

    shared: Tensor  # reads about 1 from every normalized embedding
    identity: Tensor  # (head width, width), orthonormal rows
    spread: Tensor  # standard deviation along each row
    places: list[Tensor]  # per offset (width, head width), orthonormal columns


def codes(config: ModelConfig, embedded: Tensor) -> Codes:
    """From normalized embeddings (tokens of real text, width)."""
    gram = embedded.T @ embedded / len(embedded)
    mean = embedded.mean(0)
    shared = torch.linalg.solve(gram + 1e-3 * torch.eye(config.width), mean)  # least squares towards the constant 1
    centred = embedded - mean
    vectors = torch.linalg.svd(centred, full_matrices=True)[2]
    width = config.head_width
    identity = vectors[:width]
    rest = vectors[width : config.width - 1]
    size = len(rest) // len(OFFSETS)
    order = torch.randperm(len(rest), generator=torch.Generator().manual_seed(3))
    places = []
    for i in range(len(OFFSETS)):
        columns = torch.zeros(config.width, width)
        columns[:, :size] = rest[order[i * size : (i + 1) * size]].T
        places.append(columns)
    return Codes(shared, identity, (centred @ identity.T).std(0), places)


def set_looking(model: Transformer, found: Codes, strength: Strength) -> None:
    """Head h attends to the token OFFSETS[h] back and writes its identity into a place of its own."""
    config, block = model.config, model.blk[LOOK_LAYER]
    width = config.head_width
    amplitude = (strength.look * width**0.5) ** 0.5
    for p in (block.attn_q, block.attn_k, block.attn_v, block.attn_output):
        p.weight.zero_()
    block.attn_norm.weight.fill_(1.0)
    block.attn_v.weight.copy_(found.identity)
    block.attn_k.weight[0 : 2 * FAST_PAIRS : 2] = amplitude * found.shared
    for head, offset in enumerate(OFFSETS):
        for pair in range(FAST_PAIRS):
            angle = torch.tensor(offset * config.rope_base ** (-2 * pair / width))
            block.attn_q.weight[head * width + 2 * pair] = amplitude * angle.cos() * found.shared
            block.attn_q.weight[head * width + 2 * pair + 1] = -amplitude * angle.sin() * found.shared
        block.attn_output.weight[:, head * width : (head + 1) * width] = strength.write * found.places[head]


def set_copying(model: Transformer, found: Codes, inputs: Tensor, strength: Strength) -> None:
    """Attends to the places whose predecessors are the tokens here, and adds the token there to the prediction."""
    config, block = model.config, model.blk[COPY_LAYER]
    width, slow = config.head_width, slice(config.head_width - 2 * SLOW_PAIRS, config.head_width)
    for p in (block.attn_q, block.attn_k, block.attn_v, block.attn_output):
        p.weight.zero_()
    block.attn_norm.weight.fill_(1.0)
    normed = block.attn_norm(inputs).flatten(0, 1)
    mixer = torch.randn(2, 2 * SLOW_PAIRS, width, generator=torch.Generator().manual_seed(4))

    def reader(directions: Tensor) -> Tensor:
        """Directions scaled so that what is read has unit spread on real text; unread rows stay zero."""
        spread = (normed @ directions.T).std(0)
        return torch.where(spread > 1e-4, 1 / spread.clamp(min=1e-4), torch.zeros(()))[:, None] * directions

    own, before, before_that = reader(found.identity), reader(found.places[0].T), reader(found.places[1].T)
    size = int((found.places[0].abs().sum(0) > 0).sum())
    scale = (strength.match * width**0.5 / size / (2 * SLOW_PAIRS)) ** 0.5
    mixer[:, :, size:] = 0
    near, far = scale * mixer[0], scale * mixer[1]
    block.attn_k.weight[slow] = near @ before + 0.8 * far @ before_that
    block.attn_v.weight.copy_(found.identity)
    for head in range(config.heads):
        both = head % 2 == 0
        rows = slice(head * width + slow.start, head * width + slow.stop)
        block.attn_q.weight[rows] = near @ own + (0.8 * far @ before if both else 0.0)
        out = strength.copy * found.identity.T * (1.5 if both else 0.5) / config.heads
        block.attn_output.weight[:, head * width : (head + 1) * width] = out


@torch.no_grad()
def install(model: Transformer, tokens: Tensor, strength: Strength) -> None:
    """Rewrites the attention of two layers; everything else stays."""
    x = model.token_embd(tokens)
    length = tokens.shape[1]
    found = codes(model.config, (x / x.pow(2).mean(-1, keepdim=True).sqrt()).flatten(0, 1))
    set_looking(model, found, strength)
    x = model.blk[LOOK_LAYER](x, model.cos[:length], model.sin[:length])
    set_copying(model, found, x, strength)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="nano")
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    config = SIZES[arguments.size]
    model, batches = Transformer(config), Batches(config, torch.device("cpu"))
    load_weights(model, arguments.weights)
    install(model, batches.tensors(batches.rows(0, 16))[0], Strength())
    save_file({name: p.detach().contiguous() for name, p in model.named_parameters()}, arguments.out)


if __name__ == "__main__":
    main()
