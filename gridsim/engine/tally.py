"""The end of a step: what the meters count, and sums over homes, groups and the town.

Flows that a block cannot have (no car, no roof, night) and groups without members in it are noted
once a stretch and left out of every loop.
"""

from gridsim.core.arrays import BLOCK
from gridsim.core.kernel import kernel
from gridsim.engine import layout as at
from gridsim.engine.lanes import of_tariff

LANES = 16
"""Running sums side by side when a flow is added over homes."""
DEPTH = BLOCK // LANES
WHOLE = 1.0 * BLOCK
"""Members of a group that holds every home of a block: nothing to weigh."""


@kernel
def meter(flow, prices, step, param, meters, weather, dt_h):  # type: ignore[no-untyped-def]
    """Count what is left for the meter: energy, money and emissions of the step."""
    price_old, price_new = prices[0, step, at.Q_ACTUAL], prices[1, step, at.Q_ACTUAL]
    export_old, export_new = prices[0, step, at.Q_EXPORT], prices[1, step, at.Q_EXPORT]
    co2, marginal = 0.001 * weather[at.X_CO2], 0.001 * weather[at.X_CO2_MARGINAL]
    for i in range(BLOCK):
        net_kw = flow[at.F_NET + i] + flow[at.F_BATTERY + i] - flow[at.F_PV + i]
        import_kw, export_kw = max(net_kw, 0.0), max(-net_kw, 0.0)
        import_kwh, export_kwh = import_kw * dt_h, export_kw * dt_h
        flow[at.F_NET + i] = net_kw
        flow[at.F_IMPORT + i] = import_kw
        flow[at.F_EXPORT + i] = export_kw
        meters[at.M_IMPORT + i] += import_kwh
        meters[at.M_EXPORT + i] += export_kwh
        price = of_tariff(param, i, price_old, price_new)
        earned = of_tariff(param, i, export_old, export_new)
        meters[at.M_COST + i] += import_kwh * price - export_kwh * earned
        meters[at.M_CO2 + i] += import_kwh * co2
        meters[at.M_CO2_MARGINAL + i] += (import_kwh - export_kwh) * marginal
        meters[at.M_PEAK + i] = max(meters[at.M_PEAK + i], import_kw)


@kernel
def count(flow, live, meters, dt_h):  # type: ignore[no-untyped-def]
    """Count the energy of each use and of the panels, where there is any (see ``look``)."""
    for use in range(at.USES):
        if live[use] > 0.0:
            offset = use * BLOCK
            for i in range(BLOCK):
                meters[offset + i] += flow[offset + i] * dt_h
    if live[at.F_PV // BLOCK] > 0.0:
        for i in range(BLOCK):
            meters[at.M_PV + i] += flow[at.F_PV + i] * dt_h


@kernel
def apart(flow, meters, profile, net, masks, row, dt_h):  # type: ignore[no-untyped-def]
    """Count imports of called and dear hours apart, the mean day, and keep each home's net load."""
    for j in range(masks.shape[0]):
        if masks[j] > 0.0:
            offset = at.M_MASK + j * BLOCK
            for i in range(BLOCK):
                meters[offset + i] += flow[at.F_IMPORT + i] * dt_h
    if profile.shape[0] > 0:
        for i in range(BLOCK):
            profile[row * BLOCK + i] += flow[at.F_NET + i] * dt_h
    if net.shape[0] > 0:
        for i in range(BLOCK):
            net[i] = flow[at.F_NET + i]


@kernel
def look(live, flow, work, rows, param, weights):  # type: ignore[no-untyped-def]
    """Note which flows a block can have in a stretch, and which groups have members in it.

    ``live`` holds 1 or 0 for each flow, then the members of each group. Flows that a block cannot
    have are set to zero here, once, and left out of every loop; so are groups without members.
    """
    for column in range(at.FLOWS):
        live[column] = 1.0
    flow[:] = 0.0
    live[at.F_EV // BLOCK] = _any(param, at.CAR)
    live[at.F_PV // BLOCK] = _any(param, at.KWP)
    live[at.F_BATTERY // BLOCK] = _any(param, at.BATTERY_KWH)
    live[at.F_COOLING // BLOCK] = _any(param, at.COOL_KW)
    other = 0.0
    for row in range(rows):
        other = max(other, _any(work[row], at.W_OTHER))
    live[at.F_OTHER // BLOCK] = other
    for group in range(weights.shape[0]):
        members = 0.0
        for i in range(BLOCK):
            members += weights[group, i]
        live[at.FLOWS + group] = members


@kernel
def _any(row, offset):  # type: ignore[no-untyped-def]
    """Return 1 if any home has anything in a field, else 0."""
    found = 0.0
    for i in range(BLOCK):
        found = 1.0 if row[offset + i] != 0.0 else found
    return found


@kernel
def total(out, part, flow, live, weights):  # type: ignore[no-untyped-def]
    """Add each flow over the homes of each group, shape (groups, FLOWS).

    The order of additions is the same on every machine: ``LANES`` sums of the homes that stand
    ``LANES`` apart, then these by halving; it vectorises. ``part`` is scratch of shape (LANES,).
    What cannot flow is left out (see ``look``); a group that holds the whole block needs no
    weights, and its sums are the same bits; the net load is imports less exports. Both inner loops
    stand here and not in functions of their own: vectorised together they are a third faster.
    """
    out[:, :] = 0.0
    for column in range(at.FLOWS):
        row = flow[column * BLOCK : (column + 1) * BLOCK]
        if live[column] > 0.0 and column != at.F_NET // BLOCK:
            for group in range(weights.shape[0]):
                weight, members = weights[group], live[at.FLOWS + group]
                if members == WHOLE:
                    for i in range(LANES):
                        sum_kw = 0.0
                        for j in range(DEPTH):
                            sum_kw += row[i + j * LANES]
                        part[i] = sum_kw
                    out[group, column] = _halved(part)
                elif members > 0.0:
                    for i in range(LANES):
                        sum_kw = 0.0
                        for j in range(DEPTH):
                            sum_kw += weight[i + j * LANES] * row[i + j * LANES]
                        part[i] = sum_kw
                    out[group, column] = _halved(part)
    for group in range(weights.shape[0]):
        out[group, at.F_NET // BLOCK] = (
            out[group, at.F_IMPORT // BLOCK] - out[group, at.F_EXPORT // BLOCK]
        )


@kernel
def _halved(part):  # type: ignore[no-untyped-def]
    """Return the sum of ``LANES`` numbers by halving."""
    for k in range(LANES // 2):
        part[k] += part[k + LANES // 2]
    even = (part[0] + part[4]) + (part[2] + part[6])
    odd = (part[1] + part[5]) + (part[3] + part[7])
    return even + odd
