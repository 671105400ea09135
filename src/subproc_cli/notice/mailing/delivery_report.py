"""What became of the letters of a run, as `subproc send` shows it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from subproc_cli.notice.ledger.event_kinds import EventKind
from subproc_cli.notice.mailing.sending import NO_ADDRESS, NOT_TRIED, SENT_BEFORE, TO_SEND, UNCERTAIN, Result
from subproc_cli.output.document import (
    Bullets,
    Heading,
    Line,
    Page,
    Table,
    emphasize,
    format_count,
    make_line,
)

RESULT_TEXTS = {
    TO_SEND: "to send",
    SENT_BEFORE: "sent before",
    NO_ADDRESS: "no address",
    NOT_TRIED: "not tried",
    UNCERTAIN: "may be delivered",
}


class DeliveryReport(NamedTuple):
    """What became of the letters of a run."""

    run: Path
    results: tuple[Result, ...]

    def to_document(self) -> Page:
        """Return the counts, and every letter that is not with its customer."""
        counts: dict[str, int] = {}
        for result in self.results:
            counts[result.result] = counts.get(result.result, 0) + 1
        head = ", ".join(f"{count} {RESULT_TEXTS.get(name, name)}" for name, count in counts.items())
        blocks: list[Any] = [Heading(make_line(emphasize(head or "no letters")), 1)]
        planned = [result for result in self.results if result.result == TO_SEND]
        if planned:
            heads = ("customer", "language", "addresses")
            blocks.append(Table(heads, tuple(_build_row(result) for result in planned)))
        items = tuple(_format_problem(result) for result in self.results if not result.is_done)
        blocks += [Heading(make_line("Not sent")), Bullets(items)] if items else []
        missed = tuple(_format_unreached(result) for result in self.results if result.unreached)
        blocks += [Heading(make_line("Not accepted by the server")), Bullets(missed)] if missed else []
        return tuple(blocks)

    def to_record(self) -> dict[str, Any]:
        """Return `subproc/delivery/1`."""
        return {
            "schema": "subproc/delivery/1",
            "run": self.run.as_posix(),
            "results": [
                {
                    "customer": result.letter["customer"],
                    "addresses": result.letter["addresses"],
                    "cc": result.letter["cc"],
                    "result": result.result,
                    "code": result.code or None,
                    "answer": result.answer or None,
                    "unreached": list(result.unreached),
                }
                for result in self.results
            ],
        }

    def to_rows(self) -> Iterator[tuple[str, ...]]:
        """Return a row for each letter."""
        yield "customer", "addresses", "cc", "result", "code", "answer"
        for result in self.results:
            letter = result.letter
            cells = "; ".join(letter["addresses"]), "; ".join(letter["cc"]), result.result
            yield letter["customer"] or "", *cells, str(result.code or ""), result.answer

    def describe_failures(self) -> str:
        """Return how many letters are not with their customers; empty if all are."""
        count = sum(not result.is_done for result in self.results)
        return f"{format_count(count, 'letter')} not sent" if count else ""


def _build_row(result: Result) -> tuple[Line, ...]:
    letter = result.letter
    cells = letter["customer"] or "all customers", letter["language"], ", ".join(letter["addresses"])
    return tuple(make_line(cell) for cell in cells)


_ADVICE = {
    EventKind.DEFERRED: "run the command again to try it again",
    EventKind.REFUSED: "correct the address and run subproc notice again, or add --retry CUSTOMER",
    EventKind.ATTEMPTED: "the server did not confirm it: ask the customer, then --mark or --retry it",
    NO_ADDRESS: "send it by other means, then --mark it",
    NOT_TRIED: "run the command again",
}


def _format_unreached(result: Result) -> Line:
    name = result.letter["customer"] or "all customers"
    advice = "the other addresses have the mail; correct these in the file of customers"
    return make_line(emphasize(name), f": {', '.join(result.unreached)}; {advice}")


def _format_problem(result: Result) -> Line:
    name = result.letter["customer"] or "all customers"
    answer = f" ({result.answer})" if result.answer else ""
    text = RESULT_TEXTS.get(result.result, result.result)
    return make_line(emphasize(name), f": {text}{answer}; {_ADVICE.get(result.result, '')}")
