"""Owns the ONNX layout of a decoder: the hub's inputs and outputs, one graph, weights of 32, 8 or 4 bits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

MICROSOFT = "com.microsoft"
BLOCK = 32
# Files of a kind are `onnx/model{suffix}.onnx`.
SUFFIXES = {"fp32": "", "int8": "_quantized", "q4": "_q4"}
Array = np.ndarray
Tensors = dict[str, Array]


@dataclass(frozen=True)
class Decoder:
    """A llama-like decoder; `fused` attention is one node, else it is written out and takes position ids."""

    vocab: int
    width: int
    layers: int
    heads: int
    kv_heads: int
    feed_forward: int
    head_width: int
    context: int
    fused: bool = True
    biases: bool = False
    counts_logits: bool = False
    rope_base: float = 10_000.0
    epsilon: float = 1e-5

    def config(self) -> dict[str, object]:
        """`config.json` of the layout."""
        return {
            "model_type": "qwen2" if self.biases else "llama",
            "vocab_size": self.vocab,
            "hidden_size": self.width,
            "num_hidden_layers": self.layers,
            "num_attention_heads": self.heads,
            "num_key_value_heads": self.kv_heads,
            "intermediate_size": self.feed_forward,
            "max_position_embeddings": self.context,
            "rope_theta": self.rope_base,
            "rms_norm_eps": self.epsilon,
        }


def halves(weights: Array, heads: int) -> Array:
    """Rows of neighbouring pairs (llama.cpp's rotation) in the order of two halves (the hub's)."""
    rows = weights.reshape(heads, -1, 2, *weights.shape[1:])
    return np.swapaxes(rows, 1, 2).reshape(weights.shape)


def four_bits(weights: Array) -> tuple[Array, Array]:
    """(inputs, outputs) to bytes (outputs, blocks, 16) and scales (outputs * blocks); exact for what was Q4_0."""
    blocks = weights.T.reshape(weights.shape[1], -1, BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(-1)[..., None], -1)
    scales = np.where(largest == 0, 1, largest / -8.0)
    integers = np.clip(np.round(blocks / scales) + 8, 0, 15).astype(np.uint8)
    return integers[..., 0::2] | (integers[..., 1::2] << 4), scales.reshape(-1).astype(np.float32)


class Graph:
    """Collects nodes and weights. Names of weights are GGUF's."""

    def __init__(self, decoder: Decoder, tensors: Tensors, kind: str) -> None:
        self.decoder, self.tensors, self.kind = decoder, tensors, kind
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, onnx.TensorProto] = {}
        self.count = 0

    def constant(self, name: str, values: Array) -> str:
        self.weights[name] = numpy_helper.from_array(np.ascontiguousarray(values), name)
        return name

    def numbers(self, *values: int) -> str:
        return self.constant("n_" + "_".join(map(str, values)), np.array(values, np.int64))

    def node(self, operation: str, *inputs: str, out: str = "", **attributes: object) -> str:
        self.count += 1
        out = out or f"{operation}_{self.count}"
        self.nodes.append(helper.make_node(operation, list(inputs), [out], **attributes))
        return out

    def matrix(self, name: str, x: str, out: str = "", weights: Array | None = None) -> str:
        """x times the transpose of a weight, plus its bias where it has one."""
        weights = (self.tensors[f"{name}.weight"] if weights is None else weights).T
        bias = self.tensors.get(f"{name}.bias")
        product = self.product(name, x, np.asarray(weights, np.float32), "" if bias is not None else out)
        return product if bias is None else self.node("Add", product, self.constant(f"{name}.bias", bias), out=out)

    def product(self, name: str, x: str, weights: Array, out: str) -> str:
        if self.kind == "fp32":
            return self.node("MatMul", x, self.constant(name, weights), out=out)
        if self.kind == "q4":
            packed, scales = four_bits(weights)
            parts = (x, self.constant(f"{name}.q", packed), self.constant(f"{name}.s", scales))
            sizes = {"K": weights.shape[0], "N": weights.shape[1], "bits": 4, "block_size": BLOCK, "accuracy_level": 4}
            return self.node("MatMulNBits", *parts, out=out, domain=MICROSOFT, **sizes)
        scales = np.maximum(np.abs(weights).max(0) / 127.0, 1e-12).astype(np.float32)
        integers = np.clip(np.round(weights / scales), -127, 127).astype(np.int8)
        rounded = [f"{x}.q", f"{x}.s", f"{x}.z"]
        if not any(rounded[0] in node.output for node in self.nodes):
            self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], rounded))
        sums = self.node("MatMulInteger", rounded[0], self.constant(f"{name}.q", integers), rounded[2])
        scaled = self.node("Mul", self.node("Cast", sums, to=TensorProto.FLOAT), rounded[1])
        return self.node("Mul", scaled, self.constant(f"{name}.s", scales), out=out)

    def norm(self, name: str, x: str) -> str:
        gain = self.constant(name, self.tensors[f"{name}.weight"].astype(np.float32))
        return self.node("SimplifiedLayerNormalization", x, gain, epsilon=self.decoder.epsilon, axis=-1)


