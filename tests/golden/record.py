"""Records what the program prints for every command over every list, and shows what has changed since.

python tests/golden/record.py --diff [machine|text]     show the differences between the recording and the program
python tests/golden/record.py --write [machine|text]    record the program as it is now
"""

import argparse
import json
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from golden.cases import KINDS, REPOSITORY, Case, Command, load_cases
from golden.dumps import compare as compare_files
from golden.dumps import dump
from golden.masks import Masks
from golden.program import COMMAND, Outcome, Program, find_version
from golden.transcript import Difference, Entry, compare, count, indent, render, show, summarize

RECORDED = Path(__file__).parent / "recorded"

Transcripts = dict[str, str]
"""The texts of the recordings of one case, by their kinds."""


class Recorder:
    """Runs the commands of cases, one case after the other.

    Args:
        scratch: an empty folder of its own.
        is_fresh: start a new Python for each command.
        is_shared: run all commands in one process: what differs from a recording then needs a second look.
    """

    def __init__(self, scratch: Path, *, is_fresh: bool = False, is_shared: bool = False) -> None:
        self._scratch = scratch
        self._names: list[str] = []
        self.program = Program(
            scratch, _list_warm_up(), folder=REPOSITORY, is_fresh=is_fresh, is_shared=is_shared
        )

    def find_commands(self) -> list[str]:
        """Return the names of the program's commands: the first words of columns of its help that have one too."""
        if not self._names:
            help_text = self.program.run(["--help"], self._scratch).stdout.decode()
            candidates = dict.fromkeys(re.findall(r"(?<=  )[a-z][a-z-]*(?=  )", help_text))
            self._names = [word for word in candidates if self._is_command(word)]
        return self._names

    def _is_command(self, word: str) -> bool:
        done = self.program.run([word, "--help"], self._scratch)
        return done.code == 0 and f"{COMMAND} {word} ".encode() in done.stdout

    def record(self, case: Case) -> Transcripts:
        """Return what the commands of a case print now."""
        pristine, folder = self._scratch / case.name / "pristine", self._scratch / case.name / "folder"
        case.build(pristine)
        masks = Masks(folder, find_version())
        entries: dict[str, list[Entry]] = {kind: [] for kind in KINDS}
        before = _read_files(pristine)
        is_clean = False
        for command in case.list_commands(self.find_commands):
            if not is_clean:
                shutil.rmtree(folder, ignore_errors=True)
                shutil.copytree(pristine, folder, symlinks=True)
            outcomes = [
                self.program.run(
                    step.arguments,
                    folder,
                    environment=step.environment,
                    stdin=folder / step.stdin if step.stdin else None,
                )
                for step in command.steps
            ]
            after = _read_files(folder)
            is_clean = after == before
            for kind, lines in _describe(command, outcomes, before, after, masks).items():
                entries[kind].append(Entry(command.head, tuple(lines)))
        shutil.rmtree(self._scratch / case.name)
        return {kind: render(entries[kind]) for kind in KINDS}


def _list_warm_up() -> list[list[str]]:
    lists = ("examples/caplena/2024-02-07.yaml", "examples/caplena/2024-04-09.yaml")
    lines = (
        "which see email and process outside the EU -r registry.yaml -f json",
        f"diff {' '.join(lists)}",
        f"check {lists[1]} --against {lists[0]}",
        f"notice {' '.join(lists)} -c examples/customers.yaml --dry-run --holidays",
        f"notice {' '.join(lists)} --incomplete -f eml",
        "export site -r registry.yaml",
        "export annex-iii -r registry.yaml --lang de",
        "import examples/page.html --dry-run",
        "fmt registry.yaml --diff",
    )
    return [shlex.split(line) for line in lines]


def _read_files(folder: Path) -> dict[str, bytes]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def _describe(
    command: Command,
    outcomes: Sequence[Outcome],
    before: Mapping[str, bytes],
    after: Mapping[str, bytes],
    masks: Masks,
) -> dict[str, list[str]]:
    """Return the lines of an entry, by the kinds of recordings that it belongs to.

    The exit code of every command belongs to what programs read, and every message to what people read.
    """
    is_machine = command.kind == "machine"
    own: list[str] = []
    messages: list[str] = []
    codes: list[str] = []
    for number, outcome in enumerate(outcomes, 1):
        step = f"step {number}: " if len(outcomes) > 1 else ""
        codes.append(f"{step}exit code {outcome.code}")
        own.append(codes[-1])
        own += _describe_stream("standard output:", outcome.stdout, masks)
        error = _describe_stream("standard error:", outcome.stderr, masks)
        if is_machine and error and not _is_json(outcome.stderr):
            own.append("(standard error is in the text recording)")
            messages += [f"{step}{error[0]}", *error[1:]]
        else:
            own += error
    for name in sorted({*before, *after}):
        own += _describe_file(name, before.get(name), after.get(name), masks)
    if is_machine:
        return {"machine": own} | ({"text": messages} if messages else {})
    return {"machine": codes, "text": own}


