"""The end of a step: what the meters count, and sums over homes, groups and the town.

Flows that a block cannot have (no car, no roof, night) and groups without members in it are noted
once a stretch and left out of every loop.
"""

from gridsim.core.arrays import BLOCK
from gridsim.core.kernel import kernel
from gridsim.devices import heating
from gridsim.engine import layout as at
from gridsim.engine import limits
from gridsim.engine.lanes import of_tariff

LANES = 32
"""Running sums side by side when a flow is added over homes."""
DEPTH = BLOCK // LANES
SUMS = LANES
WHOLE = 1.0 * BLOCK
"""Members of a group that holds every home of a block: nothing to weigh."""


@kernel
def add_up(flow, rows):  # type: ignore[no-untyped-def]
    """Add the uses of each home, into the place of its net load."""
    for row in range(rows):
        out = flow[row]
        for i in range(BLOCK):
            load_kw = 0.0
            for use in range(at.USES):
                load_kw += out[use * BLOCK + i]
            out[at.F_NET + i] = load_kw


@kernel
def bought(flow, rows, prices, step, param, meters, sky, dt_h):  # type: ignore[no-untyped-def]
    """Meter the steps of homes that cannot give anything back: their net load is what they use."""
    for row in range(rows):
        out = flow[row]
        price_old = prices[0, step + row, at.Q_ACTUAL]
        price_new = prices[1, step + row, at.Q_ACTUAL]
        co2 = 0.001 * sky[step + row, at.X_CO2]
        marginal = 0.001 * sky[step + row, at.X_CO2_MARGINAL]
        for i in range(BLOCK):
            load_kw = 0.0
            for use in range(at.USES):
                load_kw += out[use * BLOCK + i]
            load_kwh = load_kw * dt_h
            out[at.F_NET + i] = load_kw
            meters[at.M_IMPORT + i] += load_kwh
            meters[at.M_COST + i] += load_kwh * of_tariff(param, i, price_old, price_new)
            meters[at.M_CO2 + i] += load_kwh * co2
            meters[at.M_CO2_MARGINAL + i] += load_kwh * marginal
            meters[at.M_PEAK + i] = max(meters[at.M_PEAK + i], load_kw)


@kernel
def meter(flow, rows, prices, step, param, meters, sky, dt_h):  # type: ignore[no-untyped-def]
    """Count what is left for the meter: energy, money and emissions of each step."""
    for row in range(rows):
        out, old, new = flow[row], prices[0, step + row], prices[1, step + row]
        price_old, price_new = old[at.Q_ACTUAL], new[at.Q_ACTUAL]
        export_old, export_new = old[at.Q_EXPORT], new[at.Q_EXPORT]
        co2 = 0.001 * sky[step + row, at.X_CO2]
        marginal = 0.001 * sky[step + row, at.X_CO2_MARGINAL]
        for i in range(BLOCK):
            net_kw = out[at.F_NET + i] + out[at.F_BATTERY + i] - out[at.F_PV + i]
            import_kw, export_kw = max(net_kw, 0.0), max(-net_kw, 0.0)
            import_kwh, export_kwh = import_kw * dt_h, export_kw * dt_h
            out[at.F_NET + i] = net_kw
            out[at.F_IMPORT + i] = import_kw
            out[at.F_EXPORT + i] = export_kw
            meters[at.M_IMPORT + i] += import_kwh
            meters[at.M_EXPORT + i] += export_kwh
            price = of_tariff(param, i, price_old, price_new)
            earned = of_tariff(param, i, export_old, export_new)
            meters[at.M_COST + i] += import_kwh * price - export_kwh * earned
            meters[at.M_CO2 + i] += import_kwh * co2
            meters[at.M_CO2_MARGINAL + i] += (import_kwh - export_kwh) * marginal
            meters[at.M_PEAK + i] = max(meters[at.M_PEAK + i], import_kw)


@kernel
def count(flow, given, rows, meters, counter, dt_h):  # type: ignore[no-untyped-def]
    """Count the energy of one flow, four steps at a time: in their order, so to the same bits."""
    kwh = meters[counter : counter + BLOCK]
    whole = rows - rows % 4
    for row in range(0, whole, 4):
        first, second = flow[row, given : given + BLOCK], flow[row + 1, given : given + BLOCK]
        third, fourth = flow[row + 2, given : given + BLOCK], flow[row + 3, given : given + BLOCK]
        for i in range(BLOCK):
            so_far = kwh[i] + first[i] * dt_h + second[i] * dt_h
            kwh[i] = so_far + third[i] * dt_h + fourth[i] * dt_h
    for row in range(whole, rows):
        kw = flow[row, given : given + BLOCK]
        for i in range(BLOCK):
            kwh[i] += kw[i] * dt_h


