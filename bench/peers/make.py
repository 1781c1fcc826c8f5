"""Makes the files of the shapes that are not there yet: python make.py a b qwen2"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import gguf_model
import onnx_model
from gguf import GGMLQuantizationType as Kind
from shapes import SHAPES, Shape

ONNX_KINDS = ("int4", "int8", "fp32")


def make(shape: Shape) -> None:
    shape.folder.mkdir(parents=True, exist_ok=True)
    for kind in (Kind.Q4_0,) if shape.qwen2 else (Kind.Q4_0, Kind.Q8_0):
        path = shape.folder / f"{kind.name.lower()}.gguf"
        if not path.exists():
            gguf_model.write(path, shape, kind)
    for kind in () if shape.qwen2 else ONNX_KINDS:
        path = shape.folder / f"{kind}.onnx"
        if not path.exists():
            onnx_model.write(path, shape, kind)
    (shape.folder / "shape.json").write_text(json.dumps(asdict(shape)))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        make(SHAPES[name])
