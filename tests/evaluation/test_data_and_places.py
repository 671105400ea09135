"""What the list says of one service: its fields in, a verdict and its evidence out."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from registry_text import listing
from subproc_cli.enums import Activation, Basis, Regime, Role
from subproc_cli.evaluation import data_access, facts, places, transfer_bases
from subproc_cli.evaluation.verdict import Result, Verdict
from subproc_cli.registry.models import Service
from subproc_cli.registry.registry import Registry

DAY = date(2024, 1, 1)
EU, UK, CH = Regime("eu-gdpr"), Regime("uk-gdpr"), Regime("ch-fadp")
OWN = "categories:\n  content.text.topics: {label: topics}\nregions:\n  zone-1: [NL]\n"


def read(fields: str) -> tuple[Registry, Service]:
    index = listing(f"  example: {{name: Example.io, {fields}}}\n", head=OWN)
    return index, index.model.services["example"]


def seen(fields: str, category: str) -> Result:
    index, service = read(fields)
    said = data_access.collect_claims(service)
    personal = category == "personal data"
    found = (
        data_access.evaluate_personal_data(said, index.category_tree)
        if personal
        else data_access.evaluate_category(said, index.category_tree, category)
    )
    return data_access.locate_evidence(found, "example", service)


def processes(fields: str, area: str | tuple[Regime, ...], day: date, *, outside: bool) -> Result:
    index, service = read(fields)
    atlas = places.PlaceResolver(index.gazetteer, day)
    belongs = atlas.build_area([area]) if isinstance(area, str) else atlas.build_adequate_area(area)
    return places.evaluate_processing("example", service, atlas, places.AreaCondition(belongs, outside))


def reasons(judgement: Result) -> list[str]:
    return [" ".join((because.reason, *because.subject)) for because in judgement.evidence]


@pytest.mark.parametrize(
    ("fields", "category", "verdict"),
    [
        # A statement holds for all below it, a yes for all above it, and silence is not an answer
        ("sees: [identity.email]", "everything", "yes"),
        ("sees: [content.text]", "content.text.topics", "yes"),
        ("sees: [identity.email]", "identity.name", "unknown"),
        ("never_sees: [identity]", "identity.email", "no"),
        ("never_sees: [identity.email]", "identity", "unknown"),
        ("never_sees: [location.precise, location.approximate]", "location", "no"),
        # The closest statement decides between seen and never seen
        ("sees: [everything], never_sees: [payment.card]", "payment", "yes"),
        ("sees: [everything], never_sees: [payment.card]", "payment.card", "no"),
        ("sees: [content.text], never_sees: [everything]", "content", "yes"),
        ("sees: [content.text], never_sees: [everything]", "content.files", "no"),
        ("sees: [content.text.topics], never_sees: [content]", "content.text", "yes"),
        # In part and may contain are evidence, no limits: what is seen in full further up holds
        ("sees: [everything, {data: telemetry, extent: partial}]", "telemetry.logs", "yes"),
        ("sees: [identity, {data: usage, may_contain: [identity.email]}]", "identity.email", "yes"),
        (
            "sees: [everything, {data: usage, may_contain: [identity.email]}], never_sees: [identity]",
            "identity.email",
            "unknown",
        ),
        (
            "sees: [{data: device, may_contain: [usage]}, {data: usage.pages, extent: partial}]",
            "usage",
            "yes",
        ),
        # In part: seen where it stands, open below
        ("sees: [{data: usage, extent: partial}]", "usage", "yes"),
        ("sees: [{data: usage, extent: partial}]", "usage.pages", "unknown"),
        ("sees: [{data: usage.pages, extent: partial}]", "usage.pages", "yes"),
        ("sees: [{data: everything, extent: partial}], never_sees: [payment]", "payment.card", "no"),
        # May contain
        ("sees: [{data: device, may_contain: [identity]}]", "identity", "unknown"),
        ("sees: [{data: device, may_contain: [identity]}]", "device", "yes"),
        (
            "sees: [{data: device, may_contain: [identity]}], never_sees: [identity.name]",
            "identity.name",
            "no",
        ),
        # Several statements at one category: in full before in part before may contain
        ("sees: [usage, {data: usage, extent: partial}]", "usage.pages", "yes"),
        ("sees: [{data: usage.pages, extent: partial, may_contain: [usage.pages]}]", "usage.pages", "yes"),
        # Contradictions
        ("sees: [usage], never_sees: [usage]", "usage", "unknown"),
        ("sees: [{data: usage, may_contain: [device]}], never_sees: [device]", "device.type", "unknown"),
        ("sees: [usage, usage.pages], never_sees: [usage]", "usage.pages", "yes"),
        (
            "sees: [everything, {data: usage, may_contain: [device]}], never_sees: [device]",
            "device.type",
            "unknown",
        ),
        # Personal data
        ("sees: [account.user_id]", "personal data", "yes"),  # Art. 4(1), recital 30 GDPR
        ("sees: [{data: identity, extent: partial}]", "personal data", "yes"),
        ("sees: [content.text], never_sees: [everything]", "personal data", "unknown"),  # it depends
        ("sees: [{data: everything, extent: partial}]", "personal data", "unknown"),
        ("never_sees: [identity]", "personal data", "unknown"),
        ("personal_data: no", "personal data", "unknown"),  # a claim, not a statement
        ("never_sees: [everything]", "personal data", "no"),
    ],
)
def test_sees_of_a_category_returns_the_verdict(fields: str, category: str, verdict: str) -> None:
    assert str(seen(fields, category).verdict) == verdict


@pytest.mark.parametrize(
    ("fields", "because"),
    [
        ("never_sees: [usage.pages]", ["silent usage"]),
        ("sees: [device, usage], never_sees: [everything, usage.pages]", ["sees usage"]),
        ("sees: [usage], never_sees: [usage]", ["sees usage", "never-sees usage"]),
        ("sees: [{data: usage, extent: partial}, everything]", ["sees-part usage", "sees everything"]),
        (
            "sees: [{data: device, may_contain: [usage]}, {data: everything, extent: partial}]",
            ["may-contain usage"],
        ),
        (
            "sees: [{data: device, may_contain: [usage.pages]}], never_sees: [usage]",
            ["may-contain usage.pages"],
        ),
        ("sees: [{data: device, may_contain: [usage]}], never_sees: [usage.pages]", ["may-contain usage"]),
        ("never_sees: [everything, usage.pages]", ["never-sees usage.pages", "never-sees everything"]),
    ],
)
def test_sees_returns_the_deciding_statement_as_evidence(fields: str, because: list[str]) -> None:
    assert reasons(seen(fields, "usage")) == because


def test_sees_evidence_has_its_position_and_condition() -> None:
    fields = "sees: [usage, {data: identity, when: asked}]"
    (because,) = seen(fields, "identity.email").evidence
    where = read(fields)[0].locate(because.path)
    assert (where.line, where.path, because.condition) == (10, "services.example.sees[1]", "asked")


@pytest.mark.parametrize(
    ("processing", "area", "outside", "inside", "because"),
    [
        ("[Netherlands]", "EU", "no", "yes", ["place NL"]),
        ("[EU]", "EEA", "no", "yes", ["place EU"]),
        ("[EEA]", "EU", "unknown", "unknown", ["place-partly EEA"]),
        ("[EU]", "DE", "unknown", "unknown", ["place-partly EU"]),
        ("[worldwide]", "EU", "unknown", "unknown", ["place-partly worldwide"]),
        ("[EU, NL]", "EU", "no", "yes", ["place EU", "place NL"]),
        ("[NL, US]", "EU", "yes", "yes", ["place US"]),
        ("[NL, worldwide]", "EU", "unknown", "yes", ["place-partly worldwide"]),
        ("[unknown]", "EU", "unknown", "unknown", ["place-partly unknown"]),
        ("[{place: [NL, unknown]}]", "EU", "unknown", "unknown", ["place-partly NL unknown"]),
        ("[US, unknown]", "EU", "yes", "unknown", ["place US"]),
        ("[US, worldwide]", "EU", "yes", "unknown", ["place US"]),
        ("[{place: [SE, FR, DE], when: by availability}]", "EU", "no", "yes", ["place SE FR DE"]),
        ("[{place: [SE, US]}]", "EU", "unknown", "unknown", ["place-partly SE US"]),
        ("[{place: [US, IN]}]", "EU", "yes", "no", ["place US IN"]),
        ("[NL, {place: IN, how: remote-access}]", "EU", "yes", "yes", ["remote IN"]),
        ("[NL]", "zone-1", "no", "yes", ["place NL"]),
        ("[]", "EU", "unknown", "unknown", ["no-place"]),
    ],
)
def test_processes_in_an_area_returns_verdict_and_evidence(
    processing: str, area: str, outside: str, inside: str, because: list[str]
) -> None:
    judgement = processes(f"processing: {processing}", area, DAY, outside=True)
    assert (str(judgement.verdict), reasons(judgement)) == (outside, because)
    assert str(processes(f"processing: {processing}", area, DAY, outside=False).verdict) == inside


@pytest.mark.parametrize(
    ("fields", "area", "day", "outside"),
    [
        # The members of a region, by date
        ("processing: [UK]", "EU", "2020-01-31", "no"),
        ("processing: [UK]", "EU", "2020-02-01", "yes"),
        ("processing: [UK]", "EEA", "2020-12-31", "no"),
        ("processing: [UK]", "EEA", "2021-01-01", "yes"),
        # Adequate countries, by regime and date
        ("processing: [NL, CH]", (EU,), "2024-01-01", "no"),
        ("processing: [IN], transfer: [scc, adequacy]", (EU,), "2024-01-01", "yes"),
        ("processing: [US]", (EU,), "2024-01-01", "unknown"),
        ("processing: [US], transfer: [scc]", (EU,), "2024-01-01", "unknown"),
        ("processing: [US], transfer: [dpf]", (EU,), "2023-07-09", "yes"),
        ("processing: [US], transfer: [dpf]", (EU,), "2023-07-10", "no"),
        ("processing: [US], transfer: [{basis: dpf, until: 2024-05-01}]", (EU,), "2024-05-01", "no"),
        ("processing: [US], transfer: [{basis: dpf, until: 2024-05-01}]", (EU,), "2024-05-02", "unknown"),
        ("processing: [US], transfer: [dpf]", (EU, CH), "2024-09-14", "yes"),
        ("processing: [US], transfer: [dpf]", (EU, CH), "2024-09-15", "unknown"),  # not the Swiss framework
        ("processing: [US], transfer: [dpf]", (UK,), "2024-09-15", "unknown"),  # nor the UK Extension
        ("processing: [KR]", (EU,), "2024-01-01", "unknown"),
        ("processing: [KR], transfer: [adequacy]", (EU,), "2024-01-01", "no"),
        ("processing: [KR], transfer: [adequacy]", (EU, CH), "2024-01-01", "yes"),
        ("processing: [RE, AX, YT]", (EU,), "2024-01-01", "no"),
        ("processing: [RE]", (UK, CH), "2024-01-01", "no"),
        ("processing: [NC]", (EU,), "2024-01-01", "yes"),
        ("processing: [RE, GF]", "EU", "2024-01-01", "no"),
        ("processing: [GI]", "EU", "2019-06-30", "no"),
        ("processing: [GI]", "EEA", "2021-01-01", "yes"),
        ("processing: [US], transfer: [dpf]", (EU, UK), "2023-10-11", "yes"),
        ("processing: [US], transfer: [adequacy]", (EU,), "2024-01-01", "no"),
        ("processing: [CA], transfer: [dpf]", (EU,), "2024-01-01", "unknown"),
        ("processing: [CA], transfer: [adequacy]", (EU,), "2024-01-01", "no"),
        ("processing: [{place: [CH, CA]}]", (EU,), "2024-01-01", "unknown"),
        ("processing: [GB]", (EU,), "2021-01-01", "no"),  # the bridge
        ("processing: [JP]", (CH,), "2023-08-31", "unknown"),  # before anything is known
        ("processing: [JP]", (CH,), "2023-09-01", "yes"),
        ("processing: [DE]", (CH,), "2023-08-31", "no"),
    ],
)
def test_processes_outside_an_area_depends_on_the_date(
    fields: str, area: str | tuple[Regime, ...], day: str, outside: str
) -> None:
    assert str(processes(fields, area, date.fromisoformat(day), outside=True).verdict) == outside


@pytest.mark.parametrize(
    ("place", "area", "day", "inside", "because"),
    [
        ("RE", "FR", DAY, "yes", ["place", "part-of-state"]),
        ("AX", "FI", DAY, "yes", ["place", "part-of-state"]),
        ("SJ", "NO", DAY, "yes", ["place", "part-of-state"]),
        ("NC", "FR", DAY, "unknown", ["place-territory", "with-state"]),
        ("HK", "CN", DAY, "unknown", ["place-territory", "with-state"]),
        ("HK", "CN", date(1997, 6, 30), "no", ["place"]),
        ("PR", "US", DAY, "unknown", ["place-territory", "with-state"]),
        ("RE", "DE", DAY, "no", ["place"]),
        ("JE", "GB", DAY, "no", ["place"]),
        ("AW", "NL", DAY, "no", ["place"]),
        ("TW", "CN", DAY, "no", ["place"]),
        ("FR", "RE", DAY, "no", ["place"]),  # a stated France is France without what has a code of its own
        ("NC", "EU", DAY, "no", ["place", "region-remark"]),
        ("RE", "zone-1", DAY, "no", ["place"]),  # a region has the members that its definition lists
        ("worldwide", "FR", DAY, "unknown", ["place-partly"]),
        ("EU", "Africa", DAY, "no", ["place"]),  # as for a stated France: Réunion alone is no place in Africa
        ("EU", "RE", DAY, "unknown", ["place-partly"]),  # the question names it, and it is in the EU
        ("RE", "Africa", DAY, "yes", ["place"]),
        ("RE", "EU", DAY, "yes", ["place"]),
    ],
)
def test_processes_in_a_state_covers_its_territories(
    place: str, area: str, day: date, inside: str, because: list[str]
) -> None:
    judgement = processes(f"processing: [{place}]", area, day, outside=False)
    assert str(judgement.verdict) == inside
    assert [each.reason for each in judgement.evidence] == because
    opposite = processes(f"processing: [{place}]", area, day, outside=True)
    assert opposite.verdict is ~judgement.verdict


@pytest.mark.parametrize(
    ("place", "outside"),
    [
        ("NO", "no"),
        ("IN", "yes"),
        ("RE", "no"),
        ("NC", "yes"),
        ("SJ", "unknown"),  # part of Norway, but it is not settled whether the law applies there
    ],
)
def test_processes_outside_the_home_of_a_law_is_open_for_an_unsettled_territory(
    place: str, outside: str
) -> None:
    index, service = read(f"processing: [{place}]")
    resolver = places.PlaceResolver(index.gazetteer, DAY)
    condition = places.AreaCondition(resolver.build_domestic_area((EU,)), is_outside=True)
    assert str(places.evaluate_processing("example", service, resolver, condition).verdict) == outside


@pytest.mark.parametrize(
    ("entity", "outside", "because"),
    [
        ("{country: US}", "yes", ["based US"]),
        ("{country: Ireland}", "no", ["based IE"]),
        ("{name: Example GmbH}", "unknown", ["no-entity-country"]),
    ],
)
def test_evaluate_entity_country_returns_verdict_and_evidence(
    entity: str, outside: str, because: list[str]
) -> None:
    index, service = read(f"entity: {entity}, processing: [CH]")
    area = places.PlaceResolver(index.gazetteer, DAY).build_area(["EU"])
    judgement = places.evaluate_entity_country(
        "example", service, places.AreaCondition(area, is_outside=True)
    )
    assert (str(judgement.verdict), reasons(judgement)) == (outside, because)
    assert (
        places.evaluate_entity_country(
            "example", service, places.AreaCondition(area, is_outside=False)
        ).verdict
        is ~judgement.verdict
    )


@pytest.mark.parametrize("field", facts.FIELDS)
def test_evaluate_stated_of_a_missing_field_is_no(field: str) -> None:
    given = {
        "processing": "processing: [NL]",
        "entity": "entity: {name: Example GmbH}",
        "address": "entity: {address: Example Street 1}",
        "country": "entity: {country: DE}",
        "data": "never_sees: [everything]",
        "transfer": "transfer: [scc]",
        "dpa": "links: {dpa: https://example.com/dpa}",
        **{
            name: f"links: {{{name}: https://example.com/{name}}}"
            for name in ("website", "privacy", "security", "subprocessors")
        },
        "since": "since: 2024-01-01",
        "service_type": "service_type: hosting",
        "model_training": "model_training: never",
        "parent": "entity: {parent: x}",
        "parent_country": "entity: {parent: {name: x, country: US}}",
        "signed_dpa": "dpa: {signed: 2024-01-01}",
        "retention_days": "retention: {days: 0}",
        "reviewed": "reviewed: 2024-01-01",
    } | {name: f"{name}: [x]" for name in ("subjects", "certifications", "onward")}
    for fields, verdict in ((given.get(field, f"{field}: x"), "no"), ("formerly: [old]", "yes")):
        assert str(facts.evaluate_missing(field, "example", read(fields)[1]).verdict) == verdict
        had = {"no": "yes", "yes": "unknown"}[verdict]
        assert str(facts.evaluate_stated(field, DAY, "example", read(fields)[1]).verdict) == had


@pytest.mark.parametrize(
    ("asked", "fields", "verdict"),
    [
        (partial(facts.evaluate_role, Role.SUBPROCESSOR), "purpose: none", "yes"),
        (partial(facts.evaluate_role, Role.SUBPROCESSOR), "role: vendor", "no"),
        (partial(facts.evaluate_activation, Activation.OPT_IN), "activation: opt-in", "yes"),
        (partial(facts.evaluate_activation, Activation.OPT_IN), "condition: on request", "no"),
        (partial(facts.evaluate_product, "text surveys"), "products: [Reports, Text-Surveys]", "yes"),
        (partial(facts.evaluate_product, "surveys"), "products: [Text-Surveys]", "no"),
        (partial(facts.evaluate_product, "surveys"), "purpose: none", "yes"),
    ],
)
def test_evaluate_attribute_of_a_service_returns_the_verdict(
    asked: Callable[[str, Service], Result], fields: str, verdict: str
) -> None:
    assert str(asked("example", read(fields)[1]).verdict) == verdict


@pytest.mark.parametrize(
    ("transfer", "leaves", "wanted", "relies", "relies_only"),
    [
        ("[dpf]", "yes", Basis.DPF, "yes", "yes"),
        ("[dpf]", "yes", Basis.ADEQUACY, "yes", "yes"),  # the framework is an adequacy decision
        ("[dpf, scc]", "yes", Basis.ADEQUACY, "yes", "no"),
        ("[scc]", "no", Basis.SCC, "yes", "yes"),
        ("[{basis: dpf, until: 2024-01-01}, scc]", "yes", Basis.DPF, "yes", "no"),
        ("[{basis: dpf, until: 2023-12-31}, scc]", "yes", Basis.DPF, "no", "no"),
        ("[{basis: dpf, until: 2023-12-31}, scc]", "yes", Basis.SCC, "yes", "yes"),
        ("[]", "no", Basis.SCC, "no", "no"),
        ("[]", "unknown", Basis.SCC, "unknown", "unknown"),
        ("[]", "yes", Basis.SCC, "unknown", "unknown"),
    ],
)
def test_evaluate_transfer_basis_returns_the_verdict(
    transfer: str, leaves: str, wanted: Basis, relies: str, relies_only: str
) -> None:
    service = read(f"transfer: {transfer}")[1]
    leaves_area = Verdict[leaves.upper()]
    verdicts = [
        transfer_bases.evaluate_transfer_basis(
            "example", service, transfer_bases.BasisCondition(wanted, only), DAY, leaves_area=leaves_area
        ).verdict
        for only in (False, True)
    ]
    assert [str(verdict) for verdict in verdicts] == [relies, relies_only]


@pytest.mark.parametrize(
    ("transfer", "laws", "relies"),
    [
        ("[dpf]", (EU,), "yes"),
        ("[dpf]", (UK,), "no"),  # without the UK Extension it is no decision of UK law
        ("[dpf, dpf-uk]", (UK,), "yes"),
        ("[dpf]", (CH,), "no"),
        ("[dpf-ch]", (CH,), "yes"),
        ("[dpf]", (EU, CH), "yes"),
        ("[adequacy]", (CH,), "yes"),
        ("[scc]", (EU,), "no"),
    ],
)
def test_a_framework_counts_as_adequacy_where_a_law_of_the_list_makes_it_a_decision(
    transfer: str, laws: tuple[str, ...], relies: str
) -> None:
    service = read(f"transfer: {transfer}")[1]
    wanted = transfer_bases.BasisCondition(Basis.ADEQUACY, only=False, laws=laws)
    day = date(2026, 6, 1)
    result = transfer_bases.evaluate_transfer_basis("example", service, wanted, day, leaves_area=Verdict.YES)
    assert str(result.verdict) == relies


@pytest.mark.parametrize(
    ("place", "laws", "outside", "remarks"),
    [
        ("IN", (EU,), "yes", ["after-known-until"]),
        ("DE", (EU,), "no", []),
        ("NC", (EU,), "yes", ["after-known-until", "unsettled"]),
    ],
)
def test_an_answer_of_after_the_data_ends_carries_that_remark(
    place: str, laws: tuple[Regime, ...], outside: str, remarks: list[str]
) -> None:
    result = processes(f"processing: [{place}]", laws, date(2026, 11, 20), outside=True)
    assert str(result.verdict) == outside
    assert [each.subject[1] for each in result.evidence if each.reason == "place-remark"] == remarks


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ("", data_access.EffectiveAccess.SILENT),
        ("sees: [identity.email]", data_access.EffectiveAccess.SEEN),
        ("sees: [identity]", data_access.EffectiveAccess.SEEN),
        ("sees: [{data: identity, extent: partial}]", data_access.EffectiveAccess.PART),
        ("sees: [{data: identity.email, extent: partial}]", data_access.EffectiveAccess.PART),
        ("sees: [{data: telemetry, may_contain: [identity]}]", data_access.EffectiveAccess.POSSIBLE),
        ("sees: [identity.email], never_sees: [identity.email]", data_access.EffectiveAccess.DISPUTED),
        ("never_sees: [identity]", data_access.EffectiveAccess.NEVER),
    ],
)
def test_resolve_access_of_a_category_returns_its_access(
    fields: str, where: data_access.EffectiveAccess
) -> None:
    service = listing(f"  a: {{name: A, {fields}}}\n").model.services["a"]
    assert data_access.resolve_access(data_access.collect_claims(service), "identity.email") is where


@pytest.mark.parametrize(
    ("fields", "condition"),
    [("sees: [usage]", ""), ("sees: [{data: usage, when: on request}]", "on request")],
)
def test_evidence_of_data_has_the_condition_of_its_statement(fields: str, condition: str) -> None:
    assert [each.condition for each in seen(fields, "usage").evidence] == [condition]


@pytest.mark.parametrize(("more", "condition"), [("", ""), (", when: for support", "for support")])
def test_evidence_of_remote_access_has_the_condition_of_its_statement(more: str, condition: str) -> None:
    registry, service = read(f"processing: [DE, {{place: IN, how: remote-access{more}}}]")
    resolver = places.PlaceResolver(registry.gazetteer, DAY)
    area = places.AreaCondition(resolver.build_area(["IN"]), is_outside=False)
    (evidence,) = facts.evaluate_remote_access(resolver, area, "example", service).evidence
    assert (evidence.reason, evidence.subject, evidence.condition) == ("remote", ("IN",), condition)
    assert evidence.path == ("services", "example", "processing", 1)


@pytest.mark.parametrize(("more", "condition"), [("", ""), (", when: for logs", "for logs")])
def test_evidence_of_a_place_has_the_condition_of_its_statement(more: str, condition: str) -> None:
    registry, service = read(f"processing: [{{place: IN{more}}}]")
    resolver = places.PlaceResolver(registry.gazetteer, DAY)
    area = places.AreaCondition(resolver.build_area(["IN"]), is_outside=False)
    (evidence,) = places.evaluate_processing("example", service, resolver, area).evidence
    assert (evidence.reason, evidence.subject, evidence.condition) == ("place", ("IN",), condition)


def test_owner_country_of_a_service_without_an_entity_is_unknown_and_names_nobody() -> None:
    registry, service = read("purpose: chat")
    resolver = places.PlaceResolver(registry.gazetteer, DAY)
    area = places.AreaCondition(resolver.build_area(["US"]), is_outside=False)
    (evidence,) = facts.evaluate_owner_country(area, "example", service).evidence
    assert (evidence.reason, evidence.subject) == ("no-owner-country", ("",))


@pytest.mark.parametrize(
    ("country", "verdict"), [("US", Verdict.YES), ("DE", Verdict.NO), ("", Verdict.UNKNOWN)]
)
def test_owner_country_rests_on_the_owner(country: str, verdict: Verdict) -> None:
    owner = f"{{name: Parent, country: {country}}}" if country else "Parent"
    registry, service = read(f"entity: {{name: Example GmbH, parent: {owner}}}")
    resolver = places.PlaceResolver(registry.gazetteer, DAY)
    area = places.AreaCondition(resolver.build_area(["US"]), is_outside=False)
    result = facts.evaluate_owner_country(area, "example", service)
    path = ("services", "example", "entity", *(("parent",) if country else ()))
    assert (result.verdict, [each.path for each in result.evidence]) == (verdict, [path])
    subject = ("Parent", country) if country else ("Parent",)
    assert [each.subject for each in result.evidence] == [subject]
    assert [each.reason for each in result.evidence] == ["owner" if country else "no-owner-country"]


def test_evidence_of_data_that_is_never_seen_is_the_statement() -> None:
    result = seen("sees: [usage], never_sees: [identity.email]", "identity.email")
    assert result.verdict is Verdict.NO
    assert [each.path for each in result.evidence] == [("services", "example", "never_sees", 0)]
