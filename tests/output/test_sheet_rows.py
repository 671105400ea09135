"""Rows of a sheet of a workbook, as XML."""

from itertools import repeat

from subproc_cli.output.sheet_rows import format_row


def test_row_has_texts_numbers_and_empty_cells_with_a_style() -> None:
    row = format_row(2, "ABCD", ["a", 7, None, ""], [1, 2, 3, 0], 15)
    assert row.decode() == (
        '<row r="2" ht="15" customHeight="1">'
        '<c r="A2" s="1" t="inlineStr"><is><t>a</t></is></c><c r="B2" s="2" t="n"><v>7</v></c><c r="C2" s="3"/>'
        "</row>"
    )


def test_row_has_markup_and_other_alphabets_escaped_and_blanks_at_the_ends_kept() -> None:
    row = format_row(1, "AB", ["<b> & ü", " a"], repeat(0))
    assert row.decode() == (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>&lt;b&gt; &amp; &#252;</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t xml:space="preserve"> a</t></is></c></row>'
    )


def test_row_of_a_text_that_looks_like_the_code_of_a_character_keeps_its_underscores() -> None:
    row = format_row(1, "A", ["_x0041_x00e9_ and _xyz_"], repeat(0)).decode()
    assert "<t>_x005F_x0041_x005F_x00e9_ and _xyz_</t>" in row
