"""Owns the ONNX files of a shape: random weights in the operators that ONNX Runtime runs fastest."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from shapes import CONTEXT, NORM_EPSILON, ROPE_BASE, Shape

MICROSOFT = "com.microsoft"
BLOCK = 32


def four_bits(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """(inputs, outputs) to MatMulNBits' bytes (outputs, blocks, 16) and scales (outputs * blocks)."""
    blocks = weights.T.reshape(weights.shape[1], -1, BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(-1)[..., None], -1)
    scales = largest / -8.0
    integers = np.clip(np.round(blocks / scales) + 8, 0, 15).astype(np.uint8)
    return integers[..., 0::2] | (integers[..., 1::2] << 4), scales.reshape(-1).astype(np.float32)


class Graph:
    """Collects nodes and weights of one kind: int4, int8 or fp32."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.random = np.random.default_rng(0)
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.quantized: set[str] = set()

    def weight(self, name: str, values: np.ndarray) -> str:
        self.weights.append(numpy_helper.from_array(values, name))
        return name

    def node(self, kind: str, inputs: list[str], outputs: list[str], **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, outputs, **attributes))
        return outputs[0]

    def matrix(self, name: str, x: str, inputs: int, outputs: int, result: str | None = None) -> str:
        """x times random weights."""
        weights = self.random.normal(0, inputs**-0.5, (inputs, outputs)).astype(np.float32)
        result = result or f"{name}.out"
        if self.kind == "fp32":
            return self.node("MatMul", [x, self.weight(name, weights)], [result])
        if self.kind == "int4":
            packed, scales = four_bits(weights)
            parts = [x, self.weight(f"{name}.q", packed), self.weight(f"{name}.s", scales)]
            sizes = {"K": inputs, "N": outputs, "bits": 4, "block_size": BLOCK, "accuracy_level": 4}
            return self.node("MatMulNBits", parts, [result], domain=MICROSOFT, **sizes)
        if x not in self.quantized:
            self.quantized.add(x)
            self.node("DynamicQuantizeLinear", [x], [f"{x}.q", f"{x}.s", f"{x}.z"])
        scales = (np.abs(weights).max(0) / 127.0).astype(np.float32)
        integers = np.clip(np.round(weights / scales), -127, 127).astype(np.int8)
        parts = [f"{x}.q", self.weight(f"{name}.q", integers), f"{x}.s", self.weight(f"{name}.s", scales), f"{x}.z"]
        parts.append(self.weight(f"{name}.z", np.zeros(outputs, np.int8)))
        return self.node("MatMulIntegerToFloat", parts, [result], domain=MICROSOFT)

    def norm(self, name: str, stream: str, added: str | None, width: int) -> tuple[str, str]:
        """Adds to the stream and normalizes it: (normalized, stream)."""
        gain = self.weight(f"{name}.gain", np.ones(width, np.float32))
        normed, total = f"{name}.out", f"{name}.stream"
        if added is None:
            self.node("SimplifiedLayerNormalization", [stream, gain], [normed], epsilon=NORM_EPSILON, axis=-1)
            return normed, stream
        outputs = [normed, "", "", total]
        kind = "SkipSimplifiedLayerNormalization"
        self.node(kind, [stream, added, gain], outputs, domain=MICROSOFT, epsilon=NORM_EPSILON)
        return normed, total


def lengths(graph: Graph) -> None:
    """What GroupQueryAttention wants to know of the mask."""
    for name, value in (("one", [1]), ("axis", [1])):
        graph.weight(name, np.array(value, np.int64))
    graph.weight("second", np.array(1, np.int64))
    graph.node("ReduceSum", ["attention_mask", "axis"], ["mask_sum"], keepdims=1)
    graph.node("Sub", ["mask_sum", "one"], ["last"])
    graph.node("Cast", ["last"], ["lengths"], to=TensorProto.INT32)
    graph.node("Shape", ["attention_mask"], ["mask_shape"])
    graph.node("Gather", ["mask_shape", "second"], ["total64"], axis=0)
    graph.node("Cast", ["total64"], ["total"], to=TensorProto.INT32)


def attention(graph: Graph, shape: Shape, layer: int, x: str) -> str:
    fused = graph.matrix(f"qkv.{layer}", x, shape.width, shape.query_width + 2 * shape.kv_width)
    past = [f"past_key_values.{layer}.{part}" for part in ("key", "value")]
    present = [f"present.{layer}.{part}" for part in ("key", "value")]
    inputs = [fused, "", "", *past, "lengths", "total", "cos", "sin"]
    heads = {"num_heads": shape.heads, "kv_num_heads": shape.kv_heads, "do_rotary": 1, "rotary_interleaved": 0}
    graph.node("GroupQueryAttention", inputs, [f"attention.{layer}", *present], domain=MICROSOFT, **heads)
    return graph.matrix(f"o.{layer}", f"attention.{layer}", shape.query_width, shape.width)


def feed_forward(graph: Graph, shape: Shape, layer: int, x: str) -> str:
    gate = graph.matrix(f"gate.{layer}", x, shape.width, shape.feed_forward)
    up = graph.matrix(f"up.{layer}", x, shape.width, shape.feed_forward)
    sigmoid = graph.node("Sigmoid", [gate], [f"sigmoid.{layer}"])
    silu = graph.node("Mul", [gate, sigmoid], [f"silu.{layer}"])
    hidden = graph.node("Mul", [silu, up], [f"hidden.{layer}"])
    return graph.matrix(f"down.{layer}", hidden, shape.feed_forward, shape.width)


def ports(shape: Shape) -> tuple[list, list]:
    def tensor(name: str, kind: int, *sizes: object) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, sizes)

    long, single = TensorProto.INT64, TensorProto.FLOAT
    inputs = [tensor("input_ids", long, "batch", "tokens"), tensor("attention_mask", long, "batch", "all")]
    outputs = [tensor("logits", single, "batch", "tokens", shape.vocab)]
    for layer in range(shape.layers):
        for part in ("key", "value"):
            sizes = ("batch", shape.kv_heads)
            name = f"{layer}.{part}"
            inputs.append(tensor(f"past_key_values.{name}", single, *sizes, "past", shape.head_width))
            outputs.append(tensor(f"present.{name}", single, *sizes, "all", shape.head_width))
    return inputs, outputs


def build(shape: Shape, kind: str) -> onnx.ModelProto:
    graph = Graph(kind)
    table = graph.random.normal(0, 1, (shape.vocab, shape.width)).astype(np.float32)
    graph.node("Gather", [graph.weight("embedding", table), "input_ids"], ["stream"])
    frequencies = ROPE_BASE ** (-np.arange(0, shape.head_width, 2) / shape.head_width)
    angles = np.arange(CONTEXT)[:, None] * frequencies[None]
    graph.weight("cos", np.cos(angles).astype(np.float32))
    graph.weight("sin", np.sin(angles).astype(np.float32))
    lengths(graph)
    stream, added = "stream", None
    for layer in range(shape.layers):
        normed, stream = graph.norm(f"attention_norm.{layer}", stream, added, shape.width)
        added = attention(graph, shape, layer, normed)
        normed, stream = graph.norm(f"ffn_norm.{layer}", stream, added, shape.width)
        added = feed_forward(graph, shape, layer, normed)
    normed, _ = graph.norm("output_norm", stream, added, shape.width)
    graph.matrix("head", normed, shape.width, shape.vocab, "logits")
    body = helper.make_graph(graph.nodes, "decoder", *ports(shape), graph.weights)
    versions = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(body, opset_imports=versions, ir_version=9)


def write(path: Path, shape: Shape, kind: str) -> None:
    partial = path.with_name(path.name + ".partial")
    onnx.save(build(shape, kind), partial)
    partial.rename(path)
