"""The load of homes without electric heat, against measured homes and published figures.

Run it to print the comparison::

    python tests/benchmarks/load_shape.py [homes]

The half-hourly homes (Low Carbon London, 2013) and the French end uses are read from the folder
that GRIDSIM_DATA names; without it only the published figures are compared. The driver below is
no engine: it adds up the diary, the wet appliances, cold, standby, light and the pump of a boiler
for a year of half-hours, in a simple climate.
"""

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from gridsim.core.arrays import B1, F8, I8
from gridsim.core.chance import question, uniforms
from gridsim.core.clock import date_of, day_number
from gridsim.core.kernel import kernel
from gridsim.devices import appliance, baseload, lighting
from gridsim.population import diary, people, sheet
from gridsim.population.town import Town

SLOTS = 48  # half-hours of a day
USES = ("cold", "standby", "light", "cooking", "small", "screens", "wash", "dish", "dryer", "pump")
COLD, STANDBY, LIGHT, COOK, SMALL, SCREENS, WASH, DISH, DRYER, PUMP = range(10)
EXTRA = ("present", "awake", "litres", "wash_runs", "dish_runs", "dryer_runs")
PARTS = 12  # columns of Homes.parts, see parts_of()
NIGHT_OVER_EVENING = 1.0
FIRST_DAY = day_number(pd.Timestamp("2013-01-01").date())


@dataclass(frozen=True, slots=True)
class Homes:
    """What the driver reads of a town: kinds (n, 6), habits (n, H), parts (n, PARTS)."""

    numbers: I8
    kinds: I8
    habits: F8
    parts: F8


@dataclass(frozen=True, slots=True)
class Year:
    """A year of half-hours: power (days, 48, n) [kW], energy (n, uses) [kWh], counts (n, extra)."""

    power_kw: F8
    use_kw: F8
    energy_kwh: F8
    counts: F8
    first_day: int
    seconds: float


def parts_of(town: Town, seed: int) -> F8:
    """Return cold, standby, light, pump [kW], cycle kWh and h of wash, dish, dryer, phase."""
    own = town.appliances
    phase = uniforms(seed, question("baseload", "phase"), town.homes, 0, 1)[:, 0]
    zero = np.zeros(len(town.homes))
    return np.stack(
        [own.cold_kw, own.standby_kw, own.light_kw * own.level_light, town.heating.fan_kw,
         own.wash_kwh, own.dish_kwh, own.dryer_kwh, own.wash_h, own.dish_h, own.dryer_h, phase,
         zero],
        axis=1,
    )  # fmt: skip


def homes_of(town: Town, seed: int, country: str) -> Homes:
    """Return what the driver reads of a town."""
    rows = diary.habits(town, seed, country)
    return Homes(town.homes, town.people.kinds, rows, parts_of(town, seed))


def climate(days: int, latitude: float, mean_c: float, swing_c: float) -> tuple[F8, F8]:
    """Return daylight (days, 48) [W/m2] and daily temperature (days,) [C], the same every year.

    Half of the clear-sky irradiance; coldest on 20 January; wall clock an hour ahead in summer.
    """
    day = np.arange(days)[:, np.newaxis] % 365
    summer = (day > 88) & (day < 300)
    solar_h = (np.arange(SLOTS) + 0.5) / 2 - summer
    declination = -np.radians(23.44) * np.cos(2 * np.pi * (day + 10) / 365.25)
    phi = np.radians(latitude)
    up = np.sin(phi) * np.sin(declination) + np.cos(phi) * np.cos(declination) * np.cos(
        np.pi * (solar_h - 12) / 12
    )
    cold = mean_c - swing_c * np.cos(2 * np.pi * (day[:, 0] - 19) / 365.25)
    return 500.0 * np.maximum(up, 0.0) ** 1.15, cold


