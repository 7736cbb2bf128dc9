"""Dwellings and their envelopes: what stands there before anybody moves in."""

from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import B1, F8, I8
from gridsim.core.chance import question
from gridsim.population.presets import AREA_CLASSES, AREAS_M2, Building, Preset
from gridsim.population.spread import Lot, around, normal, pick, uniform
from gridsim.population.town import ERAS, Envelope

_CELL = question("dwelling", "cell")
_AREA = question("dwelling", "area")
_STATE = question("dwelling", "state")
_LOSS = question("dwelling", "loss")
_MASS = question("dwelling", "mass")

_LARGEST_M2 = 320.0
_UNREFURBISHED = 2
"""States of refurbishment below this one do not count as insulated, unless the era does."""
_INSULATED_ERA = 4
"""Homes since 1991 are insulated when built."""

_AIR_TO_SKIN = 3.45 * 4.5
_SKIN_TO_MASS = 9.1
"""ISO 13790, 7.2.2.2 and 12.2.2: air to surfaces 3.45 W/(K m2) over 4.5 m2 of surface per m2 of
floor; surfaces to mass 9.1 W/(K m2) over the area of the mass."""


@dataclass(frozen=True, slots=True)
class Dwelling:
    """Dwellings, arrays of shape (n,).

    ``cell`` numbers house, owner, era and class of area as in ``Preset.stock``; ``state`` is 0 as
    built, 1 partly, 2 usually, 3 advanced refurbished; ``insulated`` tells states and eras apart.
    """

    cell: I8
    house: B1
    owner: B1
    era: I8
    area_class: I8
    area_m2: F8
    state: I8
    insulated: B1


def dwellings(preset: Preset, lot: Lot) -> Dwelling:
    """Draw the dwellings of a lot of homes from the stock of the preset."""
    shares = preset.stock.sum(axis=-1).ravel()
    cell = pick(uniform(lot, _CELL), shares)
    house, owner, era, area_class = np.unravel_index(cell, (2, 2, len(ERAS), AREA_CLASSES))
    owns = owner.astype(bool)
    state = _state(preset.building, lot, era, owns)
    return Dwelling(
        cell=cell,
        house=house.astype(bool),
        owner=owns,
        era=era,
        area_class=area_class,
        area_m2=_area_m2(uniform(lot, _AREA), area_class, preset.building.beyond_m2),
        state=state,
        insulated=(era >= _INSULATED_ERA) | (state >= _UNREFURBISHED),
    )


def envelopes(preset: Preset, lot: Lot, dwelling: Dwelling) -> Envelope:
    """Draw the thermal envelopes of dwellings."""
    building = preset.building
    house = dwelling.house.astype(np.int64)
    loss_w_m2k = _losses(building.loss_w_m2k)[house, dwelling.era, dwelling.state]
    loss_w_m2k = loss_w_m2k * around(normal(lot, _LOSS), building.loss_sigma)
    mass = pick(uniform(lot, _MASS), building.mass_share[house])
    skin_to_mass = _SKIN_TO_MASS * building.mass_area
    coupling_w_m2k = 1.0 / (1.0 / _AIR_TO_SKIN + 1.0 / skin_to_mass)
    area_m2 = dwelling.area_m2
    return Envelope(
        area_m2=area_m2,
        era=dwelling.era,
        c_air_kwh_k=area_m2 * building.air_wh_m2k / 1000.0,
        c_mass_kwh_k=area_m2 * building.mass_kj_m2k[mass] / 3600.0,
        h_am_kw_k=area_m2 * coupling_w_m2k[mass] / 1000.0,
        h_out_kw_k=area_m2 * loss_w_m2k / 1000.0,
        aperture_m2=area_m2 * building.window[house] * building.transmit,
    )


def _area_m2(u: F8, area_class: I8, beyond_m2: float) -> F8:
    """Spread areas evenly within their class, exponentially beyond 120 m2."""
    low = np.array([*(ends[0] for ends in AREAS_M2), AREAS_M2[-1][1]])[area_class]
    high = np.array([*(ends[1] for ends in AREAS_M2), AREAS_M2[-1][1]])[area_class]
    beyond = np.where(area_class == AREA_CLASSES - 1, -beyond_m2 * np.log1p(-u), 0.0)
    area_m2 = np.minimum(low + (high - low) * u + beyond, _LARGEST_M2)
    return np.asarray(area_m2, dtype=np.float64)


def _state(building: Building, lot: Lot, era: I8, owner: B1) -> I8:
    """Draw the state of refurbishment; owners lean to the better ones."""
    bias = np.where(owner, building.owner_bias, building.renter_bias)
    return pick(uniform(lot, _STATE) ** bias, building.state[era])


def _losses(loss_w_m2k: F8) -> F8:
    """Return losses by type, era and the four states, [W/(K m2)], shape (2, 7, 4)."""
    built, usual, advanced = np.moveaxis(loss_w_m2k, -1, 0)
    return np.stack([built, np.sqrt(built * usual), usual, advanced], axis=-1)
