"""Finds the name of a publisher by the domain of the mail address that a page gives for questions."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache

from subproc_cli.importers import vocabulary
from subproc_cli.importers.vocabulary import normalize

_MAILBOX = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@((?:[\w-]{1,63}\.){1,4}[a-z]{2,12})", re.IGNORECASE)
_SECOND_LEVELS = frozenset(("ac", "co", "com", "gov", "net", "org"))
"""Parts of domains such as `acme.co.uk` that name nobody."""
_ADDED = re.compile(r"\A(?:get|use|try|join)(?=\w{4})|(?<=\w{4})(?:hq|app|labs|inc|software)\Z")
"""What companies add to their name in a domain: `getacme`, `acmehq`."""
_SHORTEST = 3
_LONGEST_READ = 100_000
"""Number of characters of a page in which the name is looked for as people write it."""


def find_owners(texts: Iterable[str], services: Container[str]) -> Iterator[str]:
    """Yield the names that texts have in common with the domains of their mail addresses.

    `privacy@acmecloud.example` is an address of `Acme Cloud`, if the texts have that name. A name in small
    letters only counts where the page is called so.

    Args:
        texts: what a page states outside of its services, its titles first.
        services: the words of the names of services, in their normal form.
    """
    read = list(texts)
    page = "\n".join(read)[:_LONGEST_READ]
    for domain in dict.fromkeys(match[1].casefold() for match in _MAILBOX.finditer(page)):
        label = _find_label(domain)
        if label in vocabulary.load_phrases("leads", "mail_hosts"):
            continue
        bare = _ADDED.sub("", label)
        labels = [each for each in dict.fromkeys((label, bare)) if len(each) >= _SHORTEST]
        spellings = Counter(match[0] for each in labels for match in _build_pattern(each).finditer(page))
        named = [each for each in spellings if each != each.lower()]
        titled = [each for each in spellings if any(each in title.split() for title in read[:_TITLES])]
        name = max(named or titled, key=lambda each: spellings[each], default="")
        if name and not any(word in services for word in (label, *normalize(name).split())):
            yield name


_TITLES = 2
"""Number of texts that are what a page calls itself."""


def _find_label(domain: str) -> str:
    """Return the part of a domain that is a name: `acme` in `mail.acme.co.uk`."""
    *others, _ = domain.split(".")
    if len(others) > 1 and others[-1] in _SECOND_LEVELS:
        others.pop()
    return others[-1].replace("-", "")


@lru_cache(maxsize=16)
def _build_pattern(label: str) -> "re.Pattern[str]":
    """Return a pattern of a name as a word or several: `AcmeCloud`, `Acme Cloud`."""
    return re.compile(rf"(?<![\w@./-]){'[ -]?'.join(map(re.escape, label))}(?![\w@/-]|\.\w)", re.IGNORECASE)
