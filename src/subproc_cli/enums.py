"""Closed lists: every word of the file and of the output that has a fixed set of values."""

from enum import StrEnum
from pathlib import Path
from typing import Self


class DescribedEnum(StrEnum):
    """A closed list whose words carry the description that the JSON Schema and the documentation show."""

    description: str

    def __new__(cls, value: str, description: str = "") -> Self:
        """Create a word with its description."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member


class Role(DescribedEnum):
    """The role of the service (Art. 4(7), 4(8) and 28 GDPR)."""

    SUBPROCESSOR = "subprocessor", "Processes for customers on the publisher's behalf; the default."
    AFFILIATE = "affiliate", "A company of the publisher's group that is a subprocessor."
    PROCESSOR = "processor", "Processes for the publisher's own purposes."
    CONTROLLER = "controller", "Decides on its own about purposes and means."
    VENDOR = "vendor", "Sees no personal data."


SUBPROCESSORS = frozenset((Role.SUBPROCESSOR, Role.AFFILIATE))
"""The roles of companies that process for customers on the publisher's behalf (Art. 28(2) and (4) GDPR)."""


class Activation(DescribedEnum):
    """Who decides that a service is used."""

    ALWAYS = "always", "It is used for every customer; the default."
    OPT_IN = "opt-in", "It is used only for customers that switch it on."
    OPT_OUT = "opt-out", "It is used unless the customer switches it off."


class ModelTraining(DescribedEnum):
    """Whether the service trains models with customers' data."""

    NEVER = "never", "No model is trained with customers' data."
    OPT_IN = "opt-in", "Models are trained only with the data of customers that agree to it."
    OPT_OUT = "opt-out", "Models are trained with the data of customers that do not object to it."
    YES = "yes", "Models are trained with customers' data."


class Coverage(DescribedEnum):
    """Whether all of a category is seen, or only some of it."""

    FULL = "full", "All of it; the default."
    PARTIAL = "partial", "Some of it."


class PersonalData(StrEnum):
    """Whether a category is personal data (Art. 4(1) GDPR)."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"


class ProcessingMode(DescribedEnum):
    """A way of processing at a place that is not storage there."""

    REMOTE_ACCESS = "remote-access", "People there can access the data."


class Basis(DescribedEnum):
    """What a transfer to a third country relies on.

    The description says what the word means. Whether a law knows the word is data of that law.
    """

    SCC = "scc", "Standard contractual clauses of the EU, 2021 version (Implementing Decision (EU) 2021/914)."
    DPF = "dpf", "Certification under the EU-US Data Privacy Framework."
    ADEQUACY = "adequacy", "An adequacy decision, or its counterpart under UK or Swiss law."
    BCR = "bcr", "Binding corporate rules."
    DEROGATION = "derogation", "An exception for specific situations (Art. 49 GDPR); a last resort."
    DPF_UK = "dpf-uk", "Certification under the UK Extension to the EU-US Data Privacy Framework."
    DPF_CH = "dpf-ch", "Certification under the Swiss-US Data Privacy Framework."
    SCC_LEGACY = "scc-legacy", "Standard contractual clauses of the EU, versions of 2001, 2004 and 2010."
    UK_ADDENDUM = "uk-addendum", "The UK Addendum to the EU standard contractual clauses."
    IDTA = "idta", "The UK International Data Transfer Agreement."
    BCR_UK = "bcr-uk", "Binding corporate rules approved for the United Kingdom."
    CODE_OF_CONDUCT = "code-of-conduct", "A code of conduct that is approved for transfers."
    CERTIFICATION = "certification", "A certification mechanism that is approved for transfers."
    TREATY = "treaty", "An international treaty."
    NOTIFIED_CLAUSES = "notified-clauses", "Clauses of a contract that were notified to the Swiss FDPIC."


class DpfCoverage(DescribedEnum):
    """Which data a certification under a Data Privacy Framework covers."""

    HR = "hr", "Data of the certified company's own employment relationships."
    NON_HR = "non-hr", "All other data."


DEFAULT_LAW = "eu-gdpr"
"""The law of a list that states none. Texts without a named law use its terms."""
LAW_FOLDER = Path(__file__).parent / "reference" / "data" / "laws"
"""The files of the laws: the name of a file is the key of its law."""


def _list_laws() -> list[str]:
    """Return the keys of all laws, the default first."""
    return sorted(
        (path.stem for path in LAW_FOLDER.glob("*.yaml")), key=lambda key: (key != DEFAULT_LAW, key)
    )


class Regime(StrEnum):
    """A law on data protection: each file of the folder is one."""

    _ignore_ = "members key"
    members = vars()
    for key in _list_laws():
        members[key.upper().replace("-", "_")] = key


class UnknownPolicy(DescribedEnum):
    """How a policy treats a service about which the list does not state enough."""

    FAIL = "fail", "The policy is broken."
    WARN = "warn", "A warning; the default."
    PASS = "pass", "Nothing."


class Layout(StrEnum):
    """The layout of a document: the services one after the other, or as rows of a table."""

    LIST = "list"
    TABLE = "table"


class GraphGrouping(StrEnum):
    """How the services of a graph are grouped: by place, by the assessment of the laws, or by `group`."""

    PLACE = "place"
    REGION = "region"
    GROUP = "group"


class NotStated(DescribedEnum):
    """Whether a public page names what the list does not state."""

    ONCE = "once", "In the cell of a table, or in one place for all services; the default."
    LEAVE_OUT = "leave-out", "Nowhere; the page says that what is not stated is not known."


class Severity(StrEnum):
    """How bad a problem of the file is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class SeveritySetting(StrEnum):
    """The severity that a list sets for the findings of a rule, or `off`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"


class Level(StrEnum):
    """What a change requires: an advance notice, a brief information, or nothing. Highest first."""

    NOTICE = "notice"
    INFORM = "inform"
    EDITORIAL = "editorial"


LEVEL_RANKS = {level: rank for rank, level in enumerate(Level)}
"""The place of each level, from the highest at 0."""


class Direction(StrEnum):
    """The direction of a change from the viewpoint of the data subject."""

    WIDER = "wider"
    NARROWER = "narrower"
    CLEARER = "clearer"
    VAGUER = "vaguer"
    SHIFTED = "shifted"
    UNDECIDED = "undecided"
    NEUTRAL = "neutral"


class Bump(StrEnum):
    """The number of the version of a list that is raised."""

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
