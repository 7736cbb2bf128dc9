"""Appliances of each home and the level of its small uses."""

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.chance import question
from gridsim.population import settle_choices as choice
from gridsim.population.presets import Goods, Preset
from gridsim.population.settle_choices import Owned
from gridsim.population.spread import Lot, around, normal, uniform
from gridsim.population.town import Appliances, People

_COMBINED = question("cold", "combined")
_FREEZER = question("cold", "freezer")
_COLD = question("cold", "spread")
_STANDBY = question("standby", "spread")
_LIGHT = question("light", "spread")
_SCREENS = question("screens", "spread")
_CYCLES = tuple(question(name, "kwh") for name in ("wash", "dish", "dryer"))
_WEEKS = tuple(question(name, "week") for name in ("wash", "dish", "dryer"))
_WASH, _DISH, _DRYER = range(3)

_HOURS_YEAR = 8760.0


def appliances(preset: Preset, lot: Lot, people: People, owned: Owned) -> Appliances:
    """Draw the appliances of each home."""
    goods, level, has = preset.goods, preset.level, owned.has
    place = people.persons - 1
    cycle_kwh = [_cycle_kwh(goods, lot, k) for k in range(3)]
    week = [_week(goods, lot, people, k) for k in range(3)]
    hours = [np.full(len(lot), goods.cycle_h[k]) for k in range(3)]
    standby = around(normal(lot, _STANDBY), goods.standby_sigma)
    light = around(normal(lot, _LIGHT), goods.light_sigma)
    screens = around(normal(lot, _SCREENS), goods.screens_sigma)
    return Appliances(
        cold_kw=_cold_kw(goods, lot, people),
        standby_kw=goods.standby_kw * standby * np.sqrt(people.usage),
        light_kw=goods.light_kw * light * people.usage,
        screens_kw=goods.screens_kw * screens * people.usage,
        wash=has[:, choice.WASH],
        dish=has[:, choice.DISH],
        dryer=has[:, choice.DRYER] & has[:, choice.WASH],
        wash_kwh=cycle_kwh[_WASH],
        dish_kwh=cycle_kwh[_DISH],
        dryer_kwh=cycle_kwh[_DRYER],
        wash_h=hours[_WASH],
        dish_h=hours[_DISH],
        dryer_h=hours[_DRYER],
        wash_week=week[_WASH],
        dish_week=week[_DISH],
        dryer_week=np.minimum(week[_DRYER], week[_WASH]),
        electric_hob=has[:, choice.ELECTRIC_HOB],
        level_small=level.small[place],
        level_screens=level.screens[place],
        level_cooking=level.cooking[place],
        level_light=level.light[place],
    )


def _cold_kw(goods: Goods, lot: Lot, people: People) -> F8:
    """Draw the mean power of fridge and freezer, [kW], shape (n,)."""
    combined, alone, freezer = goods.cold_kwh_year
    fridge = np.where(uniform(lot, _COMBINED) < goods.combined, combined, alone)
    owns = uniform(lot, _FREEZER) < goods.freezer[people.house.astype(np.int64)]
    spread = around(normal(lot, _COLD), goods.cold_sigma)
    return np.asarray((fridge + np.where(owns, freezer, 0.0)) * spread / _HOURS_YEAR)


def _cycle_kwh(goods: Goods, lot: Lot, which: int) -> F8:
    """Draw the energy of a cycle of an appliance, [kWh], shape (n,)."""
    spread = around(normal(lot, _CYCLES[which]), float(goods.cycle_sigma[which]))
    return np.asarray(goods.cycle_kwh[which] * spread, dtype=np.float64)


def _week(goods: Goods, lot: Lot, people: People, which: int) -> F8:
    """Draw the runs per week of an appliance, at most one a day, shape (n,)."""
    size = people.persons.astype(np.float64) ** goods.week_power[which]
    spread = around(normal(lot, _WEEKS[which]), goods.week_sigma)
    return np.asarray(np.minimum(goods.week[which] * size * spread, 7.0), dtype=np.float64)
