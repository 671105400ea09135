"""Closed lists: every word of the file and of the output that has a fixed set of values."""

from enum import StrEnum


class Role(StrEnum):
    """In whose name the service processes (Art. 4(7), 4(8) and 28 GDPR)."""

    SUBPROCESSOR = "subprocessor"
    AFFILIATE = "affiliate"
    PROCESSOR = "processor"
    CONTROLLER = "controller"
    VENDOR = "vendor"


class Activation(StrEnum):
    """Who decides that a service is used."""

    ALWAYS = "always"
    OPT_IN = "opt-in"
    OPT_OUT = "opt-out"


class Extent(StrEnum):
    """Whether all of a category is seen, or only some of it."""

    FULL = "full"
    PARTIAL = "partial"


class Personal(StrEnum):
    """Whether a category is personal data (Art. 4(1) GDPR)."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"


class How(StrEnum):
    """A way of processing at a place that is not storage there."""

    REMOTE_ACCESS = "remote-access"


class Basis(StrEnum):
    """What a transfer to a third country rests on (Art. 45, 46, 47 and 49 GDPR)."""

    SCC = "scc"
    DPF = "dpf"
    ADEQUACY = "adequacy"
    BCR = "bcr"
    DEROGATION = "derogation"


class Regime(StrEnum):
    """A body of data protection law with adequacy decisions of its own."""

    EU_GDPR = "eu-gdpr"
    UK_GDPR = "uk-gdpr"
    CH_FADP = "ch-fadp"


class Language(StrEnum):
    """A language that customers are written to in."""

    EN = "en"
    DE = "de"
    FR = "fr"


class Tolerance(StrEnum):
    """What a policy makes of a service about which the list does not say enough."""

    FAIL = "fail"
    WARN = "warn"
    PASS = "pass"  # noqa: S105  no password


class Severity(StrEnum):
    """How bad a problem of the file is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Gravity(StrEnum):
    """How bad a list wants the findings of a rule to be, or that it does not want them."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


class Level(StrEnum):
    """What a change demands: an advance notice, a word, or nothing. Most demanding first."""

    NOTICE = "notice"
    INFORM = "inform"
    EDITORIAL = "editorial"


CHANGE_KINDS = (
    "service-added",
    "service-removed",
    "service-retired",
    "service-reactivated",
    "service-replaced",
    "id-changed",
    "start-advanced",
    "start-delayed",
    "end-delayed",
    "end-advanced",
    "name-changed",
    "entity-changed",
    "entity-country-changed",
    "entity-parent-changed",
    "entity-stated",
    "entity-withdrawn",
    "address-changed",
    "contact-changed",
    "became-subprocessor",
    "ceased-subprocessor",
    "purpose-changed",
    "data-added",
    "special-data-added",
    "data-removed",
    "promise-made",
    "promise-dropped",
    "data-possible",
    "data-ruled-out",
    "extent-widened",
    "extent-narrowed",
    "data-condition-changed",
    "claim-changed",
    "subject-added",
    "subject-removed",
    "place-added-outside",
    "place-added-adequate",
    "place-added-eea",
    "place-removed",
    "place-moved",
    "place-clearer",
    "place-vaguer",
    "place-stated",
    "place-withdrawn",
    "place-condition-changed",
    "basis-added",
    "basis-removed",
    "basis-changed",
    "adequacy-lost",
    "adequacy-gained",
    "became-mandatory",
    "became-optional",
    "condition-changed",
    "product-added",
    "product-removed",
    "onward-added",
    "onward-removed",
    "retention-changed",
    "certification-added",
    "certification-removed",
    "notice-shortened",
    "notice-lengthened",
    "publisher-changed",
    "law-changed",
    "metadata-changed",
    "unclassified-change",
)
"""The names of the kinds of change, in the order of `diff.kinds`: words of the field `levels`."""


class Direction(StrEnum):
    """Which way a change goes, as the person whose data it is would see it."""

    WIDER = "wider"
    NARROWER = "narrower"
    CLEARER = "clearer"
    VAGUER = "vaguer"
    SHIFTED = "shifted"
    UNDECIDED = "undecided"
    NEUTRAL = "neutral"


class Bump(StrEnum):
    """Which number of the version of a list goes up."""

    MAJOR = "major"
    MINOR = "minor"
    PATCH = "patch"
    NONE = "none"
