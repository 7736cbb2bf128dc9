"""gridsim: how households change their demand and production when prices, news and devices change.

The front door is one screen long, and everything behind it is imported when it is first asked for:

>>> import gridsim as gs
>>> s = gs.load("quickstart", ["population.homes=100"])
>>> r = gs.run(s)                                                    # doctest: +SKIP
>>> r.effects, r.series, r.homes, r.events                           # doctest: +SKIP
>>> gs.figures.day(r)                                                # doctest: +SKIP
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gridsim import figures
    from gridsim.bills import Local, Reading, bill
    from gridsim.core.errors import AuditError, DataError, GridsimError, ScenarioError
    from gridsim.core.kernel import kernel
    from gridsim.engine.extra import Device
    from gridsim.forks import fork, world
    from gridsim.front import Run, causes, check, load, open, run
    from gridsim.scenario.models import Scenario
    from gridsim.signals.contract import Contract
    from gridsim.signals.notice import Notice
    from gridsim.studies import estimates
    from gridsim.studies.baselines import baselines
    from gridsim.tariffs import neutral

    __version__: str

__all__ = [
    "AuditError",
    "Contract",
    "DataError",
    "Device",
    "GridsimError",
    "Local",
    "Notice",
    "Reading",
    "Run",
    "Scenario",
    "ScenarioError",
    "__version__",
    "baselines",
    "bill",
    "causes",
    "check",
    "estimates",
    "figures",
    "fork",
    "kernel",
    "load",
    "neutral",
    "open",
    "run",
    "world",
]

_ROOMS = {
    "AuditError": "gridsim.core.errors",
    "Contract": "gridsim.signals.contract",
    "DataError": "gridsim.core.errors",
    "Device": "gridsim.engine.extra",
    "GridsimError": "gridsim.core.errors",
    "Local": "gridsim.bills",
    "Notice": "gridsim.signals.notice",
    "Reading": "gridsim.bills",
    "Run": "gridsim.front",
    "Scenario": "gridsim.scenario.models",
    "ScenarioError": "gridsim.core.errors",
    "baselines": "gridsim.studies.baselines",
    "bill": "gridsim.bills",
    "causes": "gridsim.front",
    "check": "gridsim.front",
    "fork": "gridsim.forks",
    "kernel": "gridsim.core.kernel",
    "load": "gridsim.front",
    "neutral": "gridsim.tariffs",
    "open": "gridsim.front",
    "run": "gridsim.front",
    "world": "gridsim.forks",
}
"""Where each name comes from."""

_MODULES = {"estimates": "gridsim.studies.estimates", "figures": "gridsim.figures"}
"""Names that are modules."""


def __getattr__(name: str) -> Any:
    """Import what is asked for, once."""
    if name == "__version__":
        return _version()
    if name in _MODULES:
        return importlib.import_module(_MODULES[name])
    if name not in _ROOMS:
        raise AttributeError(f"module 'gridsim' has no attribute {name!r}")
    found = getattr(importlib.import_module(_ROOMS[name]), name)
    globals()[name] = found
    return found


def _version() -> str:
    """Return the version of the installed package; looking it up costs 20 ms, so only if asked."""
    from importlib import metadata  # noqa: PLC0415

    try:
        return metadata.version("gridsim")
    except metadata.PackageNotFoundError:  # run from a folder of sources that was never installed
        return "unknown"


def __dir__() -> list[str]:
    """Return the names of the front door."""
    return sorted({*globals(), *__all__})
