"""T21: homes without electric heat: how high they get together, and what they use in a year."""

from collections.abc import Mapping

import numpy as np

from gridsim.core.arrays import F4, F8
from gridsim.core.chance import question, uniforms
from gridsim.metrics import effects
from gridsim.results.results import Results
from gridsim.studies.trials import measure
from gridsim.studies.trials.records import Measured, Part, Played, Trial

BRITISH, GERMAN, FRENCH = "t21_uk", "t21_germany", "t21_france"
SIZES = (5, 10, 20, 50, 100)
"""Numbers of homes at which the law of diversity is fitted."""
DRAWS = 40
"""Groups of homes drawn for each size, without one twice in a group."""
PERSONS = {1: 1900.0, 2: 2890.0, 3: 3720.0, 4: 4085.0}
"""Annual use by persons, figure E007. [kWh]"""
_GROUPS = question("trials", "groups of homes")


def admd(load_kw: F4, homes: int, seed: int) -> float:
    """Return the mean over groups of ``homes`` homes of their highest load, per home. [kW]

    Parameters
    ----------
    load_kw : F4
        Load of every home, shape (t, n). [kW]
    homes : int
        Homes in a group; all of them for n and more.
    seed : int
        Names the groups.
    """
    n = load_kw.shape[1]
    if homes >= n:
        return float(load_kw.mean(axis=1, dtype=np.float64).max())
    order = np.argsort(uniforms(seed, _GROUPS, np.arange(n), count=DRAWS), axis=0)[:homes]
    picked = np.zeros((n, DRAWS), dtype=np.float32)
    picked[order, np.arange(DRAWS)] = np.float32(1.0 / homes)
    return float((load_kw @ picked).max(axis=0).mean())


def law(load_kw: F4, seed: int, sizes: tuple[int, ...] = SIZES) -> tuple[F8, float]:
    """Return (mu, k) of the demand per home mu + k / sqrt(n), and the variance it explains."""
    found = np.array([admd(load_kw, size, seed) for size in sizes])
    design = np.stack([np.ones(len(sizes)), 1.0 / np.sqrt(sizes)], axis=1)
    fit, *_ = np.linalg.lstsq(design, found, rcond=None)
    return fit, float(1.0 - np.var(found - design @ fit) / np.var(found))


def _together(results: Results) -> dict[str, Measured]:
    """Measure the demand of many homes, with the step of the peak held for the interval."""
    load_kw = results.loads[results.reference.name]
    seed = measure.seed_of(results)
    many = load_kw[:, :1000]
    top = int(np.argmax(many.mean(axis=1)))
    stat = measure.ratio(results, many[top].astype(np.float64), np.ones(many.shape[1]))
    hundred = admd(load_kw, 100, seed)
    _, explained = law(load_kw, seed)
    return {
        "many": Measured(stat, many.shape[1]),
        "hundred": measure.exact(hundred),
        "law": measure.exact(explained),
    }


def _median(results: Results) -> Measured:
    """Return the median home's annual use. [kWh]"""
    homes = results.reference.homes["demand_kwh"]
    drawn = effects.draws(len(homes), measure.seed_of(results))
    order = np.argsort(homes)
    before = np.cumsum(drawn[:, order], axis=1)
    place = (before < 0.5 * before[:, -1:]).sum(axis=1)
    return Measured(homes[order][place], len(homes))


def _by_persons(results: Results) -> dict[str, Measured]:
    """Return the mean annual use of homes of one to four persons. [kWh]"""
    demand = results.reference.homes["demand_kwh"]
    persons = results.attributes["persons"].astype(np.int64)
    return {
        f"persons_{size}": Measured(
            measure.ratio(results, demand * (persons == size), (persons == size) * 1.0),
            int((persons == size).sum()),
        )
        for size in PERSONS
    }


def _specific(results: Results) -> Measured:
    """Return the French use without heat, hot water, cooking, cooling and cars. [kWh]"""
    homes = results.reference.homes
    kwh = np.sum([homes[f"use_kwh.{use}"] for use in SPECIFIC], axis=0)
    return Measured(measure.ratio(results, kwh, np.ones(len(kwh))), len(kwh))


SPECIFIC = ("cold", "standby", "light", "screens", "small", "wet")
"""End uses that the panel of E002 counts as specific electricity."""


def _read(played: Played) -> Mapping[str, Measured]:
    """Measure T21."""
    return {
        **_together(played[BRITISH]),
        "median_uk": _median(played[BRITISH]),
        **_by_persons(played[GERMAN]),
        "specific_france": _specific(played[FRENCH]),
    }


def _about(key: str, name: str, value: float, *figures: str) -> Part:
    """Return a part of annual use with a band of 5 %."""
    return Part(key, name, "kWh/yr", 0.95 * value, 1.05 * value, figures)


T21 = Trial(
    row="T21",
    title="Homes without electric heat: demand of many, and annual use by country and size",
    parts=(
        Part("hundred", "Highest demand per home of 100 homes", "kW", 1.3, 1.7, ("E031",)),
        Part("many", "Highest demand per home of up to 1,000 homes", "kW", 1.3, 1.7, ("E031",)),
        Part("law", "Variance explained by mu + k / sqrt(n)", "1", 0.95, 1.0, ("E031", "E036")),
        _about("median_uk", "Median British home", 2700.0, "E005"),
        *(
            _about(f"persons_{size}", f"German home of {size}", kwh, "E007", "E011")
            for size, kwh in PERSONS.items()
        ),
        _about("specific_france", "French specific electricity", 2228.0, "E002"),
    ),
    read=_read,
    scenarios=(BRITISH, GERMAN, FRENCH),
    quick=("population.homes=300",),
    citizens=False,
)
