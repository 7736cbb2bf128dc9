"""One command, one table: what gridsim costs here, against the last recorded state.

From the root of the repository, with gridsim installed (``pip install -e .``)::

    python tests/benchmarks/table.py                     # the table, a few minutes
    python tests/benchmarks/table.py --only year size    # some groups
    python tests/benchmarks/table.py --large 1000000     # a million homes, some gigabytes
    python tests/benchmarks/table.py --record            # and keep it in recorded.json

Every measure runs in a process of its own. Times are CPU time where nothing else is said, so other
work disturbs them little, but they hold for one machine: ratios to a record of another machine say
little, and the calibration (two workloads without gridsim) shows by how much machines differ. The
column ``adjusted`` is the ratio divided by that of the calibrated loop.
"""

# ruff: noqa: T201 - a script that prints

import argparse
import datetime as dt
import importlib.util
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import figures

HERE = Path(__file__).resolve().parent
RECORDED = HERE / "recorded.json"


def main() -> None:
    """Measure, print, and record if asked."""
    asked = _asked()
    if importlib.util.find_spec("gridsim") is None:
        raise SystemExit("gridsim is not installed for this Python: pip install -e . comes first")
    sizes = figures.Sizes(homes=asked.homes, days=asked.days, large=asked.large)
    found: figures.Found = {}
    for group in asked.only:
        print(f"measuring {group} ...", file=sys.stderr)
        try:
            found |= figures.GROUPS[group](_measure, sizes)
        except subprocess.CalledProcessError as error:
            print(f"{group}: left out, {error}", file=sys.stderr)
    kept = json.loads(RECORDED.read_text("utf-8")) if RECORDED.exists() else []
    here = {**_about(), "sizes": _sizes(sizes), "figures": _rounded(found)}
    before = _chosen(kept, asked.against)
    print("\n".join(_table(here, before)))
    if asked.record:
        kept.append({"note": asked.note, **here})
        RECORDED.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


def _asked() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description="What gridsim costs, against the last record.")
    sizes = figures.Sizes()
    parser.add_argument("--only", nargs="+", choices=figures.GROUPS, default=list(figures.GROUPS))
    parser.add_argument("--homes", type=int, default=sizes.homes, help="for the cost of a year")
    parser.add_argument("--days", type=int, default=sizes.days, help="for the cost of a year")
    parser.add_argument("--large", type=int, default=sizes.large, help="homes of the large town")
    parser.add_argument("--against", help="commit of the record to compare with (else the last)")
    parser.add_argument("--record", action="store_true", help="keep this table in recorded.json")
    parser.add_argument("--note", default="", help="a word on what is recorded")
    return parser.parse_args()


def _measure(name: str, **arguments: object) -> figures.Found:
    """Run one measure in a process of its own."""
    command = [sys.executable, str(HERE / "measures.py"), name, json.dumps(arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _about() -> dict[str, object]:
    """Say when, what, and on what kind of machine was measured; nothing that names the machine."""
    from importlib import metadata

    import gridsim

    folder = Path(gridsim.__file__).parent
    asked = ["git", "-C", str(folder), "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    libraries = {name: metadata.version(name) for name in ("numpy", "numba", "llvmlite", "pyarrow")}
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "version": gridsim.__version__,
        "commit": commit or None,
        "machine": {
            "processor": _processor(),
            "processors": os.cpu_count(),
            "system": platform.system(),
            "python": platform.python_version(),
            **libraries,
            "busy": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        },
    }


def _processor() -> str:
    """Return the processor's name as its maker gives it."""
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _sizes(sizes: figures.Sizes) -> dict[str, int]:
    """Return how much was simulated."""
    return {name: getattr(sizes, name) for name in sizes.__slots__}


def _rounded(found: figures.Found) -> figures.Found:
    """Return figures to four digits."""
    return {name: float(f"{value:.4g}") for name, value in found.items()}


def _chosen(kept: list[dict], commit: str | None) -> dict | None:
    """Return the record to compare with."""
    wanted = [one for one in kept if commit is None or str(one["commit"]).startswith(commit)]
    if commit is not None and not wanted:
        raise SystemExit(f"no record of {commit}; there are {[one['commit'] for one in kept]}")
    return wanted[-1] if wanted else None


def _table(here: dict, before: dict | None) -> list[str]:
    """Return the lines of the table."""
    then = before["figures"] if before else {}
    now = here["figures"]
    pace = _ratio(now, then, "machine.numba_ns") or 1.0
    rows = [_heading(here, "now"), *([_heading(before, "recorded")] if before else []), ""]
    rows.append(f"{'':44s}{'now':>10s}{'recorded':>10s}{'ratio':>7s}{'adjusted':>9s}{'wanted':>9s}")
    last = ""
    for name, line in figures.LINES.items():
        if name not in now:
            continue
        group = name.rpartition(".")[0].partition(".")[0]
        if group != last:
            rows.append(f"-- {group}")
            last = group
        rows.append(_row(line, here["sizes"], now[name], then.get(name), pace))
    return rows


def _heading(entry: dict, when: str) -> str:
    """Return a line that says what was measured where."""
    machine = entry["machine"]
    note = f"; {entry['note']}" if entry.get("note") else ""
    return (
        f"{when}: gridsim {entry['version']} at {entry['commit']}, {entry['date']};"
        f" {machine['processors']} x {machine['processor']}, Python {machine['python']},"
        f" numba {machine['numba']}, numpy {machine['numpy']}, load {machine['busy']}{note}"
    )


def _row(
    line: figures.Line, sizes: dict, now: float, then: float | None, pace: float
) -> str:  # fmt: skip
    """Return one line."""
    ratio = now / then if then else None
    rate = pace if not line.more else 1.0 / pace
    adjusted = ratio / rate if ratio is not None and line.timed else None
    missed = line.goal is not None and (now < line.goal if line.more else now > line.goal)
    sign = ("" if line.goal is None else ">= " if line.more else "<= ") + _number(line.goal)
    mark = " !" if missed else "  "
    return (
        f"{line.label.format(**sizes):44s}{_number(now):>10s}{_number(then):>10s}"
        f"{_number(ratio):>7s}{_number(adjusted):>9s}{sign:>9s}{mark} {line.unit}"
    )


def _ratio(now: dict, then: dict, name: str) -> float | None:
    """Return now against then, None where one is missing."""
    return now[name] / then[name] if name in now and then.get(name) else None


def _number(value: float | None) -> str:
    """Return three digits of a number, nothing for none."""
    if value is None:
        return ""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"


if __name__ == "__main__":
    main()
