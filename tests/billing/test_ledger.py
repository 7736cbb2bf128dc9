"""The ledger: a run may post any pieces, stop anywhere, and go on from a copy."""

import datetime as dt

import numpy as np
import pytest

from gridsim.billing import ledger
from gridsim.billing.settle import settle
from gridsim.core.clock import day_number, make_clock
from gridsim.signals.contract import Contract
from gridsim.signals.parts import (
    Blocks,
    Crediting,
    Demand,
    Export,
    Parts,
    Per,
    Subscribed,
    Taxes,
    Window,
)  # fmt: skip
from gridsim.signals.tariff import Flat, daily

CLOCK = make_clock(dt.date(2026, 3, 25), dt.date(2026, 4, 10), 15, "Europe/Paris", "FR")
PARTS = Parts(
    Taxes(0.2, per_kwh=0.01),
    blocks=(Blocks((40.0,), (0.0, 0.1)), Blocks((3.0,), (0.0, 0.1), per=Per.DAY)),
    demand=(
        Demand("half hours", 3.0, minutes=30, highest=3),
        Demand("hours", 3.0, minutes=60, highest=3, one_a_day=True, window=Window(((7.5, 21),))),
        Demand("year", 12.0, Per.YEAR, minutes=60, over=Per.YEAR, rolling=2),
    ),
    subscribed=Subscribed(3.0, 12.0, 0.5, trips=True),
    export=Export(Crediting.NET_METERING, cash_out=0.1, cash_out_month=3),
)
SWITCHED = Contract(
    daily((0, 7), (0.1, 0.2)), 100.0, parts=PARTS,
    later=((day_number(dt.date(2026, 4, 5)), Contract(Flat(0.3), export_price=0.05)),),
)  # fmt: skip


def meters(homes=2):
    drawn = np.random.default_rng(5).random((2, CLOCK.steps, homes))
    return 1.5 * drawn[0] ** 3, 2.4 * drawn[1] ** 3


def posted(upto, pieces=1):
    """Return a plan and accounts to which the first steps were posted, ``pieces`` at a time."""
    taken, fed = meters()
    plan = ledger.plan(SWITCHED, CLOCK)
    state = ledger.blank(plan, 2)
    for a in range(0, upto, pieces):
        b = min(a + pieces, upto)
        ledger.post(plan, state, a, taken[a:b], fed[a:b])
    return plan, state


@pytest.mark.parametrize("pieces", [1, 3, 7, 96, 1000])
def test_pieces_that_cut_through_intervals_give_the_same_bits(pieces):
    _, whole = posted(CLOCK.steps, CLOCK.steps)
    assert posted(CLOCK.steps, pieces)[1].tobytes() == whole.tobytes()


def test_an_account_goes_on_from_a_copy():
    plan, state = posted(500, 100)
    kept = state.copy()
    taken, fed = meters()
    for accounts in (state, kept):
        ledger.post(plan, accounts, 500, taken[500:], fed[500:])
    assert kept.tobytes() == state.tobytes()


def test_what_is_owed_so_far_is_the_bill_of_the_series_so_far():
    """The open period counts as if it ended here: a bill of a clock that ends here says the same.

    At the end of any whole day; the maxima, blocks and shares of a month then agree.
    """
    taken, fed = meters()
    for end in ("2026-03-30", "2026-04-01", "2026-04-03", "2026-04-08"):
        shorter = make_clock(dt.date(2026, 3, 25), dt.date.fromisoformat(end), 15, "Europe/Paris")
        plan, state = posted(shorter.steps, 96)
        so_far = ledger.amounts(plan, state)
        owed = settle(SWITCHED, shorter, taken[: shorter.steps], fed[: shorter.steps])
        for share in ("energy", "standing", "capacity", "taxes", "export", "total"):
            assert getattr(so_far, share) == pytest.approx(getattr(owed, share), rel=1e-12), share


def test_asking_changes_nothing():
    plan, state = posted(500, 100)
    before = state.tobytes()
    ledger.amounts(plan, state)
    assert state.tobytes() == before


def test_nothing_posted_is_nothing_owed():
    plan = ledger.plan(SWITCHED, CLOCK)
    assert ledger.amounts(plan, ledger.blank(plan, 3)).total.tolist() == [0.0, 0.0, 0.0]


def test_no_homes_have_accounts_too():
    plan = ledger.plan(SWITCHED, CLOCK)
    state = ledger.blank(plan, 0)
    ledger.post(plan, state, 0, np.zeros((CLOCK.steps, 0)), np.zeros((CLOCK.steps, 0)))
    assert ledger.amounts(plan, state).total.shape == (0,)


@pytest.mark.parametrize(
    ("first", "taken", "fed", "message"),
    [
        (96, np.zeros((4, 2)), np.zeros((4, 2)), "^first_step must be 100, the next, got 96"),
        (104, np.zeros((4, 2)), np.zeros((4, 2)), "^first_step"),
        (100, np.zeros((4, 3)), np.zeros((4, 3)), "^import_kwh"),
        (100, np.zeros(4), np.zeros(4), "^import_kwh"),
        (100, np.zeros((4, 2)), np.zeros((3, 2)), "^export_kwh"),
        (100, np.full((4, 2), -0.1), np.zeros((4, 2)), "^import_kwh"),
        (100, np.zeros((4, 2)), np.full((4, 2), np.nan), "^export_kwh"),
        (100, np.zeros((9999, 2)), np.zeros((9999, 2)), "^import_kwh must end with the clock"),
    ],
)
def test_what_cannot_be_posted_is_refused_and_nothing_is_changed(first, taken, fed, message):
    plan, state = posted(100, 100)
    before = state.tobytes()
    with pytest.raises(ValueError, match=message):
        ledger.post(plan, state, first, taken, fed)
    assert state.tobytes() == before