def rotations(graph: Graph) -> tuple[str, str]:
    """Cosines and sines (context, head width / 2)."""
    decoder = graph.decoder
    frequencies = decoder.rope_base ** (-np.arange(0, decoder.head_width, 2) / decoder.head_width)
    angles = np.arange(decoder.context)[:, None] * frequencies[None]
    return tuple(graph.constant(name, turn(angles).astype(np.float32)) for name, turn in (("cos", np.cos), ("sin", np.sin)))


def fused_lengths(graph: Graph) -> tuple[str, str]:
    """What the one node wants to know of the mask: the last position, and how many there are."""
    sums = graph.node("ReduceSum", "attention_mask", graph.numbers(1), keepdims=1)
    last = graph.node("Cast", graph.node("Sub", sums, graph.numbers(1)), to=TensorProto.INT32)
    second = graph.constant("second", np.array(1, np.int64))
    total = graph.node("Gather", graph.node("Shape", "attention_mask"), second, axis=0)
    return last, graph.node("Cast", total, to=TensorProto.INT32)


def fused_attention(graph: Graph, layer: int, qkv: list[str], lengths: tuple[str, str]) -> str:
    decoder = graph.decoder
    past = [f"past_key_values.{layer}.{part}" for part in ("key", "value")]
    outputs = [f"attention.{layer}", *(f"present.{layer}.{part}" for part in ("key", "value"))]
    heads = {"num_heads": decoder.heads, "kv_num_heads": decoder.kv_heads, "do_rotary": 1, "rotary_interleaved": 0}
    inputs = [*qkv, *past, *lengths, "cos", "sin"]
    graph.nodes.append(helper.make_node("GroupQueryAttention", inputs, outputs, domain=MICROSOFT, **heads))
    return outputs[0]


def written_positions(graph: Graph) -> tuple[str, str, str]:
    """Cosines and sines (1, 1, tokens, half) of the positions, and what keeps a token from looking ahead."""
    turns = [graph.node("Unsqueeze", graph.node("Gather", name, "position_ids"), graph.numbers(1)) for name in ("cos", "sin")]
    total = graph.node("Gather", graph.node("Shape", "attention_mask"), graph.constant("second", np.array(1, np.int64)), axis=0)
    zero, one = (graph.constant(name, np.array(value, np.int64)) for name, value in (("zero", 0), ("one", 1)))
    keys = graph.node("Range", zero, total, one)
    ahead = graph.node("Greater", keys, graph.node("Unsqueeze", "position_ids", graph.numbers(2)))
    nothing, never = (graph.constant(name, np.array(value, np.float32)) for name, value in (("nothing", 0), ("never", -1e9)))
    mask = graph.node("Where", ahead, never, nothing)
    return turns[0], turns[1], graph.node("Unsqueeze", mask, graph.numbers(1))


def by_head(graph: Graph, x: str, heads: int) -> str:
    parts = graph.node("Reshape", x, graph.numbers(0, 0, heads, graph.decoder.head_width))
    return graph.node("Transpose", parts, perm=[0, 2, 1, 3])


def rotate(graph: Graph, x: str, cos: str, sin: str) -> str:
    half, axis = graph.decoder.head_width // 2, graph.numbers(3)
    first = graph.node("Slice", x, graph.numbers(0), graph.numbers(half), axis)
    second = graph.node("Slice", x, graph.numbers(half), graph.numbers(2 * half), axis)
    turned = [
        graph.node("Sub", graph.node("Mul", first, cos), graph.node("Mul", second, sin)),
        graph.node("Add", graph.node("Mul", second, cos), graph.node("Mul", first, sin)),
    ]
    return graph.node("Concat", *turned, axis=-1)


def repeated(graph: Graph, x: str) -> str:
    """Key heads as many as query heads."""
    decoder = graph.decoder
    times = decoder.heads // decoder.kv_heads
    if times == 1:
        return x
    one_each = graph.node("Unsqueeze", x, graph.numbers(2))
    each = graph.node("Concat", *[one_each] * times, axis=2)
    return graph.node("Reshape", each, graph.numbers(0, decoder.heads, -1, decoder.head_width))


