"""Finds the name of the publisher in the titles of a page and in its sentences."""

import re
from collections.abc import Container, Iterable
from itertools import chain

from subproc_cli.importers import mailboxes, templates, vocabulary
from subproc_cli.importers.vocabulary import normalize

_LONGEST_NAME = 4
"""Maximum number of words of the name of a publisher."""
_READ_TEXTS = 40
_LONGEST_NOTICE = 1_000
"""Maximum number of characters of a text that may end in a copyright notice."""
_ANNEX = re.compile(
    r"(?:annex|annexe|appendix|schedule|exhibit|attachment|anlage|anhang|anexo|allegato)\b", re.IGNORECASE
)
"""What the number of an annex to a contract follows."""
_NAME = r"((?:[A-Z]|[a-z]{1,9}[A-Z])[\w.&'’-]{0,40}(?:,? (?:[A-Z][\w.&'’-]{0,40}|of|and|&|the|for)){0,4}?)"
_SUBJECT = re.compile(
    rf"(?:\A|(?<=[.!?:\n] )|(?<=\n)|(?<=[Ss]ervices, )){_NAME},?(?: \([^()]{{1,80}}\))?,? "
    r"(?:currently |presently |has |have |may |also )?"
    r"(?:uses?|engages?d?|utili[sz]es|works with|relies on|maintains|"
    r"engage and use|shares|employs|partners with|publishes|"
    r"setzt|nutzt|verwendet|beauftragt|bedient sich|utilise|fait appel|recourt|publie|utiliza|utilizza|"
    r"se apoya en|recurre a|si avvale di|si affida a|gebruikt|schakelt|använder|bruger|bruker|korzysta z)\b"
)
_COMPANIES = re.compile(
    r"\b(?:entities|providers?|fornitori|fornecedores|proveedores|leveranciers|prestataires|fournisseurs|dostawców|"
    r"podwykonawców|leverantörer|leverandører)\b",
    re.IGNORECASE,
)
"""What a sentence on the services of a publisher calls them, where it has no word for subprocessors."""
_BY = re.compile(
    rf"\b(?:used|assigned|engaged|appointed|authori[sz]ed|commissioned|employed) by {_NAME}"
    r"(?=[,:;)\n]|\.(?!\w)|\Z| \(| to\b| in\b| for\b| as\b| are\b| is\b| may\b)"
)
_APART = re.compile(r"\s+[–—|·•»-]\s+")
"""A mark between the parts of a title."""
_OF_LIST = re.compile(r"\blist of\b|\bliste\b|['’]s\b", re.IGNORECASE)
"""What a heading within a page says that holds the name of the publisher."""
_LIST_OF = re.compile(
    rf"\b[Ss]ub-?[Pp]rocessors? (?:[Ll]ist )?(?:of|for|at|used by) {_NAME}\s*\Z", re.MULTILINE
)
_GERMAN_LIST_OF = re.compile(
    r"\b(?:Unterauftragnehmer|Unterauftragsverarbeiter|Auftragsverarbeiter|Subunternehmer)"
    rf" (?:der|des|von) {_NAME}(?=[,.;:)\n]|\Z)"
)
_BEHALF = re.compile(
    r"\b(?:on behalf of|por cuenta de|en nombre de|por conta de|em nome de|per conto di|pour le compte de|"
    r"im Auftrag (?:der|von)|für den Betrieb von|w imieniu|namens|utilizados por|utilizzati da|utilisés par|"
    r"gebruikt door|ingeschakeld door|eingesetzt von) "
    rf"{_NAME}(?=[.,:;)\n]|\Z| para | pour | per | bij | setz| nutz| ai sensi)|({_NAME[1:-1]})['’]s behalf\b"
)
_HAS = re.compile(
    rf"\b(?:[Ss]ub-?[Pp]rocessors|[Pp]roviders|[Vv]endors|[Cc]ompanies|[Pp]arties|that|which) {_NAME} "
    r"(?:has|uses?|engages?|currently|works|may|relies|shares)\b"
)
_DEFINED = re.compile(
    rf"(?<!\S){_NAME},?(?: [a-z]\.\s?[a-z]\.\s?(?:[a-z]\.)?)? \([^()]{{0,80}}"
    r"[\"“„«]\s?(?:[Ww]e|[Uu]s|[Oo]ur|[Ww]ir|[Uu]ns|[Nn]ous|[Tt]he Company|Company)[,.]?\s?[\"”“»]"
)
_PARTY = re.compile(
    rf"(?<!\S){_NAME},? \([^()\"“„«]{{0,40}}[\"“„«]\s?"
    r"(?:(?:[Tt]he|[Dd]er|[Dd]e|[Ll]e|[Ee]l|[Ii]l) )?(?:Data )?"
    r"(?:Processor|Service Provider|Provider|Supplier|Vendor|Auftragsverarbeiter|"
    r"Auftragnehmer|Verwerker|Sous-traitant|Encargado|Responsabile|Fornitore)[,.]?\s?[\"”“»]"
)
"""The party of a contract that processes data for the other one: `Acme (“Processor”)`."""
_CALLED_WE = re.compile(
    rf"\b(?:[Ww]e|[Ww]ir|[Nn]ous),? (?:(?:at|die|der|von|chez) )?{_NAME}"
    r"(?:, |,? (?:use|engage|nutz|setz|utilis|fai))"
)
_AT = re.compile(rf"(?:\A|(?<=[.!?:\n] ))(?:At|Bei|Chez) {_NAME},? (?:we|wir|nous|setzen|nutzen)\b")
_HELPS = re.compile(
    rf"\b(?:helps?|supports?|assists?|enables?|allows?) {_NAME}(?: to| in)? "
    r"(?:provide|providing|deliver|delivering|offer|offering|run|running|operate|operating|with)\b"
)
_SERVICE_OF = re.compile(
    rf"\b(?:provid(?:e|ing)|deliver(?:ing)?|operat(?:e|ing)|run(?:ning)?) the {_NAME} "
    r"(?:[Ss]ervices?|[Pp]latform|[Aa]pp(?:lication)?|[Pp]roducts?)\b"
)
_COPYRIGHT = re.compile(
    rf"(?:©|\([Cc]\)|\b[Cc]opyright\b)[\s©,]*(?:\([Cc]\)\s*)?(?:\d{{4}}(?:\s?[-–—]\s?(?:\d{{4}}|present))?)?[\s,]*"
    rf"(?:by |von |par )?{_NAME}(?=,? (?:All|Alle|Tous|Todos)\b|,? \d{{4}}|[.|·•\n]|\s+[–—|-]\s|\Z)"
)
_POSSESSIVE = frozenset(("my", "our", "your", "their", "its"))
_PARTICIPLE = re.compile(r"-[a-z]+\Z")
"""The end of a word that only contains a name: `Acme-operated`."""
_ABBREVIATED = re.compile(r"(?:\b(?:Inc|Ltd|Corp|Co)|\.\w)\.\Z")
_ARTICLE = re.compile(r"\A(?:Die|Der|Das|La société|La|Le|Les|L’entreprise|Firma|Société)\s+(?=\S)")
_FIELD = re.compile(
    r"^(?:company|company_?[nN]ame|organi[sz]ation|publisher|site_?[nN]ame|brand)\s*:\s*(.+?)\s*$",
    re.MULTILINE,
)
"""A field of the front matter that names the publisher; `author` may name a person."""
_RUN = re.compile(rf"\bto (?:run|operate) {_NAME}(?=,|\.(?!\w))")
_OWNS = re.compile(
    r"(?<!\S)((?:[A-Z]|[a-z]{1,9}[A-Z])[\w.&-]{0,40}(?: [A-Z][\w.&-]{0,40}){0,3})['’]s? "
    r"(?:(?:\w+ ){0,2}?[Ss]ub-?[Pp]rocessors?|Data Processing A(?:greement|ddendum))\b"
)


