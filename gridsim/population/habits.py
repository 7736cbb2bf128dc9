"""Habits of each home: the row of numbers that the kernels of its day read."""

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.chance import question, uniforms
from gridsim.population.people import HABITS, seconds
from gridsim.population.town import Town

(
    SMALL_STARTS,  # starts of small uses a day, before asking whether someone is awake
    SCREENS_KW,  # mean power of one person's screens in a session [kW]
    COOKING,  # factor on the energy of a use of hob or oven
    HOB,  # 1 where the hob is electric, else 0
    WATER,  # factor on the litres of hot water, 0 where it is not electric
    BREAKFAST_S,  # usual wall second of each meal [s]
    LUNCH_S,
    DINNER_S,
    WASH_WEEK,  # wanted runs a week, 0 without the machine
    DISH_WEEK,
    DRYER_WEEK,
    WASH_H,  # length of a wash [h]
) = range(12)
HABITS_WIDTH = 12

_MEALS = question("habits", "meals")
_BETWEEN_HOMES_S = 2700.0  # spread of the usual hour of a meal, assumed


def customs() -> tuple[str, ...]:
    """Return the names of the customs on record."""
    return tuple(HABITS["customs"])


def habits(town: Town, seed: int = 0, country: str = "france") -> F8:
    """Return the habits of each home, shape (n, HABITS_WIDTH).

    Parameters
    ----------
    town : Town
        Who lives here and what they own.
    seed : int
        Seed of the scenario, for the usual hours of meals.
    country : str
        Whose hours of meals, one of :func:`customs`.

    Raises
    ------
    ValueError
        If no customs of that name are on record.
    """
    if country not in HABITS["customs"]:
        raise ValueError(f"country must be one of {', '.join(customs())}, got {country!r}")
    owned = town.appliances
    usage = town.people.usage
    rows = np.zeros((len(town.homes), HABITS_WIDTH))
    custom = HABITS["customs"][country]
    rows[:, SMALL_STARTS] = HABITS["small"]["day"] * custom["small"] * owned.level_small * usage
    rows[:, SCREENS_KW] = HABITS["screens"]["level"] * owned.screens_kw * owned.level_screens
    rows[:, COOKING] = owned.level_cooking * usage
    rows[:, HOB] = owned.electric_hob
    rows[:, WATER] = town.hot_water.kind != 0
    meals_s = seconds(custom["meals_h"])
    u = uniforms(seed, _MEALS, town.homes, 0, 2)
    shift_s = (u.sum(axis=1) - 1.0) * 6.0**0.5 * _BETWEEN_HOMES_S
    rows[:, BREAKFAST_S : DINNER_S + 1] = meals_s + shift_s[:, np.newaxis]
    rows[:, WASH_WEEK] = owned.wash_week * owned.wash
    rows[:, DISH_WEEK] = owned.dish_week * owned.dish
    rows[:, DRYER_WEEK] = owned.dryer_week * owned.dryer * owned.wash
    rows[:, WASH_H] = owned.wash_h
    return rows
