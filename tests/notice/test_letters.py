"""A notice in, a mail, a Word document, a page or a text of the user's own template out."""

import email
import re
from datetime import date
from email.message import EmailMessage
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from notice_cases import customer
from registry_text import listing
from subproc_cli.diff.classify import diff
from subproc_cli.errors import UsageError
from subproc_cli.notice.customers import customers
from subproc_cli.notice.customers.customers import Customers
from subproc_cli.notice.formats import eml
from subproc_cli.notice.letters.letter import Letter
from subproc_cli.notice.letters.renderer import NoticeRenderer, OutputOptions
from subproc_cli.notice.letters.templates import MAX_BYTES, CustomTemplates, LetterRenderer, load_custom
from subproc_cli.notice.plan import Request, plan
from subproc_cli.output.docx import FormLetter
from subproc_cli.yaml.source import Source

HOSTILE = "<b>x</b>[y](z)*_`# \x1b[31m \r\nBcc: a@b \u202e \u200b =1+1 {{ 7*7 }} {% raw %}"


def record(name: str = "Gamma", customer: str = "Example AG", language: str = "en") -> dict[str, Any]:
    old = listing("  a: {name: Alpha}\n", head="notice: {days: 30, contact: privacy@example.com}")
    text = f"  a: {{name: Alpha}}\n  c: {{name: {_quoted(name)}, sees: [identity.email]}}\n"
    new = listing(text, head="notice: {days: 30, contact: privacy@example.com}", date="2024-02-01")
    given = f"customers: [{{name: {customer}, address: privacy@example.org, language: {language}}}]"
    found = customers.load_customers(Source("c.yaml", given.encode()))
    assert isinstance(found, Customers)
    (notice,) = plan((old, new), diff(old, new), Request(date(2024, 2, 1)), found.customers).notices
    return Letter(notice).to_record()


def _quoted(text: str) -> str:
    return '"' + "".join(f"\\u{ord(char):04x}" for char in text) + '"'


def read(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def mailed(**given: Any) -> bytes:
    made = record(**given)
    text, html = (LetterRenderer().render(form, made) for form in ("txt", "html"))
    return eml.render(made, text, html, "privacy@example.com")


def test_mail_has_its_headers_and_both_parts() -> None:
    message = read(mailed(language="de"))
    assert (
        message["Subject"] == "Änderung bei den Unterauftragsverarbeitern von Example GmbH zum 5. März 2024"
    )
    assert (message["From"], message["To"]) == ("privacy@example.com", "privacy@example.org")
    assert message["Date"] == "Thu, 01 Feb 2024 12:00:00 +0000"
    assert (message["Content-Language"], message["X-Unsent"]) == ("de", "1")
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.com>", message["Message-ID"])
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    text, html = (part.get_content() for part in message.iter_parts())
    assert "Sehr geehrte Damen und Herren," in text
    assert "<p>Sehr geehrte Damen und Herren,</p>" in html
    assert message.defects == []


def test_mail_has_no_line_longer_than_998_bytes() -> None:
    lines = mailed(name="x" * 10_000).split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert b"\n" not in b"".join(lines)


def in_word(notice: dict[str, Any]) -> bytes:
    return FormLetter(notice).render(notice)


def test_docx_has_every_part_of_the_letter() -> None:
    made = record(language="fr")
    document = Document(BytesIO(in_word(made)))
    texts = [each.text for each in document.paragraphs]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert texts[0] == made["subject"]
    assert [each.text for each in document.paragraphs if each.style and each.style.name == "Heading 2"] == [
        "Gamma",
        "Ce qui n’est pas encore connu",
        "Ce qui ne change pas",
        "Droit d’objection",
    ]
    assert "À compter du 5 mars 2024, Gamma interviendra comme nouveau sous-traitant ultérieur." in texts
    assert cells[cells.index("Catégories de données") + 1] == "adresse électronique"
    assert (document.core_properties.title, document.core_properties.language) == (made["subject"], "fr-FR")


@pytest.mark.slow
@pytest.mark.parametrize("form", ["txt", "md", "html"])
def test_render_of_the_same_notice_twice_gives_the_same_bytes(form: str) -> None:
    assert LetterRenderer().render(form, record()) == LetterRenderer().render(form, record())
    assert mailed() == mailed()
    assert in_word(record()) == in_word(record())


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("txt", r"<b>x</b>[y](z)*_`# \x1b[31m   Bcc: a@b \u202e \u200b =1+1 {{ 7*7 }} {% raw %}"),
        ("html", r"&lt;b&gt;x&lt;/b&gt;[y](z)*_`# \x1b[31m  Bcc: a@b \u202e \u200b =1+1 {{ 7*7 }} {% raw %}"),
        ("md", r"\<b\>x\</b\>\[y\](z)\*\_\`\# \\x1b\[31m  Bcc: a@b"),
    ],
)
def test_render_of_a_hostile_name_escapes_it(form: str, expected: str) -> None:
    found = " ".join(LetterRenderer().render(form, record(name=HOSTILE)).split())
    assert " ".join(expected.split()) in found
    assert not re.search("[\x00-\x08\x0b-\x1f\u200b\u202e]", found)


