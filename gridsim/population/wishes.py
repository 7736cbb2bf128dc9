"""Wishes: when people would start the washing machine, the dishwasher and the dryer."""

import numpy as np

from gridsim.core.chance import question
from gridsim.core.clock import HOUR_S
from gridsim.core.kernel import kernel
from gridsim.population import sheet, small_uses
from gridsim.population.habits import DISH_WEEK, DRYER_WEEK, WASH_H, WASH_WEEK
from gridsim.population.people import HABITS

WASH, DISH, DRYER = range(3)
"""Appliances that people start and that can wait."""
APPLIANCES = 3

RUN = question("diary", "run")

_season = HABITS["season"]
_WET_SEASON = np.array([_season["wash"], _season["dish"], _season["dryer"]], dtype=np.float64)
_wet = HABITS["wet"]
_WISH_S = np.stack([small_uses.quantiles(_wet["wash"]), small_uses.quantiles(_wet["dish"])])
_OFF_FACTOR = np.array(_wet["off_factor"], dtype=np.float64)
_WORK_FACTOR = (7.0 - 2.0 * _OFF_FACTOR) / 5.0
_WAIT_S = HOUR_S * np.array(_wet["dryer_wait_h"], dtype=np.float64)
_DRYER_LATEST_S = float(HOUR_S * _wet["dryer_latest_h"])


@kernel
def _wished(page, lane, wide, date, per_week, appliance):  # type: ignore[no-untyped-def]
    """Return when the washing machine or the dishwasher is wished to start, or -1.

    The hour is drawn up to three times for one at which somebody is up, then put off.
    """
    u = sheet.turn(page.numbers, sheet.RUN, appliance * wide + lane)
    factor = _OFF_FACTOR[appliance] if date.weekend else _WORK_FACTOR[appliance]
    factor *= 1.0 + _WET_SEASON[appliance] * date.winter
    if u.a >= per_week / 7.0 * factor:
        return -1.0
    nodes = _WISH_S[appliance]
    wish_s = small_uses.pick(nodes, u.b)
    found_s = sheet.up_from(page, lane, wish_s)
    for share in (u.c, u.d):
        if found_s != wish_s:
            wish_s = small_uses.pick(nodes, share)
            found_s = sheet.up_from(page, lane, wish_s)
    return found_s if found_s >= 0.0 else sheet.up_from(page, lane, 0.0)


@kernel
def wish(wishes, page, lane, wide, date, habits):  # type: ignore[no-untyped-def]
    """Write when the runs of a day are wished in a home; its draws stand ``wide`` apart."""
    wishes[:] = -1.0
    washes, dishes, dries = habits[WASH_WEEK], habits[DISH_WEEK], habits[DRYER_WEEK]
    if dishes > 0.0:
        wishes[DISH] = _wished(page, lane, wide, date, dishes, np.int64(DISH))
    if washes <= 0.0:
        return
    wash_s = _wished(page, lane, wide, date, washes, np.int64(WASH))
    wishes[WASH] = wash_s
    if wash_s < 0.0 or dries <= 0.0:
        return
    u = sheet.turn(page.numbers, sheet.RUN, DRYER * wide + lane)
    if u.a * washes < dries * (1.0 + _WET_SEASON[DRYER] * date.winter):
        dry_s = wash_s + habits[WASH_H] * HOUR_S + _WAIT_S[0] + u.b * (_WAIT_S[1] - _WAIT_S[0])
        wishes[DRYER] = dry_s if dry_s < _DRYER_LATEST_S else -1.0
