"""A template is refused by its name, with what to import instead; a page that shows its marks is read."""

import pytest

from import_cases import made
from subproc_cli.errors import ReadError
from subproc_cli.importers.input_format import InputFormat

HEAD = "<table><tr><th>Name</th><th>Purpose</th></tr>"


def refused(page: str, kind: InputFormat = InputFormat.HTML) -> ReadError:
    with pytest.raises(ReadError) as caught:
        made(page, kind)
    return caught.value


@pytest.mark.parametrize(
    ("rows", "language", "shown", "data"),
    [
        (
            "{% for s in site.data.subs %}<tr><td>{{ s.name }}<td>{{ s.use }}</tr>{% endfor %}",
            *("Liquid or Jinja", "{{ s.name }}", " (site.data.subs)"),
        ),
        (
            "<% for (const s of rows) { %><tr><td><%= s.name %><td><%= s.use %></tr><% } %>",
            *("EJS or ERB", "<%= s.name %>", " (rows)"),
        ),
        (
            "<% @subs.each do |s| %><tr><td><%= s.name %><td>x</tr><% end %>",
            *("EJS or ERB", "<%= s.name %>", " (@subs)"),
        ),
        ("{#each subs as s}<tr><td>{s.name}<td>{s.use}</tr>{/each}", *("Svelte", "{s.name}", " (subs)")),
        ("{subs.map((s) => <tr><td>{s.name}<td>{s.use}</tr>)}", *("JSX", "{s.name}", " (subs)")),
        ("{{#each subs}}<tr><td>{{name}}<td>{{use}}</tr>{{/each}}", *("Handlebars", "{{name}}", " (subs)")),
        (
            "<tr *ngFor='let s of subs'><td>{{ s.name }}<td>{{ s.use }}</tr>",
            *("Angular", "{{ s.name }}", " (subs)"),
        ),
        ("<tr v-for='s in subs'><td>{{ s.name }}<td>{{ s.use }}</tr>", *("Vue", "{{ s.name }}", " (subs)")),
        (
            "{{ range .Site.Data.subs }}<tr><td>{{ .name }}<td>x</tr>{{ end }}",
            *("Hugo", "{{ .name }}", " (.Site.Data.subs)"),
        ),
        (
            "@foreach (var s in Model.Subs) {<tr><td>@s.Name<td>@s.Use</tr>}",
            *("Razor", "@s.Name", " (Model.Subs)"),
        ),
        ("<tr><td>${s.name}<td>${s.use}</tr>", *("JavaScript", "${s.name}", "")),
        (
            "<tr><td>{{ s.name }}<td>{{ s.use }}</tr>",
            *("Vue, Angular, Handlebars or Jinja", "{{ s.name }}", ""),
        ),
        ("<tr><td>{name}<td>{purpose}</tr>", *("JSX", "{name}", "")),
    ],
)
def test_import_of_a_template_names_language_and_placeholder(
    rows: str, language: str, shown: str, data: str
) -> None:
    fault = refused(f"{HEAD}{rows}</table>")
    assert (
        fault.message == f"file: the file is a template ({language}) that fills in its services with {shown}"
    )
    assert fault.hint == f"import its data{data}, or the finished page saved in a browser"


@pytest.mark.parametrize(
    ("page", "kind", "told"),
    [
        (
            f"{HEAD}<?php foreach ($subs as $s): ?><tr><td><?= $s['name'] ?><td>x</tr></table>",
            InputFormat.HTML,
            "(PHP)",
        ),
        (f"{HEAD}<tr v-for='s in subs'><td v-text='s.name'></td></tr></table>", InputFormat.HTML, "(Vue)"),
        ("# Subprocessors\n\n{{< subprocessors >}}\n", InputFormat.MARKDOWN, "(Hugo)"),
        ("<ul>{subs.map((s) => <li><b>{s.name}</b></li>)}</ul>", InputFormat.MARKDOWN, "(JSX)"),
    ],
)
def test_import_of_a_template_without_rows_names_its_language(
    page: str, kind: InputFormat, told: str
) -> None:
    assert f"no services found: the file is a template {told} and " in refused(page, kind).message


def test_import_of_a_page_with_one_template_row_is_refused() -> None:
    page = "| Name | Purpose |\n|---|---|\n| Ferox | Hosting |\n| {{ s.name }} | {{ s.use }} |\n"
    assert "is a template" in refused(page, InputFormat.MARKDOWN).message


def test_import_of_a_page_with_placeholder_cells_is_refused() -> None:
    page = "| Name | Purpose | Location |\n|---|---|---|\n| Ferox | {{ t('a') }} | {{ t('b') }} |\n"
    assert "with {{ t('a') }}" in refused(page, InputFormat.MARKDOWN).message


@pytest.mark.parametrize(
    ("name", "purpose"),
    [
        ("Ferox", "Templates with {{ braces }} and <% tags %>"),
        ("{ferox}", "Hosting"),
        ("@ferox.example", "Hosting"),
        ("Ferox {x}", "Hosting"),
    ],
)
def test_import_of_a_page_that_mentions_template_tags_is_read(name: str, purpose: str) -> None:
    page = f"# {{{{ page.title }}}}\n\n| Name | Purpose |\n|---|---|\n| {name} | {purpose} |\n\n{{% include foot.html %}}\n"
    found = made(page)
    assert [(service.name, service.purpose) for service in found.services.values()] == [(name, purpose)]
    assert found.read.model.publisher == "not stated"
