"""Owns the goldens of chat templates: what transformers makes of conversations with the templates of eight families, as text and
as tokens. `pip install transformers`, then python chat_goldens.py; writes crates/inference/tests/golden/chat.json."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from transformers import PreTrainedTokenizerFast

ROOT = Path(__file__).resolve().parent.parent
OURS = ROOT / "static" / "models" / "flint-nano" / "tokenizer.json"
OUT = ROOT / "crates" / "inference" / "tests" / "golden" / "chat.json"

QWEN = r"""{%- if tools %}
    {{- '<|im_start|>system\n' }}
    {%- if messages[0]['role'] == 'system' %}
        {{- messages[0]['content'] }}
    {%- endif %}
    {%- for tool in tools %}
        {{- "\n" }}
        {{- tool | tojson }}
    {%- endfor %}
    {{- "<|im_end|>\n" }}
{%- else %}
    {%- if messages[0]['role'] == 'system' %}
        {{- '<|im_start|>system\n' + messages[0]['content'] + '<|im_end|>\n' }}
    {%- else %}
        {{- '<|im_start|>system\nYou are Qwen, created by Alibaba Cloud. You are a helpful assistant.<|im_end|>\n' }}
    {%- endif %}
{%- endif %}
{%- for message in messages %}
    {%- if (message.role == "user") or (message.role == "system" and not loop.first) or (message.role == "assistant" and not message.tool_calls) %}
        {{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>' + '\n' }}
    {%- elif message.role == "assistant" %}
        {{- '<|im_start|>' + message.role }}
        {%- for tool_call in message.tool_calls %}
            {%- if tool_call.function is defined %}
                {%- set tool_call = tool_call.function %}
            {%- endif %}
            {{- '\n<tool_call>\n{"name": "' }}{{- tool_call.name }}{{- '", "arguments": ' }}{{- tool_call.arguments | tojson }}
        {%- endfor %}
        {{- '<|im_end|>\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\n' }}
{%- endif %}
"""

SMOL = r"""{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system
You are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>
' }}{% endif %}{{'<|im_start|>' + message['role'] + '
' + message['content'] + '<|im_end|>' + '
'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant
' }}{% endif %}"""

LLAMA = r"""{{- bos_token }}
{%- if custom_tools is defined %}
    {%- set tools = custom_tools %}
{%- endif %}
{%- if not date_string is defined %}
    {%- if strftime_now is defined %}
        {%- set date_string = strftime_now("%d %b %Y") %}
    {%- else %}
        {%- set date_string = "26 Jul 2024" %}
    {%- endif %}
{%- endif %}
{%- if not tools is defined %}
    {%- set tools = none %}
{%- endif %}
{#- This block extracts the system message, so we can slot it into the right place. #}
{%- if messages[0]['role'] == 'system' %}
    {%- set system_message = messages[0]['content']|trim %}
    {%- set messages = messages[1:] %}
{%- else %}
    {%- set system_message = "" %}
{%- endif %}
{{- "<|start_header_id|>system<|end_header_id|>\n\n" }}
{%- if tools is not none %}
    {{- "Environment: ipython\n" }}
{%- endif %}
{{- "Cutting Knowledge Date: December 2023\n" }}
{{- "Today Date: " + date_string + "\n\n" }}
{{- system_message }}
{{- "<|eot_id|>" }}
{%- for message in messages %}
    {%- if not (message.role == 'ipython' or message.role == 'tool' or 'tool_calls' in message) %}
        {{- '<|start_header_id|>' + message['role'] + '<|end_header_id|>\n\n'+ message['content'] | trim + '<|eot_id|>' }}
    {%- elif 'tool_calls' in message %}
        {{- raise_exception("This model only supports single tool-calls at once!") }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|start_header_id|>assistant<|end_header_id|>\n\n' }}
{%- endif %}
"""

GEMMA = r"""{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for message in messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if (message['role'] == 'assistant') %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}{{ '<start_of_turn>' + role + '
' + message['content'] | trim + '<end_of_turn>
' }}{% endfor %}{% if add_generation_prompt %}{{'<start_of_turn>model
'}}{% endif %}"""

DEEPSEEK = r"""{% if not add_generation_prompt is defined %}
{% set add_generation_prompt = false %}
{% endif %}
{%- set ns = namespace(found=false) -%}
{%- for message in messages -%}
    {%- if message['role'] == 'system' -%}
        {%- set ns.found = true -%}
    {%- endif -%}
{%- endfor -%}
{{bos_token}}{%- if not ns.found -%}
{{'You are an AI programming assistant, utilizing the Deepseek Coder model, and you only answer questions related to computer science.\n'}}
{%- endif %}
{%- for message in messages %}
    {%- if message['role'] == 'system' %}
{{ message['content'] }}
    {%- else %}
        {%- if message['role'] == 'user' %}
{{'### Instruction:\n' + message['content'] + '\n'}}
        {%- else %}
{{'### Response:\n' + message['content'] + '\n<|EOT|>\n'}}
        {%- endif %}
    {%- endif %}
{%- endfor %}
{% if add_generation_prompt %}
{{'### Response:'}}
{% endif %}"""

GRANITE = r"""{%- if messages[0]['role'] == 'system' %}{%- set system_message = messages[0]['content'] %}{%- set loop_messages = messages[1:] %}
{%- else %}{%- set system_message = "Knowledge Cutoff Date: April 2024.\nYou are Granite, developed by IBM." %}
{%- if tools and documents %}{%- set system_message = system_message + " You have tools and documents." %}{%- endif %}
{%- set loop_messages = messages %}{% endif %}
{{- '<|start_of_role|>system<|end_of_role|>' + system_message + '<|end_of_text|>\n' }}
{%- if documents %}{%- for document in documents %}{{- document['text'] }}{%- if not loop.last %}{{- '\n\n' }}{% endif %}{%- endfor %}{%- endif %}
{%- for message in loop_messages %}
    {{- '<|start_of_role|>' + message['role'] + '<|end_of_role|>' + message['content'] + '<|end_of_text|>\n' }}
    {%- if loop.last and add_generation_prompt %}
        {{- '<|start_of_role|>assistant' }}
        {%- if controls %}{{- ' ' + controls | tojson()}}{%- endif %}
        {{- '<|end_of_role|>' }}
    {%- endif %}
{%- endfor %}"""

CODELLAMA = r"""{% if messages[0]['role'] == 'system' %}{% set loop_messages = messages[1:] %}{% set system_message = messages[0]['content'] %}{% else %}{% set loop_messages = messages %}{% set system_message = false %}{% endif %}{% for message in loop_messages %}{% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}{{ raise_exception('Conversation roles must alternate user/assistant/user/assistant/...') }}{% endif %}{% if loop.index0 == 0 and system_message != false %}{% set content = '<<SYS>>\n' + system_message + '\n<</SYS>>\n\n' + message['content'] %}{% else %}{% set content = message['content'] %}{% endif %}{% if message['role'] == 'user' %}{{ bos_token + '[INST] ' + content.strip() + ' [/INST]' }}{% elif message['role'] == 'assistant' %}{{ ' '  + content.strip() + ' ' + eos_token }}{% endif %}{% endfor %}"""

SMOL3 = r"""{%- set enable_thinking = false -%}
{%- macro turn(role, text) -%}<|im_start|>{{ role }}{{ "\n" }}{{ text }}<|im_end|>{{ "\n" }}{%- endmacro -%}
{%- for message in messages if message.role in ["system", "user", "assistant"] -%}
{%- set content = message.content if message.content is string else "" -%}
{%- if message.role == "assistant" -%}
{% generation %}{{ turn("assistant", content.split("</think>")[-1].lstrip("\n")) }}{% endgeneration %}
{%- else -%}{{ turn(message.role, content.replace("/think", "").rstrip()) }}
{%- endif -%}
{%- if loop.index0 > 40 -%}{%- break -%}{%- endif -%}
{%- endfor -%}
{%- if add_generation_prompt -%}{{ "<|im_start|>assistant\n" }}{{ "<think>\n\n</think>\n" if not enable_thinking else "" }}{%- endif -%}"""


@dataclass(frozen=True)
class Family:
    name: str
    template: str
    markers: tuple[str, ...]
    bos: str | None
    eos: str
    system: bool = True
    more: dict[str, str] = field(default_factory=dict)


CHATML = ("<|im_start|>", "<|im_end|>")
FAMILIES = [
    Family("Qwen2.5-Coder", QWEN, CHATML, None, "<|im_end|>"),
    Family("SmolLM2", SMOL, CHATML, "<|im_start|>", "<|im_end|>"),
    Family("Llama 3.2", LLAMA, ("<|begin_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"),
           "<|begin_of_text|>", "<|eot_id|>", more={"date_string": "26 Jul 2024"}),
    Family("Gemma", GEMMA, ("<bos>", "<eos>", "<start_of_turn>", "<end_of_turn>"), "<bos>", "<eos>", system=False),
    Family("DeepSeek-Coder", DEEPSEEK, ("<｜begin▁of▁sentence｜>", "<|EOT|>"), "<｜begin▁of▁sentence｜>", "<|EOT|>"),
    Family("Granite", GRANITE, ("<|start_of_role|>", "<|end_of_role|>", "<|end_of_text|>"), "<|end_of_text|>", "<|end_of_text|>"),
    Family("CodeLlama", CODELLAMA, ("<s>", "</s>"), "<s>", "</s>"),
    Family("SmolLM3", SMOL3, CHATML, None, "<|im_end|>"),
]

SYSTEM = "You answer questions about the files below. Be brief."
CODE = "a.py\n```\ndef größe(x):\n\treturn {'x': x}  # 日本 12345\n```\n\n"
CONVERSATIONS = [
    [("user", CODE + "what does this do?\n")],
    [("system", SYSTEM), ("user", CODE + "  what does this do?  \n")],
    [("system", SYSTEM), ("user", "why?\r\n"), ("assistant", "It adds.\n\n- one\n- two"), ("user", "{{ 7 * 7 }} {% raw %} and \\n?")],
]


def tokenizer_of(family: Family) -> PreTrainedTokenizerFast:
    """Our own vocabulary, whose first spare markers have the family's names."""
    text = OURS.read_text()
    for at, marker in enumerate(family.markers):
        text = text.replace(f"<|spare_{at}|>", json.dumps(marker)[1:-1])
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.write(text)
        file.flush()
        return PreTrainedTokenizerFast(tokenizer_file=file.name, bos_token=family.bos, eos_token=family.eos)


def case(family: Family, said: list[tuple[str, str]]) -> dict[str, object]:
    tokenizer = tokenizer_of(family)
    messages = [{"role": role, "content": content} for role, content in said]
    ask = {"chat_template": family.template, "add_generation_prompt": True, **family.more}
    rendered = tokenizer.apply_chat_template(messages, tokenize=False, **ask)
    tokens = tokenizer.apply_chat_template(messages, tokenize=True, return_dict=False, **ask)
    return {"messages": messages, "rendered": rendered, "tokens": tokens}


def main() -> None:
    families = [
        {
            "name": family.name, "template": family.template, "markers": family.markers, "bos": family.bos, "eos": family.eos,
            "cases": [case(family, said) for said in CONVERSATIONS if family.system or said[0][0] != "system"],
        }
        for family in FAMILIES
    ]
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(families, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