def find_publisher(
    titles: Iterable[str],
    texts: Iterable[str],
    site: Iterable[str] = (),
    front: str = "",
    services: Container[str] = (),
) -> str:
    """Return the name of the publisher, empty if nothing names it; it is always a guess.

    Args:
        titles: what the page calls itself.
        texts: the texts that belong to no service.
        site: what the site around the page says of itself: its name, its last lines.
        front: the fields of the page, as they are written above its text.
        services: the words of the names of services, in their normal form: their mailboxes are not its own.
    """
    titles, read = list(titles), list(texts)
    candidates = chain(
        map(_of_title, titles),
        map(_of_text, read[:_READ_TEXTS]),
        map(_of_site, (*_FIELD.findall(front), *site)),
        map(_of_copyright, (*read, *site)),
        mailboxes.find_owners((*titles, *site, *read), services),
    )
    return next(filter(None, candidates), "")


def _of_title(title: str) -> str:
    """Return what is left of a title that speaks of services without the words that any such title has."""
    if templates.find_language(title):
        return ""
    words = [word for word in title.split() if normalize(word)]
    left = _without(_without(words, "services"), "titles")
    name = " ".join(left).strip(" –—-|:,").rpartition(": ")[2].removesuffix("'s").removesuffix("’s")
    speaks = len(_without(words, "services")) < len(words)
    if _ANNEX.match(name) or vocabulary.contains_words(name, "dated"):
        return ""
    is_whole = name[:1].isupper() and not any(word[0].islower() for word in left[-1:])
    if speaks and is_whole and len(left) <= _LONGEST_NAME and _is_name(name):
        return name
    *others, last = _APART.split(title)
    is_last = any(
        vocabulary.contains_words(each, "services") or vocabulary.contains_words(each, "leads", "agreements")
        for each in others
    )
    name = last if "." in last else f"{last[:1].upper()}{last[1:]}"
    return _of_title(f"{name} subprocessors") if is_last else ""


