"""The page of places: `subproc places`."""

from datetime import date

import pytest

from subproc_cli.enums import Regime
from subproc_cli.output import terminal
from subproc_cli.overview.places import PlacesReport
from subproc_cli.reference.geography import load_gazetteer


@pytest.mark.parametrize(
    ("country", "day", "part"),
    [
        ("FO", "2024-06-01", "data protection act (DPA 2018 Sch. 21 paras 4 and 5; medium certainty)"),
        ("GB", "2024-06-01", "(Implementing Decision (EU) 2021/1772)"),
        ("GB", "2026-02-01", "Implementing Decision (EU) 2025/2574; medium certainty of the number)"),
        ("GB", "2026-02-01", "2021/1772, extended on 2025-06-24)"),
        ("GB", "2020-06-01", "EEA (counted until the end of the transition period)"),
        ("GI", "2019-06-01", "EU (the GDPR applied in Gibraltar until 2020-12-31)"),
        (
            "RE",
            "2024-06-01",
            "as a part of France (TFEU Art. 349 and 355(1)) since 2021-01-01, EEA state",
        ),  # as France is
    ],
)
def test_places_report_names_uncertainty_and_remarks(country: str, day: str, part: str) -> None:
    view = PlacesReport(load_gazetteer(), tuple(Regime), date.fromisoformat(day), (country,))
    assert part in " ".join(terminal.render(view.to_document(), 400, colour=False).split())