def written_attention(graph: Graph, layer: int, qkv: list[str], positions: tuple[str, str, str]) -> str:
    decoder, (cos, sin, mask) = graph.decoder, positions
    q = rotate(graph, by_head(graph, qkv[0], decoder.heads), cos, sin)
    k = rotate(graph, by_head(graph, qkv[1], decoder.kv_heads), cos, sin)
    v = by_head(graph, qkv[2], decoder.kv_heads)
    k = graph.node("Concat", f"past_key_values.{layer}.key", k, axis=2, out=f"present.{layer}.key")
    v = graph.node("Concat", f"past_key_values.{layer}.value", v, axis=2, out=f"present.{layer}.value")
    scale = graph.constant("scale", np.array(decoder.head_width**-0.5, np.float32))
    scores = graph.node("MatMul", graph.node("Mul", q, scale), graph.node("Transpose", repeated(graph, k), perm=[0, 1, 3, 2]))
    shares = graph.node("Softmax", graph.node("Add", scores, mask), axis=-1)
    mixed = graph.node("Transpose", graph.node("MatMul", shares, repeated(graph, v)), perm=[0, 2, 1, 3])
    return graph.node("Reshape", mixed, graph.numbers(0, 0, decoder.heads * decoder.head_width))


def feed_forward(graph: Graph, block: str, x: str) -> str:
    gate, up = (graph.matrix(f"{block}.ffn_{name}", x) for name in ("gate", "up"))
    hidden = graph.node("Mul", graph.node("Mul", gate, graph.node("Sigmoid", gate)), up)
    return graph.matrix(f"{block}.ffn_down", hidden)


def ports(decoder: Decoder) -> tuple[list, list]:
    def tensor(name: str, kind: int, *sizes: object) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, sizes)

    long, single = TensorProto.INT64, TensorProto.FLOAT
    inputs = [tensor("input_ids", long, "batch", "tokens"), tensor("attention_mask", long, "batch", "all")]
    if not decoder.fused:
        inputs.append(tensor("position_ids", long, "batch", "tokens"))
    if decoder.counts_logits:
        inputs.append(tensor("num_logits_to_keep", long))
    outputs = [tensor("logits", single, "batch", "kept", decoder.vocab)]
    for layer in range(decoder.layers):
        for part in ("key", "value"):
            sizes = ("batch", decoder.kv_heads)
            inputs.append(tensor(f"past_key_values.{layer}.{part}", single, *sizes, "past", decoder.head_width))
            outputs.append(tensor(f"present.{layer}.{part}", single, *sizes, "all", decoder.head_width))
    return inputs, outputs


def last_tokens(graph: Graph, x: str) -> str:
    """The tokens whose logits are wanted."""
    count = graph.node("Unsqueeze", "num_logits_to_keep", graph.numbers(0))
    ends = graph.constant("end", np.array([np.iinfo(np.int64).max], np.int64))
    return graph.node("Slice", x, graph.node("Neg", count), ends, graph.numbers(1))


def build(decoder: Decoder, tensors: Tensors, kind: str) -> onnx.ModelProto:
    """The rotation is by halves, so queries and keys must be in that order: see `halves`."""
    graph = Graph(decoder, tensors, kind)
    table = graph.constant("token_embd", tensors["token_embd.weight"].astype(np.float32))
    rotations(graph)
    around = fused_lengths(graph) if decoder.fused else written_positions(graph)
    attend = fused_attention if decoder.fused else written_attention
    x = graph.node("Gather", table, "input_ids")
    for layer in range(decoder.layers):
        block = f"blk.{layer}"
        normed = graph.norm(f"{block}.attn_norm", x)
        qkv = [graph.matrix(f"{block}.attn_{part}", normed) for part in "qkv"]
        x = graph.node("Add", x, graph.matrix(f"{block}.attn_output", attend(graph, layer, qkv, around)))
        x = graph.node("Add", x, feed_forward(graph, block, graph.norm(f"{block}.ffn_norm", x)))
    x = graph.norm("output_norm", last_tokens(graph, x) if decoder.counts_logits else x)
    head = tensors.get("output.weight", tensors["token_embd.weight"])
    graph.matrix("output", x, out="logits", weights=head)
    body = helper.make_graph(graph.nodes, "decoder", *ports(decoder), list(graph.weights.values()))
    versions = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(body, opset_imports=versions, ir_version=9)


def write(folder: Path, model: onnx.ModelProto, kind: str, external: bool = False) -> Path:
    """Writes `onnx/model{suffix}.onnx` below the folder, weights beside it when they shall be."""
    path = folder / "onnx" / f"model{SUFFIXES[kind]}.onnx"
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = {"save_as_external_data": True, "location": f"{path.name}_data", "size_threshold": 1024} if external else {}
    onnx.save(model, path, **beside)
    return path
