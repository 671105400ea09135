"""Closed lists: every word of the file and of the output that has a fixed set of values."""

from enum import StrEnum


class Role(StrEnum):
    """In whose name the service processes (Art. 4(7), 4(8) and 28 GDPR).

    Attributes:
        SUBPROCESSOR: processes for customers on the publisher's behalf; the default.
        AFFILIATE: a company of the publisher's group that is a subprocessor.
        PROCESSOR: processes for the publisher's own purposes.
        CONTROLLER: decides on its own about purposes and means.
        VENDOR: sees no personal data.
    """

    SUBPROCESSOR = "subprocessor"
    AFFILIATE = "affiliate"
    PROCESSOR = "processor"
    CONTROLLER = "controller"
    VENDOR = "vendor"


SUBPROCESSORS = frozenset((Role.SUBPROCESSOR, Role.AFFILIATE))
"""The roles of who processes for customers on the publisher's behalf (Art. 28(2) and (4) GDPR)."""


class Activation(StrEnum):
    """Who decides that a service is used.

    Attributes:
        ALWAYS: it is used for every customer; the default.
        OPT_IN: only where the customer switches it on.
        OPT_OUT: unless the customer switches it off.
    """

    ALWAYS = "always"
    OPT_IN = "opt-in"
    OPT_OUT = "opt-out"


class Coverage(StrEnum):
    """Whether all of a category is seen, or only some of it.

    Attributes:
        FULL: all of it; the default.
        PARTIAL: some of it.
    """

    FULL = "full"
    PARTIAL = "partial"


class PersonalData(StrEnum):
    """Whether a category is personal data (Art. 4(1) GDPR)."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"


class ProcessingMode(StrEnum):
    """A way of processing at a place that is not storage there.

    Attributes:
        REMOTE_ACCESS: people there can look in.
    """

    REMOTE_ACCESS = "remote-access"


class Basis(StrEnum):
    """What a transfer to a third country rests on (Art. 45, 46, 47 and 49 GDPR).

    Attributes:
        SCC: standard contractual clauses (Art. 46(2)(c)).
        DPF: certified under the EU-US Data Privacy Framework (Art. 45).
        ADEQUACY: an adequacy decision (Art. 45).
        BCR: binding corporate rules (Art. 47).
        DEROGATION: an exception for specific situations (Art. 49).
    """

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


class UnknownPolicy(StrEnum):
    """What a policy makes of a service about which the list does not say enough.

    Attributes:
        FAIL: a broken rule.
        WARN: a warning; the default.
        PASS: nothing.
    """

    FAIL = "fail"
    WARN = "warn"
    PASS = "pass"  # noqa: S105  no password


class Severity(StrEnum):
    """How bad a problem of the file is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class SeveritySetting(StrEnum):
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
    "basis-extended",
    "basis-shortened",
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


class Colour(StrEnum):
    """When colour is used."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


ADEQUATE = "adequate"
"""In a question, the place that means the EEA and the countries with an adequacy decision."""

PERSONAL = "personal"
"""In a question, the category that means all personal data."""
