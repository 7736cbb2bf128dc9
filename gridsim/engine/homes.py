"""Homes as the kernels see them: a town laid out in blocks, once for each arm."""

import hashlib
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from gridsim.citizens.parameters import Parameters
from gridsim.core import chance
from gridsim.core.arrays import B1, BLOCK, F8, I8, blocks_for, to_blocks
from gridsim.devices import building, heat_pump, pv, water_heater
from gridsim.engine import layout as at
from gridsim.engine.lanes import TANK_ROOM_C
from gridsim.engine.people import Citizens, Links
from gridsim.engine.sweep import Fixed
from gridsim.population import diary
from gridsim.population.town import HEAT_PUMP, Town

_PHASE = chance.question("fridge", "phase")
INVERTER_RATIO = 0.9
"""Inverter power over panel power; 0.8-1 is usual, assumed."""


class Rules(NamedTuple):
    """Numbers of the citizen chain that the kernels need."""

    choice_noise: float
    night: float
    light: float
    screens: float
    cooking: float
    small: float
    payback: float
    release: float
    stove_urge: float
    stove_full: float
    stove_part: float
    chooses: float
    sunny: float
    keenness: float
    dead: float
    timer_h: float
    curtails: float
    game_use: float
    game_k: float
    own: float


@dataclass(frozen=True, slots=True)
class Machines:
    """Which homes have machines that follow prices and orders, shape (n,) each.

    Parameters
    ----------
    battery : I8
        What batteries follow, see ``automation.storage``.
    charger, thermostat, timer : B1
        Chargers of cars, thermostats, and timers of what runs by itself: washing machines,
        dishwashers, dryers.
    """

    battery: I8
    charger: B1
    thermostat: B1
    timer: B1


@dataclass(frozen=True, slots=True)
class Homes:
    """The homes of an arm in blocks; nothing here changes during a run.

    Parameters
    ----------
    numbers : I8
        Numbers of the homes, shape (blocks, BLOCK).
    lanes : I8
        Real homes in each block, shape (blocks,).
    param : F8
        Fields of ``layout``, shape (blocks, PARAMS * BLOCK).
    kinds : I8
        Kinds of persons, shape (blocks, BLOCK, 6).
    habits : F8
        What the diary reads, shape (blocks, BLOCK, H).
    runs : F8
        kWh, hours and longest wait of each appliance's run, shape (blocks, BLOCK, 3, 3).
    km_day : F8
        Mean distance of the car, 0 for none, shape (blocks, BLOCK). [km]
    weights : F8
        1 for the homes of each group, shape (blocks, groups, BLOCK).
    likeness : bytes
        The same for arms in which chance alone makes the people do the same.
    """

    numbers: I8
    lanes: I8
    param: F8
    kinds: I8
    habits: F8
    runs: F8
    km_day: F8
    weights: F8
    likeness: bytes

    @property
    def rows(self) -> Fixed:
        """The arrays as the kernels of a sweep take them."""
        return Fixed(
            self.numbers, self.lanes, self.kinds, self.habits, self.runs, self.km_day, self.param,
            self.weights,
        )  # fmt: skip


def rules_of(
    settings: Parameters, links: Links, dt_h: float, *, curtails: bool = False, own: bool = True
) -> Rules:
    """Return the numbers that the kernels need, for one length of step [h].

    ``curtails``: whether roofs are told to stop while feeding in costs money; ``own``: whether
    there are devices of the user's own.
    """
    cut = settings.curtail
    return Rules(
        settings.choice.noise, settings.choice.night, cut.light, cut.screens, cut.cooking,
        cut.small, cut.payback, 1.0 - float(np.exp(-dt_h / cut.payback_h)),
        settings.comfort.second_heat_urgency, settings.comfort.second_heat_full,
        settings.comfort.second_heat_part,
        float(links.choice), float(links.production), settings.automation.keenness,
        settings.automation.dead,
        settings.choice.timer_h, float(curtails), settings.call.game_use, settings.call.game_k,
        float(own),
    )  # fmt: skip


def lay_out(
    people: Citizens, machines: Machines, groups: list[B1], *, seed: int, preset: str, dt_h: float
) -> Homes:
    """Return the homes of an arm in blocks.

    Parameters
    ----------
    people : Citizens
        Who lives there, what they own, how they answer.
    machines : Machines
        Which of their machines follow prices.
    groups : list of B1
        Members of each group, the first being all, each of shape (n,).
    seed : int
        Seed of the scenario.
    preset : str
        Population preset: meal hours and small uses differ between countries.
    dt_h : float
        Length of a step. [h]
    """
    town = people.town
    count = len(town)
    blocks = blocks_for(count)
    spare = blocks * BLOCK - count
    lanes = np.full(blocks, BLOCK)
    lanes[-1] -= spare
    numbers, kinds = _blocked(town.homes), _blocked(town.people.kinds)
    habits = _blocked(diary.habits(town, seed, preset))
    km_day = _blocked(np.where(town.car.owns, town.car.km_day, 0.0))
    drawn_from = (numbers, lanes, kinds, habits, km_day, town.car.owns)
    return Homes(
        numbers,
        lanes,
        to_blocks(_columns(people, machines, seed, dt_h)),
        kinds,
        habits,
        _blocked(_runs(town, people.settings)),
        km_day,
        np.stack([_members(group, blocks) for group in groups], axis=1),
        b"".join(hashlib.blake2b(part.tobytes(), digest_size=8).digest() for part in drawn_from),
    )


