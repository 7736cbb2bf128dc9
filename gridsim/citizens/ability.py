"""Ability: how much energy of a home could move or be spared in the dear hours of a day."""

import numpy as np

from gridsim.citizens.parameters import Calls
from gridsim.core.arrays import B1, F8

SUN_KH = 60.0
"""Degree hours that sun and people add to a hot day. [K h], assumed"""
COMFORT_BASE_C = 17.0
"""Outdoor temperature above which a home needs no heating: the base of French degree days. [C]"""


def heat_kwh(outdoor_c: float, h_out_kw_k: F8, cop: F8) -> F8:
    """Return the electricity for heating that people expect of a day, shape (n,). [kWh]

    Parameters
    ----------
    outdoor_c : float
        Mean outdoor temperature of the last 24 hours: people expect tomorrow to be like today. [C]
    h_out_kw_k : F8
        Loss of the home. [kW/K]
    cop : F8
        Heat per unit of electricity; infinite without electric heating.
    """
    return 24.0 * h_out_kw_k * max(COMFORT_BASE_C - outdoor_c, 0.0) / cop


EVENING_H = 6.0
"""Hours in which most of the small uses of a day fall. [h], assumed"""
COOL_BASE_C = 21.0
"""Mean outdoor temperature of a day above which air conditioning is used. [C], assumed"""


def cool_kwh(outdoor_c: float, h_out_kw_k: F8, cooled: B1) -> F8:
    """Return the electricity for cooling that people expect of a day, shape (n,). [kWh]

    Parameters
    ----------
    outdoor_c : float
        Mean outdoor temperature of the last 24 hours. [C]
    h_out_kw_k : F8
        Loss of the home. [kW/K]
    cooled : B1
        Whether it has air conditioning, shape (n,).
    """
    warm_k = max(outdoor_c - COOL_BASE_C, 0.0)
    if warm_k == 0.0:
        return np.zeros(len(h_out_kw_k))
    return np.where(cooled, (24.0 * warm_k + SUN_KH) * h_out_kw_k / 3.0, 0.0)


def yearly_kwh(persons: F8) -> F8:
    """Return what people believe to use in a year, shape (n,): it goes with their number. [kWh]

    E007, E011 (BDEW): about 1,900 kWh for one person and n to the power of 0.57 for n.
    """
    return np.asarray(1900.0 * persons**0.57)


def movable_kwh(
    runs_kwh: F8, car_kwh: F8, heating_kwh: F8, second: F8, *, dear_h: float, settings: Calls
) -> F8:
    """Return the energy that acting could move out of the dear hours of a day, shape (n,). [kWh]

    Parameters
    ----------
    runs_kwh, car_kwh, heating_kwh : F8
        Mean daily energy of deferrable runs and of the car; expected heating or cooling, shape
        (n,). [kWh]
    second : F8
        Whether a second heater stands ready, 0 or 1, shape (n,).
    settings : Willingness
        Shares of heat that people count as theirs to save.
    """
    share = settings.heat_share + (settings.second_heat_share - settings.heat_share) * second
    small_kwh = settings.small_kwh * min(dear_h, EVENING_H) / EVENING_H
    return small_kwh + 0.5 * runs_kwh + 0.5 * car_kwh + share * heating_kwh