def _describe_stream(title: str, content: bytes, masks: Masks) -> list[str]:
    return [title, *indent(dump("", content, masks))] if content else []


def _describe_file(name: str, before: bytes | None, after: bytes | None, masks: Masks) -> list[str]:
    title = masks.hide(f"file {name}")
    if before == after:
        return []
    if after is None:
        return [f"{title}, deleted"]
    if before is None:
        return [f"{title}, new:", *indent(dump(name, after, masks))]
    return [f"{title}, changed:", *indent(compare_files(before, after, masks))]


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except ValueError:
        return False
    return True


def find_file(name: str, kind: str) -> Path:
    """Return the file of a recording."""
    return RECORDED / kind / f"{name}.txt"


def read_recording(name: str, kind: str) -> str:
    """Return the text of a recording, empty if there is none."""
    file = find_file(name, kind)
    return file.read_text("utf-8") if file.exists() else ""


def find_stale(names: Iterable[str]) -> list[Path]:
    """Return the recordings of cases that do not exist any more."""
    kept = {find_file(name, kind) for name in names for kind in KINDS}
    return sorted(set(RECORDED.glob("*/*")) - kept)


def compare_case(name: str, present: Transcripts, kinds: Sequence[str] = KINDS) -> list[Difference]:
    """Return what differs between the recordings of a case and what its commands print now."""
    return [
        difference
        for kind in kinds
        for difference in compare(f"{kind}/{name}", read_recording(name, kind), present[kind])
    ]


def write_case(name: str, present: Transcripts, kinds: Sequence[str] = KINDS) -> None:
    """Record what the commands of a case print now."""
    for kind in kinds:
        file = find_file(name, kind)
        if present[kind]:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(present[kind], "utf-8", newline="\n")
        else:
            file.unlink(missing_ok=True)


def record_all(
    cases: Iterable[Case], jobs: int, *, is_fresh: bool = False
) -> Iterator[tuple[str, Transcripts]]:
    """Yield each case with what its commands print now, in the order of the cases."""
    with tempfile.TemporaryDirectory(prefix="golden-") as scratch, ThreadPoolExecutor(jobs) as pool:
        idle: list[Recorder] = []

        def record(case: Case) -> tuple[str, Transcripts]:
            recorder = (
                idle.pop() if idle else Recorder(Path(tempfile.mkdtemp(dir=scratch)), is_fresh=is_fresh)
            )
            try:
                return case.name, recorder.record(case)
            finally:
                idle.append(recorder)

        try:
            yield from pool.map(record, cases)
        finally:
            pool.shutdown(cancel_futures=True)
            for recorder in idle:
                recorder.program.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run this tool, and return 1 if there are differences to show."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument(
        "--diff", action="store_true", help="show the differences; exit with 1 if there are any"
    )
    action.add_argument("--write", action="store_true", help="record what the program prints now")
    parser.add_argument("kinds", nargs="*", metavar="machine|text", help="only this set")
    parser.add_argument("-k", default="", metavar="WORD", help="only lists whose name contains this")
    parser.add_argument(
        "--all", action="store_true", help="show every place of a difference, not only the first"
    )
    parser.add_argument(
        "--words", action="store_true", help="show only which words are replaced, and how often"
    )
    parser.add_argument("--fresh", action="store_true", help="start a new Python for each command (slow)")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="processes at once"
    )
    options = parser.parse_args(arguments)
    kinds = tuple(options.kinds) or KINDS
    if unknown := set(kinds) - set(KINDS):
        parser.error(f"{', '.join(sorted(unknown))}: there are {' and '.join(KINDS)} only")
    cases = load_cases()
    chosen = [case for name, case in cases.items() if options.k in name]
    differences: list[Difference] = []
    for name, present in record_all(chosen, options.jobs, is_fresh=options.fresh):
        if options.write:
            write_case(name, present, kinds)
        else:
            differences += compare_case(name, present, kinds)
    for file in find_stale(cases) if not options.k else ():
        if options.write:
            file.unlink()
        else:
            sys.stdout.write(f"{file}: there is no such list any more\n")
    if differences:
        recordings = count(differences)
        lines = summarize(differences) if options.words else show(differences, is_complete=options.all)
        lines.append("")
        lines.append(f"{len(differences)} differences in {len(recordings)} recordings of {len(chosen)} lists")
        sys.stdout.writelines(f"{line}\n" for line in lines)
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