def _blocked(values: np.ndarray) -> np.ndarray:
    """Split the first axis into blocks, repeating the last home in the spare lanes."""
    count = len(values)
    lanes = blocks_for(count) * BLOCK
    filled = values[np.minimum(np.arange(lanes), count - 1)]
    return np.ascontiguousarray(filled.reshape(-1, BLOCK, *values.shape[1:]))


def _members(group: B1, blocks: int) -> F8:
    """Return 1 for members and 0 for others and spare lanes, shape (blocks, BLOCK)."""
    full = np.zeros(blocks * BLOCK)
    full[: len(group)] = group
    return full.reshape(blocks, BLOCK)


def _runs(town: Town, settings: Parameters) -> F8:
    """Return kWh (0: none), hours and longest wait of each appliance, shape (n, 3, 3)."""
    goods, waits = town.appliances, settings.choice
    return np.stack(
        [
            np.stack([owned * kwh, hours, np.full(len(town), wait)], axis=1)
            for owned, kwh, hours, wait in (
                (goods.wash, goods.wash_kwh, goods.wash_h, waits.wash_h),
                (goods.dish, goods.dish_kwh, goods.dish_h, waits.dish_h),
                (goods.dryer, goods.dryer_kwh, goods.dryer_h, waits.dryer_h),
            )
        ],
        axis=1,
    )


def _columns(people: Citizens, machines: Machines, seed: int, dt_h: float) -> list[F8]:
    """Return the parameter fields in the order of the layout."""
    town = people.town
    parts = [
        *_standing(town, seed), *_rooms(town, dt_h), *_tank(town, dt_h),
        *_roof(town, machines.battery),
        *_car_and_traits(people, machines),
    ]  # fmt: skip
    if len(parts) != at.PARAMS:
        raise AssertionError(f"{len(parts)} parameter fields for {at.PARAMS} places")
    return [np.asarray(part, dtype=np.float64) for part in parts]


def _standing(town: Town, seed: int) -> list[np.ndarray]:
    """Return fridge, standby, light per person and the fridge's phase."""
    goods = town.appliances
    light = goods.light_kw * goods.level_light
    phase = chance.uniforms(seed, _PHASE, town.homes)[:, 0]
    return [goods.cold_kw, goods.standby_kw, light, phase]


def _rooms(town: Town, dt_h: float) -> list[np.ndarray]:
    """Return heating, cooling and the exact step of the building."""
    heat, shell = town.heating, town.envelope
    exact = building.steps(
        shell.c_air_kwh_k, shell.c_mass_kwh_k, shell.h_am_kw_k, shell.h_out_kw_k, dt_h
    )
    return [
        heat.kind, heat.limit_kw, heat.sink_c, heat.backup_kw, heat.set_c, heat.setback_k,
        heat.second_kw, heat.cool_kw, heat.cool_set_c, heat.fan_kw,
        exact.aa, exact.am, exact.ma, exact.mm, exact.out_a, exact.out_m, exact.air_a, exact.air_m,
        exact.mass_a, exact.mass_m, 1.0 / exact.air_a, shell.aperture_m2,
    ]  # fmt: skip


def _tank(town: Town, dt_h: float) -> list[np.ndarray]:
    """Return the hot-water tank and its exact step."""
    tank = town.hot_water
    litres = np.maximum(tank.litres, 10.0)  # homes without a tank get one that is never heated
    exact = water_heater.coefficients(litres, tank.loss_kw_k, dt_h)
    pumped = np.flatnonzero(tank.kind == HEAT_PUMP)
    set_c, which = np.unique(tank.set_c[pumped], return_inverse=True)
    cop = np.ones(len(town))
    cop[pumped] = np.array([heat_pump.cop(TANK_ROOM_C, float(c)) for c in set_c])[which]
    element = np.where(tank.kind > 0, tank.element_kw, 0.0)
    per_l = np.where(element > 0.0, 1.0 / litres, 0.0)  # nobody draws from a tank that is no tank
    return [
        1.0 / cop, litres, per_l, element, element * cop, exact.decay,
        exact.rise_k_kw, 1.0 / exact.rise_k_kw, tank.loss_kw_k, tank.relay, tank.set_c,
    ]  # fmt: skip


def _roof(town: Town, rule: I8) -> list[np.ndarray]:
    """Return panels and battery."""
    roof = town.producers
    facing = pv.normal(roof.tilt_deg, roof.azimuth_deg)
    return [
        facing.east, facing.north, facing.up, roof.pv_kwp, roof.shading,
        INVERTER_RATIO * roof.pv_kwp, roof.battery_kwh, roof.battery_kw, rule,
    ]  # fmt: skip


def _car_and_traits(people: Citizens, machines: Machines) -> list[np.ndarray]:
    """Return the car, how people answer, their machines, and who is enrolled."""
    car, who = people.town.car, people.traits
    return [
        car.owns, np.where(car.owns, car.charger_kw, 0.0), np.where(car.owns, car.battery_kwh, 1.0),
        car.kwh_km, car.plug_share, machines.charger, who.slope_k, who.tolerance_k,
        who.money_weight / people.euro, who.delay, machines.thermostat, machines.timer,
        people.enrolled,
        np.zeros(len(people.town)) if people.offer.games is None else people.offer.games,
    ]  # fmt: skip
