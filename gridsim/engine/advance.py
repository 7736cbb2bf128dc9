"""The fused pass: how a town gets from one moment to the next, written in this one place.

The order of a step, and who does it:

========  =============================================  ==========================
publish   prices and calls become known                  actors of the agenda
hear      who takes notice of it                         ``plan.hear`` (citizens)
decide    who acts; when runs start; how cars charge     citizens, automation
act       rooms, panels, tanks, cars, batteries          devices, loops in ``lanes``
limit     what orders, peaks and contracts leave them    ``limits``
sum       home, group, town                              ``tally.total``
look      the grid, heard in the next step               board
write     series, meters, events                         recorder
========  =============================================  ==========================

Publishing and hearing happen between passes; a pass covers the steps from one event to the next,
in stretches of at most a local day. ``draw`` spreads what people do over the steps of a local day,
``decide`` places the runs that can wait, ``act`` runs the physics over a stretch.
"""

from typing import NamedTuple

from gridsim.core.arrays import BLOCK, F4, F8, I8
from gridsim.core.clock import HOUR_S
from gridsim.core.kernel import kernel
from gridsim.engine import attention, cars, diary, lanes, limits, rooms, tally
from gridsim.engine import layout as at
from gridsim.engine import runs as runs_of_day
from gridsim.engine import tile as tiles
from gridsim.population import diary as days
from gridsim.population import people, sheet


class Bench(NamedTuple):
    """Scratch rows of one thread: nothing in it outlives a stretch of a pass.

    ``work`` (steps, WORK * BLOCK), ``returns`` (BLOCK + 1, 4), see ``diary.car``, ``wishes``
    (BLOCK, 3), see ``diary.write_day`` of the population, ``tile`` ((steps + 1) * WIDTH,), zero
    between uses, and ``ongoing`` (STAYS * LANES), see ``engine.tile``, ``flow`` (SPAN,
    FLOWS * BLOCK), ``temp`` (SPAN, TEMPS * BLOCK), ``heard`` (SPAN + 1, HEARDS * BLOCK), ``stirs``
    (SPAN + 1, STIRS) and ``marks`` (SPAN, MARKS), see ``layout``, ``part`` (SUMS), ``live``, see
    ``tally.look``, ``page`` (``sheet.Sheet``), ``ahead`` and ``room`` (steps of the longest
    charging plan; ``room`` has more for deciding, see ``runs.scratch``), ``log`` (lines, 4), whose
    first number counts its lines.
    """

    work: F4
    returns: F8
    wishes: F8
    tile: F4
    ongoing: F8
    flow: F8
    temp: F8
    heard: F8
    stirs: I8
    marks: I8
    part: F8
    live: F8
    page: sheet.Sheet
    ahead: F8
    room: F8
    log: F8


@kernel(inline=True)
def draw(  # type: ignore[no-untyped-def]
    work, returns, wishes, tile, ongoing, page, day, homes, count, kinds, habits, km_day, param
):
    """Fill the work rows of a whole local day with what depends on chance alone.

    Parameters
    ----------
    work, returns, wishes : F4, F8, F8
        Rows to fill, as in ``Bench``; of ``work`` the first DRAWN fields.
    tile, ongoing, page : F4, F8, Sheet
        Scratch rows as in ``Bench``.
    day : Day
        The whole local day.
    homes : I8
        Numbers of the homes of the block, shape (BLOCK,).
    count : int
        Real homes of the block.
    kinds, habits, km_day, param
        Rows of ``Homes`` for this block.
    """
    today = tile[: (day.last - day.first + 1) * tiles.WIDTH]
    date = people.date_of(day.seed, day.day, day.weekend)
    returns[0, 0] = 0.0
    for first in range(0, BLOCK, tiles.LANES):
        last = min(first + tiles.LANES, count)
        if first < last:
            written = days.write_day(
                page, wishes[first:last], date, homes[first:last], last - first,
                kinds[first:last], habits[first:last],
            )  # fmt: skip
            tiles.lay_stays(today, page, written.members, day)
            tiles.lay_uses(today, page, written, day)
        for lane in range(first, last):
            if param[at.CAR + lane] > 0.0:
                diary.car(
                    today, returns, day, homes[lane], lane - first, lane, kinds[lane, 0],
                    km_day[lane],
                )  # fmt: skip
        tiles.settle(work, today, ongoing, first, day.step_s)


@kernel(inline=True)
def decide(  # type: ignore[no-untyped-def]
    bench, reach, day, homes, count, followed, kinds, runs, km_day, state, meters, param, minds,
    rules,
):  # fmt: skip
    """Decide when the runs start that are wished in a stretch, and spread those that run in it.

    Parameters
    ----------
    bench : Bench
        Scratch rows; ``work`` begins with the stretch and gets its runs, ``wishes`` are those of
        the whole local day, ``room`` holds what homes weigh, ``log`` gets its lines.
    reach : int
        As of ``runs.foresee``.
    day : Day
        The stretch.
    homes : I8
        Numbers of the homes of the block, shape (BLOCK,).
    count, followed : int
        Real homes of the block, and how many of the first are followed.
    kinds, runs, km_day
        Rows of ``Homes`` for this block.
    state, meters : F8
        Rows of the world for this block; starts of runs are written.
    param, minds, rules
        What the homes are and think, and the numbers of the citizen chain.
    """
    bench.log[0, 0] = 0.0
    for row in range(day.last - day.first):
        wet = bench.work[row, at.W_WET : at.W_WET + BLOCK]
        for lane in range(BLOCK):
            wet[lane] = 0.0
        if rules.own > 0.0:
            other = bench.work[row, at.W_OTHER : at.W_OTHER + BLOCK]
            for lane in range(BLOCK):
                other[lane] = 0.0
    runs_of_day.decide(
        bench.work, bench.wishes, bench.log, bench.room, reach, day, homes, count, followed, runs,
        state, meters, param, minds, rules,
    )  # fmt: skip
    for lane in range(followed):
        if param[at.CAR + lane] > 0.0:
            diary.log_trip(bench.log, day, homes[lane], kinds[lane, 0], km_day[lane])


