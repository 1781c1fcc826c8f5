"""A Sphinx extension: `.. play:: python` makes a playground of its content. In other formats than
HTML the code is a code block as any other."""

from html import escape

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective


class Playground(nodes.General, nodes.Element):
    """The element around a code block."""


class Output(nodes.General, nodes.Element):
    """What the code is expected to print."""


class Play(SphinxDirective):
    """The code is the content; the options are the element's attributes."""

    required_arguments = 1
    has_content = True
    option_spec = {
        "editable": directives.flag,
        "no-ai": directives.flag,
        "height": directives.unchanged,
        "load": directives.unchanged,
        "theme": directives.unchanged,
        "setup": directives.unchanged,
        "output": directives.unchanged,
        "prompt": directives.unchanged,
    }

    def run(self):
        language = self.arguments[0]
        attributes = {"language": language}
        if "editable" not in self.options:
            attributes["read-only"] = ""
        if "no-ai" in self.options:
            attributes["no-ai"] = ""
        for name in ("height", "load", "theme", "setup"):
            if name in self.options:
                attributes[name] = self.options[name]
        if "prompt" in self.options:
            attributes["label"] = self.options["prompt"]
        playground = Playground("", attributes=attributes)
        playground += block("\n".join(self.content), language)
        if "output" in self.options:
            output = Output()
            output += block(self.options["output"], "text")
            playground += output
        return [playground]


def block(text, language):
    return nodes.literal_block(text, text, language=language)


def visit_playground(translator, node):
    pairs = (f' {name}="{escape(value)}"' for name, value in node["attributes"].items())
    translator.body.append(f"<flint-playground{''.join(pairs)}>")


def depart_playground(translator, _):
    translator.body.append("</flint-playground>")


def visit_output(translator, _):
    translator.body.append("<div data-output>")


def depart_output(translator, _):
    translator.body.append("</div>")


def ignore(*_):
    """Other formats show what is inside."""


def add_loader(app):
    host = app.config.flint_host
    if not host:
        raise ValueError('conf.py does not say where the playground is: add flint_host = "https://…/"')
    app.add_js_file(f"{host.rstrip('/')}/embed-1.js", loading_method="async")


def setup(app):
    app.add_config_value("flint_host", None, "html", types=[str])
    app.add_directive("play", Play)
    others = {name: (ignore, ignore) for name in ("latex", "text", "man", "texinfo")}
    app.add_node(Playground, html=(visit_playground, depart_playground), **others)
    app.add_node(Output, html=(visit_output, depart_output), **others)
    app.connect("builder-inited", add_loader)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
