"""What the list says of the time of a service, its retention and its names: fields in, a verdict and its reason out."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from registry_text import listing
from subproc_cli.enums import Activation, Role
from subproc_cli.evaluation import facts
from subproc_cli.evaluation.places import AreaCondition, PlaceResolver
from subproc_cli.evaluation.verdict import Result
from subproc_cli.registry.models import Service

DAY = date(2024, 6, 1)


def read(fields: str) -> Service:
    return listing(f"  a: {{name: Alpha, {fields}}}\n").model.services["a"]


def access_from_outside_the_eu(key: str, service: Service) -> Result:
    resolver = PlaceResolver(listing("  a: {name: Alpha}\n").gazetteer, DAY)
    condition = AreaCondition(resolver.build_area(["EU"]), is_outside=True)
    return facts.evaluate_remote_access(resolver, condition, key, service)


def summarize(result: Result) -> str:
    """Return the verdict, and what it rests on."""
    return " ".join(
        (str(result.verdict), *(f"{each.reason} {'/'.join(each.subject)}" for each in result.evidence))
    ).strip()


@pytest.mark.parametrize(
    ("fields", "announced", "in_use", "retired", "will_end"),
    [
        ("", "no no-end", "yes no-end", "no no-end", "no no-end"),
        ("since: 2024-06-02", "yes since 2024-06-02", "no since 2024-06-02", "no since 2024-06-02", "no since 2024-06-02"),
        ("since: 2024-06-01", "no since 2024-06-01", "yes since 2024-06-01", "no since 2024-06-01", "no since 2024-06-01"),
        ("until: 2024-06-01", "no until 2024-06-01", "no until 2024-06-01", "yes until 2024-06-01", "no until 2024-06-01"),
        ("until: 2024-06-02", "no no-end", "yes no-end", "no no-end", "yes until 2024-06-02"),
        ("since: 2023-01-01, until: 2025-01-01", "no since 2023-01-01", "yes since 2023-01-01", "no since 2023-01-01", "yes until 2025-01-01"),
    ],
)  # fmt: skip
def test_evaluate_state_follows_both_days(
    fields: str, announced: str, in_use: str, retired: str, will_end: str
) -> None:
    states = ("announced", "in-use", "retired", "will-end")
    found = [summarize(facts.evaluate_state(state, DAY, "a", read(fields))) for state in states]
    assert found == [announced, in_use, retired, will_end]


@pytest.mark.parametrize(
    ("fields", "days", "expected"),
    [
        ("", ("2024-01-01",), "unknown not-stated since"),
        ("since: 2024-01-01", ("2024-01-01",), "yes since 2024-01-01"),
        ("since: 2023-12-31", ("2024-01-01",), "no since 2023-12-31"),
        ("since: 2024-06-01", ("2024-01-01",), "yes since 2024-06-01"),
        ("since: 2024-06-02", ("2024-01-01",), "no since 2024-06-02"),
        ("since: 2024-02-02", ("2024-01-01", "2024-02-01"), "no since 2024-02-02"),
        ("since: 2024-02-01", ("2024-01-01", "2024-02-01"), "yes since 2024-02-01"),
        ("since: 2024-06-02", ("2024-01-01", "2024-12-31"), "no since 2024-06-02"),
    ],
)
def test_evaluate_added_counts_both_days_and_no_future(
    fields: str, days: tuple[str, ...], expected: str
) -> None:
    assert summarize(facts.evaluate_added(days, DAY, "a", read(fields))) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("", "unknown not-stated since"),
        ("since: 2024-05-31", "yes since 2024-05-31"),
        ("since: 2024-06-01", "no since 2024-06-01"),
    ],
)
def test_evaluate_began_before_excludes_the_day(fields: str, expected: str) -> None:
    assert summarize(facts.evaluate_began_before(DAY, "a", read(fields))) == expected


@pytest.mark.parametrize(
    ("fields", "days", "expected"),
    [
        ("", ("2024-01-01",), "no no-end"),
        ("until: 2024-01-01", ("2024-01-01",), "no until 2024-01-01"),  # the last day with it was in 2023
        ("until: 2024-01-02", ("2024-01-01",), "yes until 2024-01-02"),
        ("until: 2024-06-01", ("2024-01-01",), "yes until 2024-06-01"),
        ("until: 2024-06-02", ("2024-01-01",), "no until 2024-06-02"),
        ("until: 2024-02-01", ("2024-01-01", "2024-02-01"), "yes until 2024-02-01"),
        ("until: 2024-02-02", ("2024-01-01", "2024-02-01"), "no until 2024-02-02"),
        ("until: 1999-01-01", ("", "2024-02-01"), "yes until 1999-01-01"),
    ],
)
def test_evaluate_ended_counts_the_first_day_without_the_service(
    fields: str, days: tuple[str, ...], expected: str
) -> None:
    assert summarize(facts.evaluate_ended(days, DAY, "a", read(fields))) == expected


@pytest.mark.parametrize(
    ("fields", "longer", "shorter"),
    [
        ("", "unknown not-stated retention", "unknown not-stated retention"),
        ("retention: as long as needed", "unknown retention-text as long as needed", "unknown retention-text as long as needed"),
        ("retention: {days: 30}", "no retention 30 days", "no retention 30 days"),
        ("retention: {days: 31}", "yes retention 31 days", "no retention 31 days"),
        ("retention: {days: 29}", "no retention 29 days", "yes retention 29 days"),
        ("retention: two weeks", "no retention two weeks", "yes retention two weeks"),
        ("retention: 1 year", "yes retention 1 year", "no retention 1 year"),
    ],
)  # fmt: skip
def test_evaluate_retention_compares_the_days_that_are_stated(fields: str, longer: str, shorter: str) -> None:
    service = read(fields)
    assert summarize(facts.evaluate_retention(30, "a", service, is_longer=True)) == longer
    assert summarize(facts.evaluate_retention(30, "a", service, is_longer=False)) == shorter


@pytest.mark.parametrize(
    ("kind", "purpose", "verdict"),
    [
        ("development", "Software development", "yes"),
        ("development", "Bug tracking", "yes"),
        ("development", "Business development", "unknown"),
        ("development", "Usability testing with panels", "unknown"),
        ("analytics", "Web analytics", "yes"),
        ("analytics", "Bug tracking", "unknown"),
        ("analytics", "Tracking of parcels", "unknown"),
        ("analytics", "No analytics", "unknown"),
        ("analytics", "Mail without any analytics", "unknown"),
        ("analytics", "Mail (analytics)", "yes"),
        ("analytics", "Mail,analytics", "yes"),
        ("analytics", "Analytics(mail)", "yes"),
        ("analytics", "Mail except analytics", "unknown"),
        ("analytics", "Not for analytics", "unknown"),
        ("analytics", "Not mail but analytics", "yes"),
        ("analytics", "No mail, only web analytics", "yes"),
    ],
)
def test_evaluate_use_needs_words_of_a_purpose_that_mean_nothing_else(
    kind: str, purpose: str, verdict: str
) -> None:
    assert str(facts.evaluate_use(kind, "a", read(f'purpose: "{purpose}"')).verdict) == verdict


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("web analytics", "service_type: [hosting, ai]", "no service-types hosting/ai"),
        ("web analytics", "service_type: analytics", "unknown no-service-type web analytics"),
        ("web analytics", "service_type: [hosting, analytics]", "unknown no-service-type web analytics"),
        ("web analytics", "service_type: analytics, purpose: Web analytics", "yes wording Web analytics"),
        ("web analytics", "service_type: hosting, purpose: Web analytics", "yes wording Web analytics"),
        ("web analytics", "purpose: Hosting", "unknown no-service-type web analytics"),
        ("email marketing", "service_type: storage", "no service-types storage"),
        ("newsletters", "service_type: email-delivery", "unknown no-service-type newsletters"),
        ("chat", "service_type: collaboration", "unknown no-service-type chat"),
        ("testing", "service_type: hosting", "unknown no-service-type testing"),
        ("tracking", "service_type: logistics", "unknown no-service-type tracking"),
        ("panels", "service_type: hosting", "unknown no-service-type panels"),
    ],
)
def test_evaluate_use_for_a_part_of_a_kind_is_a_no_where_only_other_kinds_are_stated(
    kind: str, fields: str, expected: str
) -> None:
    assert summarize(facts.evaluate_use(kind, "a", read(fields))) == expected


@pytest.mark.parametrize(
    ("evaluate", "fields", "expected", "path"),
    [
        (facts.evaluate_listed, "purpose: chat", "yes listed chat", ()),
        (facts.evaluate_listed, "", "yes listed", ()),
        (partial(facts.evaluate_stated, "transfer", DAY), "transfer: [{basis: dpf, until: 2024-01-01}, {basis: scc, until: 2024-05-31}]", "no lapsed dpf, scc", ("transfer",)),
        (partial(facts.evaluate_stated, "transfer", DAY), "transfer: [{basis: dpf, until: 2024-06-01}]", "yes stated transfer", ("transfer",)),
        (partial(facts.evaluate_stated, "contact", DAY), "", "unknown not-stated contact", ("contact",)),
        (partial(facts.evaluate_missing, "contact"), "", "yes not-stated contact", ("contact",)),
        (partial(facts.evaluate_missing, "contact"), "contact: x", "no stated contact", ("contact",)),
        (partial(facts.evaluate_product, "forms"), "products: [Surveys, Forms]", "yes products Surveys, Forms", ("products",)),
        (partial(facts.evaluate_product, "panels"), "products: [Surveys, Forms]", "no products Surveys, Forms", ("products",)),
        (partial(facts.evaluate_product, "panels"), "", "yes all-products", ("products",)),
        (partial(facts.evaluate_activation, Activation.OPT_IN), "activation: opt-in", "yes activation opt-in", ("activation",)),
        (partial(facts.evaluate_activation, Activation.OPT_IN), "", "no activation-default always", ("activation",)),
        (partial(facts.evaluate_role, Role.SUBPROCESSOR), "", "yes role-default subprocessor", ("role",)),
        (partial(facts.evaluate_role, Role.SUBPROCESSOR), "role: affiliate", "yes role affiliate", ("role",)),
        (partial(facts.evaluate_role, Role.VENDOR), "role: affiliate", "no role affiliate", ("role",)),
        (partial(facts.evaluate_group, "Sales"), "group: sales", "yes group sales", ("group",)),
        (partial(facts.evaluate_group, "Support"), "group: sales", "no group sales", ("group",)),
        (partial(facts.evaluate_group, "Support"), "", "no no-group", ()),
        (partial(facts.evaluate_use, "hosting"), "purpose: Hosting", "yes wording Hosting", ("purpose",)),
        (partial(facts.evaluate_use, "hosting"), "group: Hosting", "yes wording Hosting", ("group",)),
        (partial(facts.evaluate_use, "hosting"), "service_type: hosting", "yes service-type hosting", ("service_type",)),
        (partial(facts.evaluate_certificate, "ISO 27001", DAY), "certifications: [SOC 2, ISO 27001]", "yes certification ISO 27001", ("certifications", 1)),
        (partial(facts.evaluate_certificate, "SOC 2 Type 1", DAY), "certifications: [SOC2 Type I]", "yes certification SOC2 Type I", ("certifications", 0)),
        (partial(facts.evaluate_certificate, "SOC 2", DAY), "certifications: [ISO 27001]", "unknown other-certifications certifications", ("certifications",)),
        (partial(facts.evaluate_certificate, "SOC 2", DAY), "", "unknown not-stated certifications", ("certifications",)),
        (partial(facts.evaluate_certificate, "DPF", DAY), "transfer: [dpf]", "yes bases dpf", ("transfer",)),
        (partial(facts.evaluate_subject, "employees"), "subjects: [Employees]", "yes subjects Employees", ("subjects",)),
        (partial(facts.evaluate_subject, "children"), "subjects: [employees]", "no subjects employees", ("subjects",)),
        (partial(facts.evaluate_subject, "children"), "", "unknown not-stated subjects", ()),
        (partial(facts.evaluate_recipient, frozenset({"beta"})), "onward: [Beta]", "yes recipients Beta", ("onward",)),
        (partial(facts.evaluate_added, ("2024-01-01",), DAY), "since: 2024-01-01", "yes since 2024-01-01", ("since",)),
        (partial(facts.evaluate_ended, ("2024-01-01",), DAY), "until: 2024-02-01", "yes until 2024-02-01", ("until",)),
        (partial(facts.evaluate_only_products, ("surveys",)), "products: [Surveys]", "yes products Surveys", ("products",)),
        (partial(facts.evaluate_only_products, ("surveys",)), "products: [Surveys, Forms]", "no products Surveys, Forms", ("products",)),
        (partial(facts.evaluate_only_products, ("surveys",)), "", "no all-products", ("products",)),
        (access_from_outside_the_eu, "", "unknown no-place", ()),
        (access_from_outside_the_eu, "processing: [IN]", "no no-remote", ("processing",)),
        (access_from_outside_the_eu, "processing: [DE, {place: IN, how: remote-access}]", "yes remote IN", ("processing", 1)),
        (partial(facts.evaluate_identity, frozenset({"ALPHA"})), "", "yes name Alpha", ("name",)),
        (partial(facts.evaluate_identity, frozenset({"old-a", "b"})), "formerly: [old-a]", "yes name Alpha", ("name",)),
        (partial(facts.evaluate_identity, frozenset({"b"})), "", "no name Alpha", ("name",)),
        (facts.evaluate_training, "model_training: opt-in", "unknown training opt-in", ("model_training",)),
        (facts.evaluate_training, "", "unknown not-stated model_training", ()),
        (partial(facts.evaluate_retention, 30, is_longer=True), "retention: 1 year", "yes retention 1 year", ("retention",)),
        (partial(facts.evaluate_retention, 30, is_longer=True), "", "unknown not-stated retention", ("retention",)),
        (partial(facts.evaluate_began_before, DAY), "since: 2024-01-01", "yes since 2024-01-01", ("since",)),
        (partial(facts.evaluate_began_before, DAY), "", "unknown not-stated since", ()),
        (partial(facts.evaluate_ended, ("2024-01-01",), DAY), "", "no no-end", ()),
        (partial(facts.evaluate_owner_name, "parent"), "entity: {parent: Other Inc}", "no owner-name Other Inc", ("entity", "parent")),
        (partial(facts.evaluate_recipient, frozenset({"beta"})), "", "unknown not-stated onward", ()),
        (partial(facts.evaluate_use, "hosting"), "service_type: analytics", "no service-types analytics", ("service_type",)),
        (partial(facts.evaluate_use, "hosting"), "", "unknown no-service-type hosting", ()),
        (partial(facts.evaluate_state, "in-use", DAY), "", "yes no-end", ()),
        (partial(facts.evaluate_owner_name, "parent"), "", "unknown no-owner", ("entity",)),
        (partial(facts.evaluate_owner_name, "parent"), "entity: {parent: Parent Inc}", "yes owner-name Parent Inc", ("entity", "parent")),
        (partial(facts.evaluate_state, "in-use", DAY), "since: 2024-01-01", "yes since 2024-01-01", ("since",)),
        (partial(facts.evaluate_state, "retired", DAY), "until: 2024-01-01", "yes until 2024-01-01", ("until",)),
    ],
)  # fmt: skip
def test_fact_rests_on_the_statement_with_its_path(
    evaluate: Callable[[str, Service], Result], fields: str, expected: str, path: tuple[str | int, ...]
) -> None:
    result = evaluate("a", read(fields))
    assert summarize(result) == expected
    assert [each.path for each in result.evidence] == [("services", "a", *path)]
