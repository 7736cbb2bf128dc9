"""Machines of each home: heating, hot water, panels, batteries and cars."""

from dataclasses import replace

import numpy as np

from gridsim.core.arrays import B1, F8, I8
from gridsim.core.chance import question
from gridsim.population import settle_choices as choice
from gridsim.population.presets import Heat, Preset
from gridsim.population.recipe import Sizes
from gridsim.population.settle_choices import Owned
from gridsim.population.settle_homes import Dwelling
from gridsim.population.spread import Lot, around, between, normal, pick, uniform
from gridsim.population.town import (
    HEAT_PUMP,
    NOT_ELECTRIC,
    RESISTANCE,
    Car,
    Envelope,
    Heating,
    HotWater,
    Producers,
)

_EMITTER = question("heating", "emitter")
_SET = question("heating", "set")
_SETBACK = question("heating", "setback")
_SETBACK_K = question("heating", "setback_k")
_STOVE = question("heating", "stove")
_COOL_SET = question("cooling", "set")
_WATER_PUMP = question("hot_water", "heat_pump")
_RELAY = question("hot_water", "relay")
_WATER_SET = question("hot_water", "set")
_KWP = question("pv", "kwp")
_TILT = question("pv", "tilt")
_AZIMUTH = question("pv", "azimuth")
_SHADING = question("pv", "shading")
_BATTERY = question("battery", "kwh")
_CHARGER = question("ev", "charger")
_CAR_KWH = question("ev", "kwh")
_CAR_USE = question("ev", "kwh_km")
_CAR_KM = question("ev", "km")
_CAR_PLUG = question("ev", "plug")

_NEW_ERA = 5
"""Homes since 2006 have the emitters of new buildings."""
_SIZED_FOR_C = 20.0
"""Indoor temperature for which heating is sized (EN 12831)."""
_LEAST_KW = 1.0
_SETS_C = (15.5, 24.0)
_COOL_SETS_C = (22.0, 29.0)
_WATER_SETS_C = (52.0, 66.0)
_LOSS_K = 45.0
"""Rise above the room for which standing losses are declared (EN 60379)."""
_TILTS_DEG = (8.0, 55.0)
_AZIMUTHS_DEG = (80.0, 280.0)


def heating(
    preset: Preset, lot: Lot, dwelling: Dwelling, envelope: Envelope, *, owned: Owned
) -> Heating:
    """Draw heating and cooling, sized on the loss of each envelope."""
    heat = preset.heat
    pump = owned.has[:, choice.HEAT_PUMP]
    electric = owned.has[:, choice.ELECTRIC_HEAT]
    design_kw = envelope.h_out_kw_k * (_SIZED_FOR_C - preset.building.design_c)
    set_c = heat.set_mean_c + heat.set_sigma_c * normal(lot, _SET)
    setback_k = between(uniform(lot, _SETBACK_K), heat.setback_k)
    stove_kw = np.minimum(between(uniform(lot, _STOVE), heat.stove_kw), heat.stove_load * design_kw)
    cool_kw = np.clip(envelope.area_m2 * heat.cool_w_m2 / 1000.0, *heat.cool_kw)
    cool_set_c = heat.cool_set_c[0] + heat.cool_set_c[1] * normal(lot, _COOL_SET)
    limit_kw = np.where(pump, heat.pump_share, heat.margin) * design_kw
    return Heating(
        kind=np.where(pump, HEAT_PUMP, np.where(electric, RESISTANCE, NOT_ELECTRIC)),
        fuel=owned.fuel,
        limit_kw=np.maximum(limit_kw, _LEAST_KW),
        sink_c=_sink_c(heat, lot, dwelling),
        backup_kw=np.where(pump, heat.backup_share * design_kw, 0.0),
        set_c=np.clip(set_c, *_SETS_C),
        setback_k=np.where(uniform(lot, _SETBACK) < heat.setback_share, setback_k, 0.0),
        second_kw=np.where(owned.has[:, choice.SECOND_HEATER], stove_kw, 0.0),
        cool_kw=np.where(owned.has[:, choice.AIR_CONDITIONING], cool_kw, 0.0),
        cool_set_c=np.clip(cool_set_c, *_COOL_SETS_C),
        fan_kw=heat.fan_kw[owned.fuel],
    )