def test_mail_of_a_hostile_name_has_no_added_header_or_part() -> None:
    message = read(mailed(name=HOSTILE))
    assert "Bcc" not in message
    assert len(list(message.iter_parts())) == 2
    assert in_word(record(name=HOSTILE + "\ufffe\x00"[:1])).startswith(b"PK")


def test_docx_letters_of_one_run_are_each_in_the_language_of_the_customer() -> None:
    head = "notice: {days: 30, contact: privacy@example.com}"
    old = listing("  a: {name: Alpha}\n", head=head)
    new = listing("  a: {name: Alpha}\n  c: {name: Gamma}\n", head=head, date="2024-02-01")
    to = customer("name: Example AG, language: de"), customer("name: Example Ltd, language: en")
    notices = plan((old, new), diff(old, new), Request(date(2024, 2, 1)), to).notices
    renderer = NoticeRenderer(OutputOptions(("docx",), "letters", None, None, None, None, incomplete=False))
    german, english = (
        "\n".join(each.text for each in Document(BytesIO(renderer.render(notice, "docx"))).paragraphs)
        for notice in notices
    )
    assert "Gamma wird ab dem 5. März 2024 als neuer Unterauftragsverarbeiter eingesetzt" in german
    assert "From 5 March 2024, Gamma will be engaged as a new subprocessor" in english


def own(text: str) -> str:
    return LetterRenderer(CustomTemplates("mine", {"letter.txt.j2": text})).render("txt", record())


