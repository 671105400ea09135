"""One self-contained HTML page: without scripts and external assets, with escaped text."""

from collections.abc import Iterator
from html import escape
from typing import assert_never

from subproc_cli.output.document import (
    Block,
    Bullets,
    Code,
    Facts,
    Heading,
    Line,
    Page,
    Paragraph,
    Span,
    Style,
    Table,
)
from subproc_cli.output.sanitize import sanitize_line, sanitize_quoted

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; }
td, th { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; }
pre { overflow-x: auto; padding: .6rem; border: 1px solid #8884; }
dt { font-weight: 600; } dd { margin: 0 0 .3rem 1.5rem; }
.faint { opacity: .75; } .notice { color: light-dark(#a30000, #ff9b9b); }
.inform, .unknown { color: light-dark(#6b4e00, #ffd166); } .yes { color: light-dark(#00527a, #7fd0ff); }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def render(page: Page) -> str:
    """Return a page as a document; its title is its first line."""
    body = "\n".join(part for block in page for part in _render_block(block))
    title = next(
        (_get_text(block.line) for block in page if isinstance(block, Heading | Paragraph)), "subproc"
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(sanitize_line(title))}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _get_text(line: Line) -> str:
    return "".join(span.text for span in line)


def _render_block(block: Block) -> Iterator[str]:
    match block:
        case Heading(line, level):
            yield f"<h{level}>{_render_line(line)}</h{level}>"
        case Paragraph(line):
            yield f"<p>{_render_line(line)}</p>"
        case Bullets(items):
            yield f"<ul>{''.join(f'<li>{_render_line(item)}</li>' for item in items)}</ul>"
        case Facts(facts):
            yield "<dl>"
            for fact in facts:
                yield f"<dt>{_render_span(fact.name)}</dt>"
                yield "".join(f"<dd>{_render_line(line)}</dd>" for line in fact.lines)
            yield "</dl>"
        case Table(heads, rows):
            yield f"<table><thead><tr>{''.join(f'<th scope=col>{escape(head)}</th>' for head in heads)}"
            yield "</tr></thead><tbody>"
            for row in rows:
                yield f"<tr>{''.join(f'<td>{_render_line(cell)}</td>' for cell in row)}</tr>"
            yield "</tbody></table>"
        case Code(lines):
            yield f"<pre>{escape(chr(10).join(sanitize_quoted(line) for line in lines))}</pre>"
        case _:
            assert_never(block)


def _render_line(line: Line) -> str:
    return "".join(_render_span(span) for span in line)


def _render_span(span: Span) -> str:
    text = escape(sanitize_line(span.text))
    if span.style in (Style.PLAIN, Style.LINK):
        return text
    if span.style is Style.STRONG:
        return f"<strong>{text}</strong>"
    return f'<span class="{span.style}">{text}</span>'
