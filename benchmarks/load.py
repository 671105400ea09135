"""How long it takes to load 10,000 services, 7 MB, from bytes to a validated registry with positions.

The yardstick is `yaml.load(CSafeLoader)` of the same bytes, which validates nothing and keeps no position.
Times are those of the processor. Each runs in a process of its own, in turn; peak memory is that beyond a
process that has only imported (Linux alone reports it without the memory of the process that started it).
Last, 1,000 services as whole commands: a listing of the registry, and check-jsonschema with its schema.

Usage: python benchmarks/load.py [SERVICES]
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machine import described

ROUNDS = 5
SCHEMA = Path(__file__).parent.parent / "registry.schema.json"
HEAD = "format: 1\npublisher: Example GmbH\nversion: 1.0.0\ndate: 2024-01-01\nservices:\n"
ENTRY = """\
  service-{number}:
    name: Service {number}
    purpose: Purpose number {number} of the service, in a sentence of everyday length for a list
    group: With access to personal data
    activation: opt-in
    condition: the customer has switched on the feature number {number} of the product
    personal_data: yes
    sees:
      - identity.name
      - identity.email
      - {{data: usage.pages, when: the user has visited the pages, note: detailed use of the product}}
      - {{data: telemetry.requests, may_contain: [identity, content], extent: partial}}
    never_sees: [payment.card, content.files]
    processing: [DE, {{place: US, when: the US region is chosen}}]
    entity:
      name: Example {number} GmbH
      address: "Street {number}, 10115 Berlin, Germany"
      country: DE
    transfer: [scc]
    contact: privacy{number}@example.com
    source: Third-Party-Services, section Service {number}
"""
WORK = {
    "subproc": (
        "from subproc_cli.registry.loader import load_registry; from subproc_cli.yaml.source import Source",
        "found = load_registry(Source('list.yaml', content)); assert hasattr(found, 'model')",
    ),
    "CSafeLoader": ("import yaml", "found = yaml.load(content, Loader=yaml.CSafeLoader)"),
    "CSafeLoader, no collector": (
        "import yaml, gc; gc.disable()",
        "found = yaml.load(content, Loader=yaml.CSafeLoader)",
    ),
    "ruamel.yaml": (
        "from ruamel.yaml import YAML; reader = YAML(typ='safe')",
        "found = reader.load(content)",
    ),
    "ryaml": ("import ryaml", "found = ryaml.loads(content.decode())"),
}
SCRIPT = """
import sys, time
from pathlib import Path
{imports}
def find_peak():
    return int(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])
content = open(sys.argv[1], 'rb').read()
before = find_peak()
start = time.process_time()
{work}
print(time.process_time() - start, find_peak() - before)
"""


def measured(name: str, file: Path) -> tuple[float, float] | None:
    """Return the seconds and the megabytes that one way to load takes; None if it is not installed."""
    imports, work = WORK[name]
    if name == "subproc":
        imports = f"import gc; gc.disable(); {imports}"  # as the command itself does
    script = SCRIPT.format(imports=imports, work=work)
    done = subprocess.run(
        [sys.executable, "-c", script, str(file)], capture_output=True, text=True, check=False
    )
    if "ModuleNotFoundError" in done.stderr:
        return None
    if done.returncode:
        raise SystemExit(done.stderr)
    seconds, kilobytes = done.stdout.split()
    return float(seconds), int(kilobytes) / 1024


def written(folder: Path, services: int) -> Path:
    """Write a list of some services and return its path."""
    path = folder / f"{services}.yaml"
    path.write_text(
        HEAD + "".join(ENTRY.format(number=number) for number in range(services)), encoding="utf-8"
    )
    return path


def whole_commands(file: Path) -> None:
    """Print what a listing and check-jsonschema take as commands, in turn; nothing if it is not installed."""
    other = shutil.which("check-jsonschema", path=str(Path(sys.executable).parent))
    if other is None:
        print("check-jsonschema is not installed")
        return
    commands: dict[str, list[str | Path]] = {
        "subproc list": [sys.executable, "-m", "subproc_cli", "list", "-r", file],
        "check-jsonschema": [other, "--schemafile", SCHEMA, file],
    }
    found: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, command in commands.items():
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            found[name].append(time.perf_counter() - start)
    yard = statistics.median(found["check-jsonschema"])
    print("1,000 services, whole commands")
    for name, times in found.items():
        print(f"{name:28}{statistics.median(times):9.2f}{statistics.median(times) / yard:15.2f}")


def main() -> None:
    """Measure in turn and print the table."""
    services = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        path = written(Path(name), services)
        rounds = [{name: measured(name, path) for name in WORK} for _ in range(ROUNDS)]
        print(f"{services:,} services, {path.stat().st_size / 1e6:.1f} MB, medians of {ROUNDS} rounds")
        table(rounds)
        whole_commands(written(Path(name), 1_000))


def table(rounds: list[dict[str, tuple[float, float] | None]]) -> None:
    """Print the seconds and megabytes of each way to load, and what they are of CSafeLoader's."""
    print(described("pyyaml", "pydantic", "ruamel.yaml", "ryaml", "check-jsonschema"))
    print(f"{'':28}{'seconds':>9}{'MB':>7}{'time':>8}{'memory':>8}")
    medians = {}
    for name in WORK:
        found = [each[name] for each in rounds]
        if None not in found:
            medians[name] = [statistics.median(each) for each in zip(*filter(None, found), strict=True)]
    yard = medians["CSafeLoader"]
    for name, (seconds, memory) in medians.items():
        print(f"{name:28}{seconds:9.2f}{memory:7.0f}{seconds / yard[0]:8.2f}{memory / yard[1]:8.2f}")


if __name__ == "__main__":
    main()
