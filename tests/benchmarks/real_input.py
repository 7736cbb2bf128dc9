"""The whole path on real input: Tempo in Lyon by colour and heating, and London's load shape.

Run it to print both comparisons (a few minutes, GRIDSIM_DATA must name the data folder)::

    python tests/benchmarks/real_input.py

Lyon: ``scenarios/lyon_tempo_winter.toml`` with the Lyon-Bron EPW and the real day colours of
2022-11 to 2023-03. London: 1,000 British homes without electric heating or hot water over a year of
half-hours through the engine, beside the homes of Low Carbon London, 2013.
"""

# ruff: noqa: T201 - a script that prints

import os
from pathlib import Path

import load_shape
import numpy as np

import gridsim as gs
from gridsim.scenario import load as loading
from gridsim.signals import tempo

_SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
_EPW = "data:weather_epw_lyon/FRA_AR_Lyon-Bron.AP.074800_TMYx.2004-2018.epw.gz"
_COLOURS = "edf_tempo_calendar/tempo_2014-09_2023-08.csv"
_LONDON = """
title = "British homes without electric heating"
seed = 1
[period]
start = 2013-01-01
end = 2014-01-01
step_minutes = 30
[place]
name = "London"
[population]
homes = 1000
preset = "uk"
pv = 0.0
ev = 0.0
heat_pump = 0.0
electric_heat = 0.0
hot_water_electric = 0.0
air_conditioning = 0.0
[arms.flat]
tariff = { kind = "flat", price = 0.25 }
[output]
profiles = true
groups = "none"
follow = 0
"""


def lyon(folder: Path) -> None:
    """Print what demand does on blue, white and red days, by heating."""
    sets = [f'place.weather="{_EPW}"', f'signals.tempo_colours="data:{_COLOURS}"']
    run = gs.run(gs.load(_SCENARIOS / "lyon_tempo_winter.toml", sets=sets), jobs=2)
    print(run.effects.round(3).to_string())
    results = run.results
    before, after = results.arms
    colours = tempo.read_colours(folder / _COLOURS)
    day = tempo.tempo_day(results.clock)
    code = np.frombuffer(colours.codes, dtype=np.uint8)[day - colours.first_day]
    hour = results.clock.local_hour
    peak = (hour >= 6.0) & (hour < 22.0)
    for group in before.series.groups:
        told = []
        for number, name in enumerate(("blue", "white", "red")):
            those = code == number
            days = len(np.unique(day[those]))
            one, other = (
                np.array([arm.series.flow("import", group)[m].sum() for m in (those, those & peak)])
                for arm in (before, after)
            )
            kwh = one[0] * results.clock.dt_h / days
            change = 100.0 * (other / one - 1.0)
            told.append(
                f"{name} {days} d: {kwh:.1f} kWh/day {change[0]:+.1f} %, 6-22 h {change[1]:+.1f} %"
            )
        print(f"{group}: {'; '.join(told)}")
    homes = results.attributes
    electric = homes["heating"] == "electric"
    for name, those in (
        ("resistance with a second heater", electric & homes["second_heater"]),
        ("resistance without", electric & ~homes["second_heater"]),
        ("heat pump", homes["heating"] == "heat_pump"),
        ("not electric", ~electric & (homes["heating"] != "heat_pump")),
    ):
        one, other = (arm.homes["called_kwh.tempo"][those].mean() for arm in (before, after))
        acted = after.homes["acted_events"][those].mean()
        print(
            f"red hours, {name} ({those.sum()}): {one:.0f} -> {other:.0f} kWh"
            f" ({100 * (other / one - 1):+.1f} %), acts on {acted:.1f} calls"
        )


def london(folder: Path) -> None:
    """Print the load shape of the engine's British homes beside the measured ones."""
    run = gs.run(loading.loads(_LONDON, "london.toml"), jobs=2)
    loads = run.results.loads["flat"].astype(np.float64)
    days = loads[: 365 * load_shape.SLOTS].reshape(365, load_shape.SLOTS, -1)
    measured = load_shape.london(folder)
    model, real = load_shape.figures(days), load_shape.figures(measured)
    for name, value in model.items():
        print(f"{name}: model {value:.3f}, London {real[name]:.3f}")
    for count in (36, 100, 1000):
        print(f"ADMD of {count}: model {load_shape.admd(days, count):.2f} kW")
    one, other = load_shape.winter_weekday(days), load_shape.winter_weekday(measured)
    gap = one - other
    print(
        f"winter weekday: correlation {np.corrcoef(one, other)[0, 1]:.3f}, largest gap"
        f" {gap[np.argmax(np.abs(gap))]:+.3f} kW at {np.argmax(np.abs(gap)) / 2:.1f} h"
    )


def main() -> None:
    """Print both comparisons."""
    folder = os.environ.get("GRIDSIM_DATA")
    if not folder:
        raise SystemExit("GRIDSIM_DATA must name the folder of the data")
    lyon(Path(folder))
    london(Path(folder))


if __name__ == "__main__":
    main()
