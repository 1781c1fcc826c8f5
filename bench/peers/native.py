"""Measures ONNX Runtime outside the browser, one thread: python native.py a, one JSON line a model."""

from __future__ import annotations

import json
import statistics
import sys
import time

import numpy as np
import onnxruntime

from shapes import SHAPES, Shape

PROMPT, STEPS, ROUNDS = 256, 100, 5


class Session:
    """A model and the keys and values of what it has read."""

    def __init__(self, shape: Shape, kind: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        path = shape.folder / f"{kind}.onnx"
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self.names = [output.name.replace("present", "past_key_values") for output in self.session.get_outputs()[1:]]
        self.empty = np.zeros((1, shape.kv_heads, 0, shape.head_width), np.float32)
        self.reset()

    def reset(self) -> None:
        self.past = {name: self.empty for name in self.names}
        self.length = 0

    def read(self, tokens: list[int]) -> float:
        """Milliseconds."""
        length = self.length + len(tokens)
        inputs = {"input_ids": np.array([tokens]), "attention_mask": np.ones((1, length), np.int64), **self.past}
        started = time.perf_counter()
        outputs = self.session.run(None, inputs)
        took = (time.perf_counter() - started) * 1e3
        self.past = dict(zip(self.names, outputs[1:]))
        self.length = length
        return took


def measure(shape: Shape, kind: str) -> dict[str, object]:
    session = Session(shape, kind)
    prompt = [index * 7919 % shape.vocab for index in range(PROMPT)]
    prefill = []
    for _ in range(ROUNDS):
        session.reset()
        prefill.append(session.read(prompt))
    session.read(prompt)  # the steps begin at 512 tokens of context
    steps = [session.read([5]) for _ in range(STEPS)]
    return {
        "engine": f"native onnxruntime {kind}",
        "decode_tok_s": round(1e3 / statistics.median(steps)),
        "prefill_256_ms": round(statistics.median(prefill), 1),
    }


if __name__ == "__main__":
    for kind in ("int4", "int8", "fp32"):
        print(json.dumps(measure(SHAPES[sys.argv[1]], kind)), flush=True)