def test_custom_template_is_rendered() -> None:
    assert own("{% for each in notice.changes %}{{ each.text }}!{% endfor %}") == (
        "From 5 March 2024, Gamma will be engaged as a new subprocessor!\n"
    )
    assert own("{{ notice.letter.services[0].facts[0].name | upper }}") == "LEGAL ENTITY\n"
    both = LetterRenderer(
        CustomTemplates("mine", {"letter.txt.j2": "{% include 'foot.j2' %}", "foot.j2": "the foot"})
    )
    assert both.render("txt", record()) == "the foot\n"
    assert "<h1" in both.render("html", record())  # the built-in one, where there is no other


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a\n{% if %}", "mine/letter.txt.j2:2: Expected an expression"),
        ("{{ notice.subject | safe }}", "mine/letter.txt.j2:1: No filter named 'safe'"),
        ("{{ notice.subject | nothing }}", "mine/letter.txt.j2:1: No filter named 'nothing'"),
        ("{{ 1 / 0 }}", "mine/letter.txt.j2:1: division by zero"),
        ("{{ 1 | e('x', 'y') }}", "mine/letter.txt.j2:1: "),
        ("\n{{ 5 | items | list }}", "mine/letter.txt.j2:2: Can only get item pairs from a mapping."),
        ("{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}", "calls itself without end"),
        ("{{ " + "not " * 90_000 + "1 }}", "nested too deep"),
    ],
)  # fmt: skip
def test_custom_template_with_an_error_names_file_and_line(text: str, fault: str) -> None:
    with pytest.raises(UsageError) as caught:
        own(text)
    assert fault in caught.value.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\n\n{{ notice.subjet }}", ":3: there is no field 'subjet' (did you mean subject?)"),
        ("{{ notice.xyz }}", ":1: there is no field 'xyz' (known are authorisation, body, changes and 14 more)"),
        ("{{ notice.letter.to.nme }}", ":1: there is no field 'nme' (did you mean name?)"),
        ("{{ notic.subject }}", ":1: there is no variable 'notic' (did you mean notice?)"),
        ("{{ letter }}", ":1: there is no variable 'letter' (a template gets everything as notice)"),
        ("{{ notice.changes[99] }}", ":1: list object has no element 99"),
        ("{% macro f(x) %}{{ x }}{% endmacro %}\n{{ f() }}", ":1: parameter 'x' was not provided"),
    ],
)  # fmt: skip
def test_custom_template_with_an_unknown_field_suggests_another(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        own(text)
    assert caught.value.message == f"mine/letter.txt.j2{message}"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{% include '/etc/passwd' %}", "there is no template '/etc/passwd'"),
        ("{% include '../x.j2' %}", "there is no template '../x.j2'"),
        ("{{ notice.__class__.__mro__ }}", "access to attribute '__class__'"),
        ("{{ ''.__class__ }}", "access to attribute '__class__'"),
        ("{{ notice.subject | attr('__class__') }}", "access to attribute '__class__'"),
        ("{{ '{0.__class__}'.format(notice) }}", "access to attribute '__class__'"),
        ("{{ cycler.__init__.__globals__ }}", "access to attribute '__init__'"),
        ("{{ lipsum.__globals__ }}", "access to attribute '__globals__'"),
        ("{{ self._TemplateReference__context }}", "access to attribute '_TemplateReference__context'"),
        ("{{ notice.changes.append(1) }}", "access to attribute 'append'"),
        ("{{ notice.update({}) }}", "access to attribute 'update'"),
        ("{{ range(10 ** 9) }}", "Range too big"),
    ],
)  # fmt: skip
def test_custom_template_that_reaches_outside_is_refused(text: str, fault: str) -> None:
    with pytest.raises(UsageError) as caught:
        own(text)
    assert f"mine/letter.txt.j2:1: {fault}" in caught.value.message


def test_load_custom_takes_a_template_of_the_largest_size_and_no_larger_one(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt.j2"
    file.write_bytes(b"x" * MAX_BYTES)
    assert len(load_custom(str(tmp_path)).texts["letter.txt.j2"]) == MAX_BYTES
    file.write_bytes(b"x" * (MAX_BYTES + 1))
    with pytest.raises(UsageError, match=r"letter\.txt\.j2 is larger than 1,000,000 bytes"):
        load_custom(str(tmp_path))


def test_custom_html_template_escapes_values() -> None:
    renderer = LetterRenderer(CustomTemplates("mine", {"letter.html.j2": "{{ notice.changes[0].name }}"}))
    assert renderer.render("html", record(name="<script>")) == "&lt;script&gt;\n"


def test_custom_template_with_a_wrong_file_name_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        LetterRenderer(CustomTemplates("mine", {"letter.text.j2": ""}))
    assert (caught.value.message, caught.value.hint) == (
        "mine: there is no template letter.text.j2",
        "did you mean letter.txt.j2?",
    )


CHAIN = "entity: {name: B, parent: Example Holding}, onward: [Example Archive], certifications: [ISO 27001]"
LABELS = {
    "en": ("Owned by", "Passes data on to", "Certifications"),
    "de": ("Muttergesellschaft", "Weitergabe an", "Zertifizierungen"),
    "fr": ("Société mère", "Données transmises à", "Certifications"),
}


@pytest.mark.parametrize("language", LABELS)
def test_letter_in_every_format_names_parents_and_recipients(language: str) -> None:
    old, new = (
        listing(f"  a: {{name: A}}\n{row}", head="notice: {days: 30}")
        for row in ("", f"  b: {{name: B, {CHAIN}}}\n")
    )
    (notice,) = plan((old, new), diff(old, new), Request(date(2024, 2, 1), language=language)).notices
    made = Letter(notice).to_record()
    written = {form: LetterRenderer().render(form, made) for form in ("txt", "md", "html")}
    mail_parts = read(eml.render(made, written["txt"], written["html"], "")).iter_parts()
    tables = Document(BytesIO(in_word(made))).tables
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    for text in (*written.values(), *(part.get_content() for part in mail_parts), "\n".join(cells)):
        for said in (*LABELS[language], "Example Holding", "Example Archive", "ISO 27001"):
            assert said in text