def _of_site(name: str) -> str:
    """Return the company that a site is named after, unless it is that of the system that runs the site."""
    bare = name.strip(" '\"")
    found = _of_title(f"{bare} subprocessors") if len(bare.split()) <= 2 * _LONGEST_NAME else ""
    return found if found and _is_name(found) and not _is_host(found) else ""


def _of_copyright(text: str) -> str:
    """Return the company that holds the copyright, as in `© 2026 Acme, Inc. All rights reserved`."""
    match = _COPYRIGHT.search(text) if len(text) <= _LONGEST_NOTICE else None
    name = match[1].strip(" ,") if match else ""
    name = name if _ABBREVIATED.search(name) else name.rstrip(".")
    return name if name and _is_name(name) and not _is_host(name) else ""


def _is_host(name: str) -> bool:
    return normalize(name) in vocabulary.load_phrases("leads", "hosts")


def _of_text(text: str) -> str:
    """Return the company that a sentence says uses the services: `Acme, Inc. uses …`, `used by Acme`."""
    flat = "\n".join(" ".join(line.split()) for line in text.split("\n"))
    for match in chain(_PARTY.finditer(flat), _DEFINED.finditer(flat)):
        name = _ARTICLE.sub("", match[1].strip(" ,"))
        if _is_name(name):
            return name
    if not (vocabulary.contains_words(flat, "services") or _COMPANIES.search(flat)):
        return ""
    for shape in (
        _CALLED_WE,
        _HAS,
        _BY,
        _LIST_OF,
        _GERMAN_LIST_OF,
        _SUBJECT,
        _AT,
        _BEHALF,
        _OWNS,
        _RUN,
        _HELPS,
        _SERVICE_OF,
    ):
        for match in shape.finditer(flat):
            name = _ARTICLE.sub("", str(next(filter(None, match.groups()))).strip(" ,"))
            if _is_name(name):
                return name
    is_heading = len(flat.split()) <= 2 * _LONGEST_NAME and flat[-1] not in ".:!?"
    name = _of_title(flat) if is_heading and _OF_LIST.search(flat) else ""
    return name if name and _is_name(name) else ""


def _is_name(name: str) -> bool:
    first = normalize(name.partition(" ")[0])
    known = vocabulary.load_phrases("services") | vocabulary.load_phrases("leads", "agreements")
    is_cut = name.count("(") != name.count(")") or bool(_PARTICIPLE.search(name))
    is_cut = (
        is_cut or len(name) == 1 or not normalize(name) or name.partition(" ")[0].casefold() in _POSSESSIVE
    )
    return (
        not is_cut
        and first not in vocabulary.load_phrases("leads", "pronouns")
        and normalize(name) not in known
    )


def _without(words: list[str], known: str) -> list[str]:
    """Return words without the phrases that are known, and without the marks between them."""
    left: list[str] = []
    at = 0
    while at < len(words):
        lengths = range(min(_LONGEST_NAME, len(words) - at), 0, -1)
        phrases = vocabulary.load_phrases(known)
        length = next((each for each in lengths if normalize(" ".join(words[at : at + each])) in phrases), 0)
        if not length and normalize(words[at]):
            left.append(words[at])
        at += length or 1
    return left
