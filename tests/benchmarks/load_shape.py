"""The load of homes without electric heat, against measured homes and published figures.

Run it to print the comparison::

    python tests/benchmarks/load_shape.py [homes]

The half-hourly homes (Low Carbon London, 2013) and the French end uses are read from the folder
that GRIDSIM_DATA names; without it only the published figures are compared. The driver below is
no engine: it adds up the diary, the wet appliances, cold, standby, light and the pump of a boiler
for a year of half-hours, in a simple climate.
"""

# ruff: noqa: T201, PLR0917 - a script that prints, with kernels that take scalars

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from gridsim.core.arrays import F8, I8
from gridsim.core.chance import ROW, question, uniforms
from gridsim.core.kernel import kernel
from gridsim.devices import appliance, baseload, lighting
from gridsim.population import diary, people, sheet
from gridsim.population.recipe import Recipe
from gridsim.population.settle import settle
from gridsim.population.town import Town

SLOTS = 48  # half-hours of a day
USES = ("cold", "standby", "light", "cooking", "small", "screens", "wash", "dish", "dryer", "pump")
COLD, STANDBY, LIGHT, COOK, SMALL, SCREENS, WASH, DISH, DRYER, PUMP = range(10)
EXTRA = ("present", "awake", "litres", "wash_runs", "dish_runs", "dryer_runs")
FIRST_DAY = 15_706  # 1 January 2013


@dataclass(frozen=True, slots=True)
class Homes:
    """What the driver reads of a town: kinds (n, 6), habits (n, H), parts as parts_of()."""

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
    seconds: float


def parts_of(town: Town, seed: int) -> F8:
    """Return cold, standby, light, pump [kW], cycle kWh and h of wash, dish, dryer, phase."""
    own = town.appliances
    phase = uniforms(seed, question("baseload", "phase"), town.homes, 0, 1)[:, 0]
    return np.stack(
        [own.cold_kw, own.standby_kw, own.light_kw * own.level_light, town.heating.fan_kw,
         own.wash_kwh, own.dish_kwh, own.dryer_kwh, own.wash_h, own.dish_h, own.dryer_h, phase],
        axis=1,
    )  # fmt: skip


def homes_of(town: Town, seed: int, country: str) -> Homes:
    """Return what the driver reads of a town."""
    rows = diary.habits(town, seed, country)
    return Homes(town.homes, town.people.kinds, rows, parts_of(town, seed))


def climate(day: I8, latitude: float, mean_c: float, swing_c: float) -> tuple[F8, F8]:
    """Return daylight (days, 48) [W/m2] and temperature (days,) [C] of days of the year.

    Half of the clear-sky irradiance; coldest on 20 January; wall clock an hour ahead in summer.
    """
    day = day[:, np.newaxis] % 365
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
def _spread(page, written, lanes):
    """Add the stays and uses of the only home on a sheet to channels by half hour."""
    numbers, names = page
    lanes[:] = 0.0
    for i in range(written.members):
        for stay in range(sheet.STAYS):
            at = stay * ROW + i
            _add(
                lanes[sheet.CHANNEL_OF[stay]], numbers[sheet.START + at], numbers[sheet.END + at],
                numbers[sheet.LEVEL + at],
            )  # fmt: skip
    for channel, begin, count in sheet.places(written):
        for k in range(begin, begin + count):
            if names[sheet.USE_LANE + k] == 0:
                _add(
                    lanes[channel], numbers[sheet.USE_START + k], numbers[sheet.USE_END + k],
                    numbers[sheet.USE_LEVEL + k],
                )  # fmt: skip


