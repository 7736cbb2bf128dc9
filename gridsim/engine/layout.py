"""Where each number of a home lies in the rows of its block.

Every row is flat: field ``f`` of lane ``i`` stands at ``f * BLOCK + i``. The names below are the
offsets ``f * BLOCK`` themselves, so that kernels write ``state[AIR + i]``.
"""

from gridsim.core.arrays import BLOCK


def _offsets(count: int, start: int = 0) -> tuple[int, ...]:
    """Return the offsets of ``count`` fields in a row."""
    return tuple((start + field) * BLOCK for field in range(count))


# What a home is: never changes during a run.
(
    COLD_KW, STANDBY_KW, LIGHT_KW, PHASE,
    HEAT_KIND, HEAT_LIMIT, SINK_C, BACKUP_KW, SET_C, SETBACK_K, SECOND_KW,
    COOL_KW, COOL_SET_C, FAN_KW,
    A_AA, A_AM, A_MA, A_MM, B_OUT_A, B_OUT_M, B_AIR_A, B_AIR_M, B_SUN_A, B_SUN_M, KW_PER_K,
    APERTURE,
    TANK_PER_COP, TANK_L, TANK_PER_L, ELEMENT_KW, TANK_HEAT_KW, TANK_KEEP, TANK_GAIN, TANK_KW_PER_K,
    TANK_LOSS, RELAY, TANK_SET_C,
    ROOF_E, ROOF_N, ROOF_U, KWP, SHADING, INVERTER_KW,
    BATTERY_KWH, BATTERY_KW, BATTERY_RULE,
    CAR, CHARGER_KW, CAR_KWH, KWH_KM, PLUG_SHARE, SMART,
    SLOPE_K, TOLERANCE_K, MONEY_WEIGHT, DELAY, THERMOSTAT, TIMER, ENROLLED, GAMES,
) = _offsets(60)  # fmt: skip
PARAMS = 60

# How a home stands: carried from step to step.
(
    AIR_C, MASS_C, TANK_C, TANK_ON, BOOSTED, BATTERY_E, CAR_E, PLUGGED, CAP_PRICE, TIE_KWH,
    OWED_KWH, HOLD_OFF_H, WATCHED, BASE_KW, RAISE_KW, LEAVES_S, RUN_FROM,
) = _offsets(17)  # fmt: skip
RUNS = 6
"""Slots for runs of appliances: three appliances, today's and yesterday's, ``RUN_FROM`` onwards."""
STATES = 16 + RUNS

# What people have taken in and made up their minds about, by notice slot and for good.
NOTICES = 8
"""Notices that can be out at the same time; slot ``notice % NOTICES``."""
ACTS = 0
ROUTINE, MACHINE, THRIFT, THRIFT_K, FREE_KW = _offsets(5, NOTICES)
"""Who lives by the tariff's hours; whose machines act; use left by savings, kelvin given up; import
that raises no charge for power, infinite where there is none."""
MINDS = NOTICES + 5

# What the meters of a home have counted since the start.
USES = 12
(
    M_COLD, M_STANDBY, M_LIGHT, M_COOKING, M_SCREENS, M_SMALL,
    M_WET, M_HOT_WATER, M_HEATING, M_COOLING, M_EV, M_OTHER,
    M_IMPORT, M_EXPORT, M_PV, M_COST, M_CO2, M_CO2_MARGINAL, M_DISCOMFORT, M_PEAK, M_OVERRIDES,
    M_DEFERRED, M_BATTERY_IN, M_BATTERY_OUT, M_BATTERY_LOSS, M_CAR_IN, M_CAR_DRIVEN, M_CAR_OUTSIDE,
    M_TANK_HEAT, M_TANK_LOSS, M_TANK_DRAWN, M_CURTAILED, M_MASK,
) = _offsets(33)  # fmt: skip
METERS = 32
"""Meters of every run; after them, from ``M_MASK`` on, one for each set of hours counted apart."""

