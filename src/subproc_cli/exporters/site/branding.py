"""The publisher's colour, and the footer of printed pages."""

from collections.abc import Iterator

from subproc_cli.describe.wording import PageWording
from subproc_cli.exporters.exporter import Export

_PAPER = {"light": "#ffffff", "dark": "#1a1e25"}
_GROUND = {"light": "#f4f5f7", "dark": "#12151a"}
"""The backgrounds of `style.css` that links are read on."""
_CONTRAST = 4.5
"""What WCAG 2.2 asks for between a text and its background (criterion 1.4.3)."""
_STEPS = 100
_LINEAR = 0.04045
"""Up to this part of full light the curve of sRGB is a line."""


def build_style(export: Export, wording: PageWording) -> str:
    """Return the rules that depend on the list."""
    return "\n".join((*_iter_colours(export), *_iter_print_rules(export, wording)))


def _iter_colours(export: Export) -> Iterator[str]:
    publication = export.registry.model.publish
    if publication is None or publication.accent is None:
        return
    light, dark = (adjust_contrast(publication.accent, mode) for mode in ("light", "dark"))
    yield f"@media screen {{ :root {{ --accent: {light}; }} }}"
    yield f"@media screen and (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; }} }}"


def adjust_contrast(colour: str, mode: str) -> str:
    """Return a colour as it can be read on the page: darker on a light page, lighter on a dark one."""
    target = 0 if mode == "light" else 255
    channels = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    mixtures = (_mix(channels, target, step / _STEPS) for step in range(_STEPS))
    grounds = _PAPER[mode], _GROUND[mode]
    readable = (
        each for each in mixtures if all(_measure_contrast(each, ground) >= _CONTRAST for ground in grounds)
    )
    return next(readable, _mix(channels, target, 1))


def _mix(channels: list[int], target: int, share: float) -> str:
    """Return a colour that is moved towards black or white by a share."""
    red, green, blue = (round(channel + (target - channel) * share) for channel in channels)
    return f"#{red:02x}{green:02x}{blue:02x}"


def _measure_contrast(first: str, second: str) -> float:
    darker, lighter = sorted((_measure_luminance(first), _measure_luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _measure_luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2.2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= _LINEAR else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _iter_print_rules(export: Export, wording: PageWording) -> Iterator[str]:
    """Yield the footer of printed pages: publisher, version, hash and page number."""
    model = export.registry.model
    version = wording.format_text("version", version=model.version)
    identity = f"{model.publisher} · {version} · SHA-256 {export.registry.sha256[:12]}"
    number = wording.format_text("page-number", page="\0", pages="\1")
    parts = number.replace("\0", "\n\0\n").replace("\1", "\n\1\n").split("\n")
    counters = {"\0": "counter(page)", "\1": "counter(pages)"}
    content = " ".join(counters.get(part) or _quote_css(part) for part in parts if part)
    yield f"@page {{ @bottom-left {{ content: {_quote_css(identity)}; }} }}"
    yield f"@page {{ @bottom-right {{ content: {content}; }} }}"


def _quote_css(text: str) -> str:
    """Return a text as a string of CSS: what is not a plain letter or number is written as an escape.

    No text of a list can end the string, the rule or the element.
    """
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):06x}" for c in text) + '"'