@kernel(inline=True)
def act(  # type: ignore[no-untyped-def]
    bench, day, homes, count, followed, kinds, km_day, state, meters, profile, param, minds, sky,
    prices, slots, masks, hours, weights, out, net, rules, news, late,
):  # fmt: skip
    """Run the physics of a stretch for one block, step by step.

    Parameters
    ----------
    masks : F8
        Hours whose imports are counted apart, shape (t, masks).
    hours : I8
        Season and local hour of each step as ``24 * season + hour``, shape (t,).
    weights : F8
        Members of each group, shape (groups, BLOCK).
    out : F8
        Sums of each flow over each group, shape (steps of the stretch, groups, FLOWS), written.
    net : F4
        Net load of each home, shape (steps of the stretch, BLOCK), written; or (steps, 0). [kW]
    news : int
        To whom something was published at the start of the stretch (1 reference, 2 arm, 3 both):
        their cars plan anew.
    late : int
        Steps of the local day before the stretch.
    """
    dt_h = day.step_s / 3600.0
    if news > 0:
        cars.replan(
            bench.ahead, bench.room, day, homes, count, day.first, kinds, km_day, state, param,
            minds, prices, slots, dt_h, news,
        )  # fmt: skip
    steps, span = day.last - day.first, 1 if followed > 0 else at.SPAN
    flow, temp, heard, marks, live = bench.flow, bench.temp, bench.heard, bench.marks, bench.live
    tally.look(live, flow, temp, bench.work, steps, state, param, minds, weights, rules)
    marks[:, :] = 1
    owed, wary = live[at.LIVE_OWED] > 0.0, 0
    wary = rooms.longest(dt_h) if live[at.LIVE_HELD] > 0.0 else 0
    last, due = -1, cars.due(bench.returns, late)
    for done in range(0, steps, span):
        rows, step, work = min(span, steps - done), day.first + done, bench.work[done:]
        last = attention.listen(
            heard, bench.stirs, marks, rows, param, minds, prices, slots, step, rules, last
        )
        lanes.uses(flow, rows, step, work, param, minds, sky)
        if live[at.F_OTHER // BLOCK] > 0.0:
            lanes.others(flow, rows, work)
        owed = lanes.answer(flow, heard, bench.stirs, marks, rows, state, rules, owed, dt_h)
        wary = rooms.rooms(
            flow, temp, heard, bench.stirs, marks, rows, prices, step, work, state, meters, param,
            minds, sky, day, rules, live, wary, dt_h,
        )  # fmt: skip
        if live[at.F_PV // BLOCK] > 0.0:
            lanes.panels(flow, marks, rows, step, param, sky)
        limits.lead(flow, temp, heard, marks, rows, prices, step, param, minds, live[at.LIVE_PEAK])
        if live[at.F_HOT_WATER // BLOCK] > 0.0:
            lanes.tank(
                flow, temp, heard, marks, rows, prices, step, work, state, meters, param, minds,
                sky, dt_h,
            )  # fmt: skip
        for row in range(rows):
            here = step + row
            second, told = day.start_s + here * day.step_s, heard[marks[row, at.MARK_HEARD]]
            if done + row + late == due:
                cars.arrive(
                    bench.ahead, bench.room, bench.log, bench.returns, day, homes, followed, here,
                    due, kinds, km_day, state, meters, param, minds, prices, slots, dt_h,
                )  # fmt: skip
                due = cars.due(bench.returns, due + 1)
            if marks[row, at.MARK_LIMITED] > 0:
                if live[at.F_EV // BLOCK] > 0.0 and second % HOUR_S == 0:
                    cars.keep_pace(
                        bench.ahead, bench.room, day, homes, count, here, kinds, km_day, state,
                        param, minds, prices, slots, dt_h,
                    )  # fmt: skip
                limits.leave_car(flow[row], temp[row], state, param, second, dt_h)
            if live[at.F_EV // BLOCK] > 0.0:
                lanes.charge(
                    flow[row], temp[row], told, prices, here, work[row], state, meters, param, dt_h
                )
        if live[at.F_IMPORT // BLOCK] > 0.0:
            tally.add_up(flow, rows)
            if live[at.F_BATTERY // BLOCK] > 0.0:
                lanes.store(flow, temp, rows, prices, step, state, meters, param, minds, dt_h)
            if live[at.F_PV // BLOCK] > 0.0:
                limits.feed(flow, marks, rows, prices, step, meters, param, rules, dt_h)
            tally.meter(flow, rows, prices, step, param, meters, sky, dt_h)
        else:
            tally.bought(flow, rows, prices, step, param, meters, sky, dt_h)
        tally.apart(flow, rows, live, meters, profile, net[done:], masks[step:], hours[step:], dt_h)
        tally.sum_up(out[done:], bench.part, flow, live, rows, meters, weights, dt_h)
        if followed > 0:
            cars.watch(
                bench.log, homes, followed, day.start_s + step * day.step_s, flow[0], temp[0],
                heard[marks[0, at.MARK_HEARD]], work[0], state, param, rules,
            )  # fmt: skip
