"""Where results come from: versions, commit, seed, fingerprint, sizes and seconds."""

import platform
import subprocess
from importlib import metadata
from pathlib import Path

LIBRARIES = (
    "numpy", "scipy", "numba", "simpy", "pvlib", "pandas", "pyarrow", "pydantic", "matplotlib",
    "holidays", "tzdata",
)  # fmt: skip
"""Libraries whose versions may move a number."""


def provenance(
    seed: int, fingerprint: str, homes: int, steps: int, *, wall_s: float, cpu_s: float
) -> dict[str, object]:
    """Return where a run comes from, as plain values for ``summary.json``.

    Parameters
    ----------
    seed : int
        Seed of the scenario.
    fingerprint : str
        Of the resolved scenario.
    homes, steps : int
        Size of the run.
    wall_s, cpu_s : float
        Seconds on the wall and of all processors.

    Returns
    -------
    dict
        ``version``, ``commit`` and ``modified`` (None unless run from a checkout), ``python``,
        ``libraries`` and the arguments by their names.
    """
    return {
        **origin(),
        "seed": seed,
        "fingerprint": fingerprint,
        "homes": homes,
        "steps": steps,
        "wall_s": wall_s,
        "cpu_s": cpu_s,
    }


def origin() -> dict[str, object]:
    """Return versions and commit, the same for every run of one installation."""
    commit, modified = checkout(Path(__file__).resolve().parents[2])
    return {
        "version": version("gridsim"),
        "commit": commit,
        "modified": modified,
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
    }


def version(package: str) -> str | None:
    """Return the version of an installed package, or None."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def checkout(root: Path) -> tuple[str | None, bool | None]:
    """Return the commit of a checkout and whether its files were changed since; None if none.

    Only a ``.git`` in ``root`` itself counts: an installed package may lie inside somebody else's
    repository.
    """
    if not (root / ".git").exists():
        return None, None
    commit = _git(root, "rev-parse", "HEAD")
    if not commit:
        return None, None
    changes = _git(root, "status", "--porcelain", "--untracked-files=no")
    return commit, None if changes is None else bool(changes)


def _git(root: Path, *words: str) -> str | None:
    """Return what git says, or None where there is no git or it refuses."""
    try:
        said = subprocess.run(
            ["git", "-C", str(root), *words],
            capture_output=True, text=True, check=True, timeout=10,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return said.stdout.strip()
