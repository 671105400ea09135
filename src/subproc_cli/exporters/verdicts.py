"""The two questions of the product, asked of every service: who sees which data, who processes where."""

from collections.abc import Iterator
from typing import NamedTuple

from subproc_cli.describe import explanations
from subproc_cli.evaluation import data_access
from subproc_cli.evaluation.places import Atlas, Side, processes
from subproc_cli.evaluation.verdict import Judgement
from subproc_cli.exporters.exporter import Export


class Answer(NamedTuple):
    """One answer about one service: `yes`, `no` or `unknown`, and why in English words."""

    service: str
    subject: str
    verdict: str
    because: str


def by_data(export: Export) -> Iterator[Answer]:
    """Yield for each service and each category whether the service sees it."""
    tree = export.about.tree
    for key, service in export.services.items():
        for category in tree:
            judged = data_access.explained(data_access.category_of(service, tree, category.key), key, service)
            yield _answer(export, key, category.key, judged)


def by_region(export: Export) -> Iterator[Answer]:
    """Yield for each service and each region whether the service processes outside of it."""
    atlas = Atlas(export.about.gazetteer, export.day)
    for key, service in export.services.items():
        for region in export.about.gazetteer:
            side = Side(atlas.area([region.key]), outside=True)
            yield _answer(export, key, region.key, processes(key, service, atlas, side))


def _answer(export: Export, service: str, subject: str, judged: Judgement) -> Answer:
    texts = dict.fromkeys(explanations.sentence(export.about, each) for each in judged.because)
    return Answer(service, subject, str(judged.verdict), "; ".join(texts))