@kernel
def apart(flow, rows, live, meters, profile, net, masks, hours, dt_h):  # type: ignore[no-untyped-def]
    """Count imports of called and dear hours apart, the mean day, and keep each home's net load."""
    drawn = at.F_IMPORT if live[at.F_IMPORT // BLOCK] > 0.0 else at.F_NET
    for row in range(rows):
        kw, drawn_kw = flow[row, at.F_NET : at.F_NET + BLOCK], flow[row, drawn : drawn + BLOCK]
        for j in range(masks.shape[1]):
            if masks[row, j] > 0.0:
                offset = at.M_MASK + j * BLOCK
                for i in range(BLOCK):
                    meters[offset + i] += drawn_kw[i] * dt_h
        if profile.shape[0] > 0:
            hour = profile[hours[row] * BLOCK : (hours[row] + 1) * BLOCK]
            for i in range(BLOCK):
                hour[i] += kw[i] * dt_h
        if net.shape[1] > 0:
            kept = net[row]
            for i in range(BLOCK):
                kept[i] = kw[i]


@kernel
def look(live, flow, temp, work, rows, state, param, minds, weights, rules):  # type: ignore[no-untyped-def]
    """Note which flows a block can have in a stretch, and which groups have members in it.

    ``live`` holds 1 or 0 for each flow and some devices, then the members of each group (see
    ``layout``). Flows that a block cannot have are set to zero here, once, and left out of every
    loop; so are groups without members. A home that can give nothing back imports its net load:
    imports and exports are no flows of their own then.
    """
    live[: at.FLOWS] = 1.0
    live[at.F_EV // BLOCK] = _any(param, at.CAR)
    live[at.F_PV // BLOCK] = _any(param, at.KWP)
    live[at.F_BATTERY // BLOCK] = _any(param, at.BATTERY_KWH)
    live[at.F_COOLING // BLOCK] = _any(param, at.COOL_KW)
    live[at.F_HOT_WATER // BLOCK] = _any(param, at.ELEMENT_KW)
    live[at.F_OTHER // BLOCK] = _drawn(work, rows, at.W_OTHER) if rules.own > 0.0 else 0.0
    gives = max(live[at.F_PV // BLOCK], live[at.F_BATTERY // BLOCK], live[at.F_OTHER // BLOCK])
    live[at.F_IMPORT // BLOCK], live[at.F_EXPORT // BLOCK] = gives, gives
    for row in range(min(rows, at.SPAN)):
        for column in range(at.FLOWS):
            if live[column] == 0.0:
                flow[row, column * BLOCK : (column + 1) * BLOCK] = 0.0
        temp[row, at.T_WARM_K : at.T_WARM_K + BLOCK] = 0.0
    live[at.LIVE_PUMP] = 0.0
    for i in range(BLOCK):
        pumps = param[at.HEAT_KIND + i] == heating.HEAT_PUMP
        live[at.LIVE_PUMP] = 1.0 if pumps else live[at.LIVE_PUMP]
    live[at.LIVE_STOVE] = _any(param, at.SECOND_KW)
    live[at.LIVE_OWED] = _any(state, at.OWED_KWH)
    live[at.LIVE_HELD] = _any(state, at.HOLD_OFF_H)
    live[at.LIVE_PEAK] = limits.any_free(minds)
    for group in range(weights.shape[0]):
        weight, members = weights[group], 0
        for i in range(BLOCK):
            members += 1 if weight[i] > 0.0 else 0
        live[at.LIVE_GROUP + group] = members


@kernel
def _drawn(work, rows, offset):  # type: ignore[no-untyped-def]
    """Return 1 if any home has anything in a field of any of the work rows, else 0."""
    found = 0.0
    for row in range(rows):
        found = max(found, _any(work[row], offset))
    return found


@kernel
def _any(row, offset):  # type: ignore[no-untyped-def]
    """Return 1 if any home has anything in a field, else 0."""
    found = 0
    for i in range(BLOCK):
        found += 1 if row[offset + i] != 0.0 else 0
    return 1.0 if found > 0 else 0.0


@kernel
def sum_up(out, part, flow, live, rows, meters, weights, dt_h):  # type: ignore[no-untyped-def]
    """Count the energy of each flow at home, and add it over the homes of each group.

    What cannot flow is left out (see ``look``); the net load of a group is its imports less its
    exports. ``out`` has the shape (rows, groups, FLOWS), ``part`` is scratch of shape (SUMS,).
    """
    out[:rows, :, :] = 0.0
    for column in range(at.FLOWS):
        first = column * BLOCK
        if live[column] > 0.0:
            if first < at.USES * BLOCK:
                count(flow, first, rows, meters, first, dt_h)
            elif first == at.F_PV:
                count(flow, first, rows, meters, at.M_PV, dt_h)
            if first != at.F_NET:
                total(out, part, flow, column, column, rows, live, weights)
    net, imported, exported = at.F_NET // BLOCK, at.F_IMPORT // BLOCK, at.F_EXPORT // BLOCK
    if live[imported] == 0.0:
        total(out, part, flow, net, imported, rows, live, weights)
    for row in range(rows):
        for group in range(weights.shape[0]):
            out[row, group, net] = out[row, group, imported] - out[row, group, exported]


@kernel
def total(out, part, flow, column, place, rows, live, weights):  # type: ignore[no-untyped-def]
    """Add one flow over the homes of each group.

    The order of additions is the same on every machine: ``LANES`` sums of the homes that stand
    ``LANES`` apart, then these by halving; it vectorises. A group that holds the whole block needs
    no weights, and its sums are the same bits.
    """
    for row in range(rows):
        kw = flow[row, column * BLOCK : (column + 1) * BLOCK]
        for group in range(weights.shape[0]):
            members = live[at.LIVE_GROUP + group]
            if members == WHOLE:
                for i in range(LANES):
                    sum_kw = 0.0
                    for j in range(DEPTH):
                        sum_kw += kw[i + j * LANES]
                    part[i] = sum_kw
                out[row, group, place] = _halved(part)
            elif members > 0.0:
                weight = weights[group]
                for i in range(LANES):
                    sum_kw = 0.0
                    for j in range(DEPTH):
                        sum_kw += weight[i + j * LANES] * kw[i + j * LANES]
                    part[i] = sum_kw
                out[row, group, place] = _halved(part)


@kernel
def _halved(part):  # type: ignore[no-untyped-def]
    """Return the sum of ``LANES`` numbers by halving."""
    for k in range(LANES // 2):
        part[k] += part[k + LANES // 2]
    for k in range(LANES // 4):
        part[k] += part[k + LANES // 4]
    even = (part[0] + part[4]) + (part[2] + part[6])
    odd = (part[1] + part[5]) + (part[3] + part[7])
    return even + odd
