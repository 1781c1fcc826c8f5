"""Owns the greedy answers of native ONNX Runtime: {"model", "prompts", "tokens"} on stdin, per prompt on stdout the tokens and
how far each is ahead of the second."""

from __future__ import annotations

import json
import sys

import numpy as np
import onnxruntime


def greedy(session: onnxruntime.InferenceSession, prompt: list[int], tokens: int) -> dict[str, list]:
    pasts = [value for value in session.get_inputs() if value.name.startswith("past_key_values.")]
    past = {value.name: np.zeros((1, value.shape[1], 0, value.shape[3]), np.float32) for value in pasts}
    names = [output.name for output in session.get_outputs()]
    read, held, answer = prompt, 0, {"tokens": [], "leads": []}
    while len(answer["tokens"]) < tokens:
        held += len(read)
        feeds = {"input_ids": np.array([read], np.int64), "attention_mask": np.ones((1, held), np.int64), **past}
        outputs = dict(zip(names, session.run(names, feeds)))
        past = {name: outputs[name.replace("past_key_values", "present")] for name in past}
        logits = outputs["logits"][0, -1]
        second, first = np.sort(logits)[-2:]
        answer["tokens"].append(int(logits.argmax()))
        answer["leads"].append(float(first - second))
        read = answer["tokens"][-1:]
    return answer


if __name__ == "__main__":
    wanted = json.load(sys.stdin)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    model = onnxruntime.InferenceSession(wanted["model"], options, providers=["CPUExecutionProvider"])
    print(json.dumps([greedy(model, prompt, wanted["tokens"]) for prompt in wanted["prompts"]]))