def hot_water(preset: Preset, lot: Lot, persons: I8, house: B1, *, owned: Owned) -> HotWater:
    """Draw tanks, sized on the household."""
    water = preset.water
    electric = owned.has[:, choice.HOT_WATER_ELECTRIC]
    beside_pump = owned.has[:, choice.HEAT_PUMP]
    share = np.where(beside_pump, water.pump_share_with_pump, water.pump_share)
    pump = uniform(lot, _WATER_PUMP) < share
    litres = water.litres[persons - 1] * np.where(house, 1.0, water.flat_factor)
    litres = np.where(pump, water.pump_litres, np.maximum(litres, water.least_litres))
    element_kw = np.clip(water.element_kw_l * litres, *water.element_kw)
    set_c = water.set_c[0] + water.set_c[1] * normal(lot, _WATER_SET)
    tank = np.where(pump, HEAT_PUMP, RESISTANCE)
    relay = electric & ~pump & (uniform(lot, _RELAY) < water.relay_share)
    return HotWater(
        kind=np.where(electric, tank, NOT_ELECTRIC),
        litres=litres,
        element_kw=np.where(pump, water.pump_kw, element_kw),
        loss_kw_k=water.loss_kwh_day * np.cbrt(litres) ** 2 / (24.0 * _LOSS_K),
        relay=relay,
        set_c=np.clip(set_c, *_WATER_SETS_C),
    )


def producers(preset: Preset, lot: Lot, owned: Owned) -> Producers:
    """Draw panels and batteries."""
    solar = preset.solar
    has_pv = owned.has[:, choice.PV]
    kwp = solar.kwp[pick(uniform(lot, _KWP), solar.kwp_share)]
    tilt_deg = solar.tilt_deg[0] + solar.tilt_deg[1] * normal(lot, _TILT)
    azimuth_deg = 180.0 + solar.azimuth_sigma_deg * normal(lot, _AZIMUTH)
    u = uniform(lot, _BATTERY)
    beside_kwh = kwp * between(u, solar.battery_kwh_kwp)
    kwh = np.where(has_pv, beside_kwh, between(u, solar.battery_alone_kwh))
    kwh = np.where(owned.has[:, choice.BATTERY], np.clip(kwh, *solar.battery_kwh), 0.0)
    return Producers(
        pv_kwp=np.where(has_pv, kwp, 0.0),
        tilt_deg=np.clip(tilt_deg, *_TILTS_DEG),
        azimuth_deg=np.clip(azimuth_deg, *_AZIMUTHS_DEG),
        shading=between(uniform(lot, _SHADING), solar.shading),
        battery_kwh=kwh,
        battery_kw=kwh * solar.battery_kw_kwh,
    )


def sized(preset: Preset, sizes: Sizes, roofs: Producers, yearly_mwh: F8) -> Producers:
    """Return panels and batteries sized by yearly use where asked; who owns them stays.

    Parameters
    ----------
    preset : Preset
        Its batteries' power over capacity.
    sizes : Sizes
        Panels and battery over yearly use.
    roofs : Producers
        As drawn, with their own sizes.
    yearly_mwh : F8
        What each home is expected to use in a year, shape (n,). [MWh]
    """
    kwp, kwh = roofs.pv_kwp, roofs.battery_kwh
    if sizes.pv_kwp_per_mwh is not None:
        kwp = np.where(kwp > 0.0, sizes.pv_kwp_per_mwh * yearly_mwh, 0.0)
    if sizes.battery_kwh_per_mwh is not None:
        kwh = np.where(kwh > 0.0, sizes.battery_kwh_per_mwh * yearly_mwh, 0.0)
    power_kw = kwh * preset.solar.battery_kw_kwh
    return replace(roofs, pv_kwp=kwp, battery_kwh=kwh, battery_kw=power_kw)


def car(preset: Preset, lot: Lot, owned: Owned) -> Car:
    """Draw electric cars; whoever has none keeps the numbers of the car they might have."""
    drive = preset.drive
    return Car(
        owns=owned.has[:, choice.EV],
        charger_kw=drive.charger_kw[pick(uniform(lot, _CHARGER), drive.charger_share)],
        battery_kwh=between(uniform(lot, _CAR_KWH), drive.battery_kwh),
        kwh_km=between(uniform(lot, _CAR_USE), drive.kwh_km),
        km_day=drive.km_day * around(normal(lot, _CAR_KM), drive.km_sigma),
        plug_share=between(uniform(lot, _CAR_PLUG), drive.plug_share),
        smart=owned.has[:, choice.EV_SMART],
    )


def _sink_c(heat: Heat, lot: Lot, dwelling: Dwelling) -> F8:
    """Draw the temperature that a heat pump's emitter needs, [C], shape (n,)."""
    new = dwelling.era >= _NEW_ERA
    u = uniform(lot, _EMITTER)
    emitter = np.where(new, pick(u, heat.emitter_new), pick(u, heat.emitter_old))
    return np.asarray(heat.sink_c[emitter], dtype=np.float64)
