"""The frame of a site around its page: menus, footers, links that skip these, banners on cookies."""

import re
from typing import Any, NamedTuple

_FRAME = frozenset(("nav", "footer"))
_ROLES = frozenset(("navigation", "contentinfo", "search"))
_CONSENT = re.compile(
    r"cookie[-_]?(?:banner|consent|notice|bar|popup|pop-up|modal|dialog|overlay|prompt|settings)"
    r"|consent[-_]?(?:banner|manager|modal|dialog|overlay|popup)|onetrust|cybotcookie|usercentrics|cky-|\bcc-window\b",
    re.IGNORECASE,
)
_SKIP = re.compile(
    r"\s*(?:skip (?:to|the|nav)|jump to (?:main |the )?content|zum (?:haupt)?inhalt|direkt zum inhalt"
    r"|aller au contenu|passer au contenu|saltar al contenido|vai al contenuto)",
    re.IGNORECASE,
)
_CONTENT = ("table", "main", "article", "h1")
"""Elements of which one is in what people read, even if the name of an element around it sounds otherwise."""
_INSIDE = frozenset(("article", "section", "li", "td", "blockquote"))
"""Elements whose footer is a part of them, not of the site."""
_CONTROLS = frozenset(("a", "button", "form", "nav", "ol", "ul"))
"""Elements of a footer that lead elsewhere."""
_COPYRIGHT = re.compile(r"\s*(?:©|\(c\)|copyright\b)", re.IGNORECASE)
_FEWEST_WORDS = 4
"""Words of a footer from which it may state something, such as a date or a condition."""
_NAMES = ("og:site_name", "application-name", "apple-mobile-web-app-title")
_LONGEST_TEXT = 1_000


class Frame(NamedTuple):
    """What was around a page.

    Attributes:
        name: what the site is called in the head of its page; empty if it is not stated.
        texts: the texts of the footers.
    """

    name: str
    texts: tuple[str, ...]


def detach_frame(root: Any) -> Frame:
    """Remove the frame of a site from the elements of a page, and return what it says of the site.

    Sentences of a footer stay, since they may be about the list: when it was updated, or what it leaves out.
    """
    names = {
        meta.get("property") or meta.get("name"): meta.get("content", "").strip()
        for meta in root.iter("meta")
    }
    texts: list[str] = []
    for element in [each for each in root.iter() if isinstance(each.tag, str) and _is_frame(each)]:
        text = " ".join("".join(element.itertext()).split())
        if _is_footer(element) and element.getparent() is not None:
            texts += [text[-_LONGEST_TEXT:]] if text else []
            _reduce_footer(element)
        else:
            _remove(element)
    return Frame(next((name for key in _NAMES if (name := names.get(key))), ""), tuple(texts))


def _is_footer(element: Any) -> bool:
    return bool(element.tag == "footer") or element.get("role", "").casefold() == "contentinfo"


def _is_frame(element: Any) -> bool:
    """Return whether an element belongs to the site rather than to its page."""
    tag = element.tag
    if tag == "a":
        return element.get("href", "").startswith("#") and bool(_SKIP.match("".join(element.itertext())))
    called = f"{element.get('id', '')} {element.get('class', '')}"
    is_named = tag in _FRAME or element.get("role", "").casefold() in _ROLES
    is_consent = tag not in ("html", "body", "main", "article") and bool(_CONSENT.search(called))
    if not (is_named or is_consent) or next(element.iter(*_CONTENT), None) is not None:
        return False
    return not _is_footer(element) or not any(each.tag in _INSIDE for each in element.iterancestors())


def _reduce_footer(footer: Any) -> None:
    """Remove the links and the copyright notice of a footer; all of it if hardly a word is left."""
    for element in [each for each in footer.iter() if each.tag in _CONTROLS]:
        _remove(element)
    for element in [each for each in footer.iterdescendants() if len(each) == 0]:
        if _COPYRIGHT.match(element.text or ""):
            _remove(element)
    text = "".join(footer.itertext())
    if len(text.split()) < _FEWEST_WORDS or _COPYRIGHT.match(text):
        _remove(footer)


def _remove(element: Any) -> None:
    """Remove an element, and keep the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    before, tail = element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