# What a stretch of steps needs for each step and home, worked out before the physics, in float32.
# The first DRAWN of them depend on chance alone and are drawn once a day; the first STAYS of these
# are stays: what begins and ends is written, and ``tile.settle`` makes levels of it.
(
    W_PRESENT, W_AWAKE, W_SCREENS, W_CAR_HOME,
    W_COOKING, W_SMALL, W_DRAW, W_WET, W_OTHER,
) = _offsets(9)  # fmt: skip
STAYS = 4
DRAWN = 7
WORK = 9

# The flows of one step, in the order of results.FLOWS.
(
    F_COLD, F_STANDBY, F_LIGHT, F_COOKING, F_SCREENS, F_SMALL,
    F_WET, F_HOT_WATER, F_HEATING, F_COOLING, F_EV, F_OTHER,
    F_BATTERY, F_PV, F_NET, F_IMPORT, F_EXPORT,
) = _offsets(17)  # fmt: skip
FLOWS = 17

# What a home thinks and believes of a step's price and calls, worked out when these change.
(H_URGE, H_SHRINK, H_PRICE, H_FOLLOWS, H_ORDERED, H_GAME) = _offsets(6)
HEARDS = 6

# What else is worked out in a step, for a device that acts later in it: how far set points move,
# the room left to itself, how much too cold and too warm it is; load of what is no machine's,
# import that costs nothing more, import that an order allows; what these leave to the tank and to
# the car, and the import that a battery keeps to.
(
    T_SHIFT, T_OPEN_C, T_OPEN_WALL_C, T_COLD_K, T_WARM_K,
    T_BASE, T_FREE, T_MOST, T_TANK_ROOM, T_CAR_ROOM, T_CAP,
) = _offsets(11)  # fmt: skip
TEMPS = 11

SPAN = 4
"""Steps that one device is carried through before the next: its numbers stay in the nearest cache
meanwhile, and what it has given still lies in the next one."""
# What is known of the rows of a span: which row of what is heard holds in it, whether limits are
# written there, whether the sun shone, whether set points were moved.
MARK_HEARD, MARK_LIMITED, MARK_SUNNY, MARK_MOVED = range(4)
MARKS = 4
# What a row of what is heard makes people do: move set points, use less or more, light stoves.
STIR_MOVES, STIR_SHEDS, STIR_STOVES = range(3)
STIRS = 3
# What a block has: 1 or 0 for each flow and for some devices, then the members of each group.
LIVE_PUMP, LIVE_STOVE, LIVE_PEAK, LIVE_OWED, LIVE_HELD = range(FLOWS, FLOWS + 5)
LIVE_GROUP = FLOWS + 5

# Columns of the weather and the grid, the same for all homes: shape (t, SKY).
(
    X_EAST, X_NORTH, X_UP, X_BEAM, X_SKY, X_GROUND, X_FACADE, X_DAYLIGHT, X_AIR, X_WIND,
    X_CO2, X_CO2_MARGINAL, X_INLET, X_UNIT_PV,
) = range(14)  # fmt: skip
SKY = 14

# Columns of one tariff: shape (2, t, PRICES); row 0 for homes that keep the reference tariff. A
# felt price is what those reckon with who attend: dearer by what a label says beyond its money.
# Calls and orders to machines stand in row 1. Limits are in kW and infinite where there is none;
# ``Q_COUNTS`` is 1 where power counts for a charge, ``Q_GAME`` where more use raises a baseline;
# ``Q_ADDED`` is what people add to a price for a charge for power, and chargers do not, who keep to
# the peak instead.
(
    Q_PUBLISHED, Q_USUAL, Q_ACTUAL, Q_EXPORT, Q_LOG, Q_LOG_USUAL, Q_URGE, Q_URGE_USUAL,
    Q_SHRINK, Q_SHRINK_USUAL, Q_FELT, Q_FELT_USUAL, Q_OFF_PEAK, Q_FILL, Q_HOLD,
    Q_CALL, Q_CALL_SHRINK, Q_SETBACK, Q_EV_LIMIT, Q_TANK_BLOCK, Q_LOAD_LIMIT,
    Q_COUNTS, Q_SUBSCRIBED, Q_FEED_LIMIT, Q_ADDED, Q_GAME,
) = range(26)  # fmt: skip
PRICES = 26