@kernel
def _run(power, use, energy, start_s, kwh, hours, which):
    """Add one run of an appliance to the days from ``power`` (slots,) on."""
    end_s = start_s + hours * 3600.0
    kw = kwh / hours
    first = int(start_s // 1800.0)
    for k in range(first, min(int(end_s // 1800.0) + 1, power.shape[0])):
        part = kw * appliance.overlap(start_s, end_s, k * 1800.0, 1800.0)
        power[k] += part
        use[k % SLOTS, which] += part
        energy[which] += 0.5 * part


@kernel
def _home(seed, home, first_day, weekend, kinds, habits, parts, sun, cold_c, power, use, energy, counts):
    """Add up one home's year."""
    out = np.empty((sheet.MAX_EVENTS, 4))
    lanes = np.zeros((sheet.CHANNELS, SLOTS))
    days = weekend.shape[0]
    for d in range(days):
        day = first_day + d
        lanes[:] = 0.0
        rows = diary.write_day(out, seed, home, day, weekend[d], kinds, habits)
        for channel in range(sheet.CHANNELS):
            sheet.spread(out, rows, channel, lanes[channel], 1800.0)
        for a in range(3):
            wish_s = diary.wishes(seed, home, day, weekend[d], kinds, habits, a)
            if wish_s >= 0.0:
                _run(power, use, energy, d * 86400.0 + wish_s, parts[4 + a], parts[7 + a], WASH + a)
                counts[3 + a] += 1.0
        heat = min(max((15.5 - cold_c[d]) / 13.0, 0.0), 1.0)
        for k in range(SLOTS):
            cold = baseload.cold((d * SLOTS + k) * 1800.0, 1800.0, parts[0], parts[10], 20.0)
            light = lighting.step(lanes[sheet.AWAKE, k], sun[d, k], parts[2])
            pump = parts[3] * heat * (1.0 if lanes[sheet.PRESENT, k] > 0.0 and 12 <= k < 46 else 0.3)
            cook, small, screens = lanes[sheet.COOKING, k], lanes[sheet.SMALL, k], lanes[sheet.SCREENS, k]
            power[d * SLOTS + k] += cold + parts[1] + light + pump + cook + small + screens
            for which, kw in (
                (COLD, cold), (STANDBY, parts[1]), (LIGHT, light), (COOK, cook),
                (SMALL, small), (SCREENS, screens), (PUMP, pump),
            ):
                use[k, which] += kw
                energy[which] += 0.5 * kw
            counts[0] += lanes[sheet.PRESENT, k] * 0.5
            counts[1] += lanes[sheet.AWAKE, k] * 0.5
            counts[2] += lanes[sheet.DRAW, k] * 0.5


@kernel
def _homes(seed, numbers, first_day, weekend, kinds, habits, parts, sun, cold_c, power, use, energy, counts):
    """Add up the year of every home; power (n, slots), use (48, uses) summed over homes."""
    for i in range(numbers.shape[0]):
        _home(
            seed, numbers[i], first_day, weekend, kinds[i], habits[i], parts[i], sun, cold_c,
            power[i], use, energy[i], counts[i],
        )  # fmt: skip


def simulate(homes: Homes, days: int = 365, seed: int = 1, weather: tuple[F8, F8] | None = None) -> Year:
    """Return ``days`` days from 1 January 2013 of every home."""
    n = len(homes.numbers)
    sun, cold_c = weather or climate(days, 51.5, 10.5, 6.5)
    weekend = ((FIRST_DAY + np.arange(days) + 3) % 7 >= 5).astype(np.int64)
    power = np.zeros((n, days * SLOTS))
    use = np.zeros((SLOTS, len(USES)))
    energy = np.zeros((n, len(USES)))
    counts = np.zeros((n, len(EXTRA)))
    begin = time.perf_counter()
    _homes(
        seed, homes.numbers, FIRST_DAY, weekend, homes.kinds, homes.habits, homes.parts, sun, cold_c,
        power, use, energy, counts,
    )  # fmt: skip
    took = time.perf_counter() - begin
    return Year(
        power.T.reshape(days, SLOTS, n), use / days / n, energy * 365 / days, counts / days,
        FIRST_DAY, took,
    )  # fmt: skip