@kernel
def _add(lane, start_s, end_s, level):
    """Add a use to one channel."""
    for k in range(int(start_s // 1800.0), min(int(end_s // 1800.0) + 1, SLOTS)):
        lane[k] += level * appliance.overlap(start_s, end_s, k * 1800.0, 1800.0)


@kernel(inline=True)
def _home(
    seed, home, dates, weekend, kinds, habits, parts, sun, cold_c, power, use, energy, counts,
    scratch,
):  # fmt: skip
    """Add up one home's year."""
    out, lanes, wished = scratch
    days = weekend.shape[0]
    for d in range(days):
        date = people.date_of(seed, dates[d], weekend[d])
        written = diary.write_day(out, wished, date, home, len(home), kinds, habits)
        wishes = wished[0]
        _spread(out, written, lanes)
        for a in range(3):
            if wishes[a] >= 0.0:
                _run(
                    power,
                    use,
                    energy,
                    d * 86400.0 + wishes[a],
                    parts[4 + a],
                    parts[7 + a],
                    WASH + a,
                )
                counts[3 + a] += 1.0
        heat = min(max((15.5 - cold_c[d]) / 13.0, 0.0), 1.0)
        for k in range(SLOTS):
            cold = baseload.cold((d * SLOTS + k) * 1800.0, 1800.0, parts[0], parts[10], 20.0)
            light = lighting.step(lanes[sheet.AWAKE, k], sun[d, k], parts[2])
            pump = (
                parts[3] * heat * (1.0 if lanes[sheet.PRESENT, k] > 0.0 and 12 <= k < 46 else 0.3)
            )
            cook, small, screens = (
                lanes[sheet.COOKING, k],
                lanes[sheet.SMALL, k],
                lanes[sheet.SCREENS, k],
            )
            power[d * SLOTS + k] += cold + parts[1] + light + pump + cook + small + screens
            for which, kw in (
                (COLD, cold),
                (STANDBY, parts[1]),
                (LIGHT, light),
                (COOK, cook),
                (SMALL, small),
                (SCREENS, screens),
                (PUMP, pump),
            ):
                use[k, which] += kw
                energy[which] += 0.5 * kw
            counts[0] += lanes[sheet.PRESENT, k] * 0.5
            counts[1] += lanes[sheet.AWAKE, k] * 0.5
            counts[2] += lanes[sheet.DRAW, k] * 0.5


@kernel
def _homes(
    seed, numbers, dates, weekend, kinds, habits, parts, sun, cold_c, power, use, energy, counts,
    scratch,
):  # fmt: skip
    """Add up the year of every home; power (n, slots), use (48, uses) summed over homes."""
    for i in range(numbers.shape[0]):
        _home(
            seed, numbers[i : i + 1], dates, weekend, kinds[i : i + 1], habits[i : i + 1],
            parts[i], sun, cold_c, power[i], use, energy[i], counts[i], scratch,
        )  # fmt: skip


def simulate(homes: Homes, days: int = 365, seed: int = 1, every: int = 1) -> Year:
    """Return ``days`` days from 1 January 2013, one in ``every``, in the climate of London."""
    n = len(homes.numbers)
    day = FIRST_DAY + every * np.arange(days)
    sun, cold_c = climate(day - FIRST_DAY, 51.5, 10.5, 6.5)
    weekend = ((day + 3) % 7 >= 5).astype(np.int64)
    power = np.zeros((n, days * SLOTS))
    use = np.zeros((SLOTS, len(USES)))
    energy = np.zeros((n, len(USES)))
    counts = np.zeros((n, len(EXTRA)))
    scratch = sheet.new_sheet(), np.zeros((sheet.CHANNELS, SLOTS)), np.zeros((1, 3))
    begin = time.perf_counter()
    _homes(
        seed, homes.numbers, day, weekend, homes.kinds, homes.habits, homes.parts, sun, cold_c,
        power, use, energy, counts, scratch,
    )  # fmt: skip
    took = time.perf_counter() - begin
    return Year(
        power.T.reshape(days, SLOTS, n), use / days / n, energy * 365 / days, counts / days, took
    )  # fmt: skip


def unheated(preset: str, homes: int, seed: int = 1) -> Town:
    """Return homes of a preset that are not heated with electricity."""
    town = settle(Recipe(preset), 2 * homes, seed)
    return town.take(np.flatnonzero(town.heating.kind == 0)[:homes])


def run(preset: str, homes: int, seed: int = 1) -> tuple[Town, Year]:
    """Return such homes and their year."""
    town = unheated(preset, homes, seed)
    return town, simulate(homes_of(town, seed, preset), seed=seed)


def london(folder: Path) -> F8:
    """Return the measured homes in local time, shape (365, 48, 33). [kW]

    Three of the 36 homes are left out: in winter they draw more between 00:00 and 06:00 than
    between 17:00 and 22:00 (storage heaters), so that they are not homes without electric heat.
    """
    table = 2.0 * pd.read_parquet(folder / "lcl_homes_2013" / "halfhourly_kwh.parquet")
    ends = pd.DatetimeIndex(table.index).tz_localize("UTC")
    start = (ends - pd.Timedelta(minutes=30)).tz_convert("Europe/London")
    winter = start.month.isin([12, 1, 2])
    night = table[winter & (start.hour < 6)].mean()
    evening = table[winter & (start.hour >= 17) & (start.hour < 22)].mean()
    kept = table.loc[:, night < evening].to_numpy()
    year = np.full((365, SLOTS, kept.shape[1]), np.nan)
    inside = start.year == 2013
    slot = start.hour * 2 + start.minute // 30
    year[start.day_of_year[inside] - 1, slot[inside]] = kept[inside]
    return year


def admd(power_kw: F8, homes: int, draws: int = 100) -> float:
    """Return the mean over draws of ``homes`` homes of their highest half-hour, per home. [kW]"""
    flat = np.nan_to_num(power_kw.reshape(-1, power_kw.shape[2]))
    if homes >= flat.shape[1]:
        return float(flat.mean(axis=1).max())
    rng = np.random.default_rng(0)
    picks = (rng.choice(flat.shape[1], homes, replace=False) for _ in range(draws))
    return float(np.mean([flat[:, pick].mean(axis=1).max() for pick in picks]))


def winter_weekday(power_kw: F8) -> F8:
    """Return the mean half-hours of a weekday from December to February, shape (48,). [kW]"""
    day = np.arange(power_kw.shape[0])
    cold = (day < 59) | (day >= 334)
    return np.asarray(np.nanmean(power_kw[cold & ((FIRST_DAY + day + 3) % 7 < 5)], axis=(0, 2)))


def figures(power_kw: F8) -> dict[str, float]:
    """Return what is compared between measured and simulated homes."""
    mean_kw = np.nanmean(power_kw, axis=(0, 1))
    quantiles = np.quantile(24 * mean_kw, [0.1, 0.25, 0.5, 0.75, 0.9])
    days = np.nanmean(power_kw, axis=1)
    return {
        "mean [kWh/day]": float(24 * mean_kw.mean()),
        "sd/mean between homes": float(mean_kw.std(ddof=1) / mean_kw.mean()),
        "10 % of homes below [kWh/day]": float(quantiles[0]),
        "25 % of homes below [kWh/day]": float(quantiles[1]),
        "median home [kWh/day]": float(quantiles[2]),
        "25 % of homes above [kWh/day]": float(quantiles[3]),
        "10 % of homes above [kWh/day]": float(quantiles[4]),
        "half-hours above 1 kW [%]": float(100 * np.nanmean(power_kw > 1)),
        "half-hours above 2 kW [%]": float(100 * np.nanmean(power_kw > 2)),
        "half-hours above 5 kW [%]": float(100 * np.nanmean(power_kw > 5)),
        "sd/mean of a home's half-hours": float(
            np.mean(np.nanstd(power_kw, axis=(0, 1)) / mean_kw)
        ),
        "sd/mean of a home's days": float(np.median(days.std(axis=0) / days.mean(axis=0))),
        **{f"ADMD of {n} [kW]": admd(power_kw, n) for n in (1, 5, 20, 33)},
        "winter weekday evening peak [kW]": float(winter_weekday(power_kw).max()),
    }


def each_size(preset: str, homes: int, seed: int = 1) -> tuple[Town, Year]:
    """Return as many unheated homes of 1, 2, 3 and 4 persons, ``homes`` of each.

    The year is every fifth day, which meets all weekdays alike: homes differ more than days.
    """
    town = unheated(preset, 12 * homes, seed)
    persons = town.people.persons
    town = town.take(np.concatenate([np.flatnonzero(persons == n)[:homes] for n in range(1, 5)]))
    return town, simulate(homes_of(town, seed, preset), days=73, seed=seed, every=5)


def by_size(town: Town, year: Year, hot_water_kwh: float = 0.0) -> dict[int, float]:
    """Return mean annual use by number of persons. [kWh]

    ``hot_water_kwh`` is added per person where hot water is electric.
    """
    persons = town.people.persons
    total = year.energy_kwh.sum(axis=1) + hot_water_kwh * persons * (town.hot_water.kind != 0)
    return {int(n): float(total[persons == n].mean()) for n in np.unique(persons)}


def law(power_kw: F8, sizes: tuple[int, ...] = (5, 10, 20, 50, 100, 200)) -> tuple[F8, float]:
    """Return (mu, k) of ADMD = mu + k / sqrt(n), and the share of variance it explains."""
    found = np.array([admd(power_kw, n, 30) for n in sizes])
    design = np.stack([np.ones(len(sizes)), 1 / np.sqrt(sizes)], axis=1)
    fit, *_ = np.linalg.lstsq(design, found, rcond=None)
    return fit, float(1 - np.var(found - design @ fit) / np.var(found))


def french_shape(folder: Path, columns: list[str]) -> F8:
    """Return the share of each hour of a weekday in some French end uses, shape (24,)."""
    name = "semaine_enduse_month_hour_residence_principale.csv"
    table = pd.read_csv(folder / "fr_enduse_profiles" / name)
    hours = table.groupby("heures")[[f"Somme de {c}" for c in columns]].sum().sum(axis=1)
    return np.asarray(hours / hours.sum())


def main(homes: int = 300) -> None:
    """Print the comparison."""
    folder = os.environ.get("GRIDSIM_DATA")
    simulate(homes_of(unheated("uk", 2), 1, "uk"), days=1)
    town, year = run("uk", homes)
    print(f"{homes} British homes, 365 days: {year.seconds:.2f} s")
    model = figures(year.power_kw)
    real = london(Path(folder)) if folder else None
    wanted = figures(real) if real is not None else {}
    for name, value in model.items():
        print(f"  {name:34s} {value:8.3f}   London {wanted.get(name, np.nan):8.3f}")
    if real is not None:
        ours, theirs = winter_weekday(year.power_kw), winter_weekday(real)
        print(f"  winter weekday: correlation {np.corrcoef(ours, theirs)[0, 1]:.3f}, ", end="")
        print(f"largest gap {np.abs(ours - theirs).max():.3f} kW")
    (mu, k), explained = law(year.power_kw)
    print(f"  ADMD = {mu:.2f} + {k:.2f} / sqrt(n), R2 {explained:.3f}; all {homes}: ", end="")
    print(f"{admd(year.power_kw, homes):.2f} kW (T21: 1.5)")
    for preset in ("uk", "germany", "france"):
        town, year = each_size(preset, 4 * homes)
        print(preset, "by persons", {n: round(x) for n, x in by_size(town, year).items()}, end=" ")
        print("with hot water", {n: round(x) for n, x in by_size(town, year, 400.0).items()})
        town, year = run(preset, homes)
        uses = zip(USES, year.energy_kwh.mean(axis=0), strict=True)
        print("  ", ", ".join(f"{use} {kwh:.0f}" for use, kwh in uses), end="; ")
        total = year.energy_kwh.sum(axis=1)
        print(f"mean {total.mean():.0f}, median {np.median(total):.0f} kWh")
        persons = town.people.persons.sum()
        home_h, awake_h = year.counts[:, 0].sum() / persons, year.counts[:, 1].sum() / persons
        print(f"   at home {home_h:.1f} h, awake there {awake_h:.1f} h a person and day")
        if preset == "france" and folder:
            _print_hours(year, Path(folder))


def _print_hours(year: Year, folder: Path) -> None:
    """Print how the hours of each use agree with the French ones."""
    for use, columns in FRENCH.items():
        ours = year.use_kw[:, use].reshape(24, 2).sum(axis=1)
        theirs = french_shape(folder, columns)
        print(f"   {USES[use]}: correlation {np.corrcoef(ours, theirs)[0, 1]:.2f} with the hours")


FRENCH = {
    LIGHT: ["Eclairage"],
    COOK: ["Cuisinières", "Mini-four", "Friteuses", "Hottes"],
    SMALL: ["Micro-ondes", "Bouilloires électriques", "Grille Pain", "Aspirateur",
            "Cafetières filtres / Machine à expresso", "Fers à repasser / Centrales vapeures"],
    SCREENS: ["Télévisions", "Ordinateurs fixes, secondaires et portables"],
    WASH: ["Lave-Linge"],
    DISH: ["Lave-vaisselle"],
    DRYER: ["Sèche-linge"],
}  # fmt: skip

if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
