"""The board shows the whole price of a kWh: what a contract adds, taxes, switches and pays back."""

import dataclasses

import numpy as np
import pytest

import gridsim as gs
from gridsim.citizens.parameters import parameters
from gridsim.engine import layout as at
from gridsim.engine.board import ARM, Board
from gridsim.scenario import resolve
from gridsim.signals.contract import Contract
from gridsim.signals.notice import Notice
from gridsim.signals.parts import Adder, Crediting, Export, Parts, Taxes
from gridsim.signals.tariff import Flat, Tariff, daily
from gridsim.signals.whole import Whole

CASE = resolve.resolve(gs.load("quickstart", ["period.end=2023-01-04", "period.step_minutes=60"]))
HORIZON = CASE.horizon
EVENING = daily((0.0, 18.0), (0.10, 0.20))


@dataclasses.dataclass(frozen=True)
class Series:
    """A tariff of any prices, negative ones too; with a label, it announces the second day."""

    values: tuple[float, ...]
    label: str = ""

    def price(self, clock):
        return np.resize(np.array(self.values), clock.steps)

    usual = price

    def notices(self, clock):
        told = Notice(clock.start_s + 12 * 3_600, 24, 48, self.label) if self.label else None
        return (told,) if told else ()

    def off_peak(self, clock):
        return np.ones(clock.steps, dtype=bool)

    def called(self, clock):
        return np.zeros(clock.steps, dtype=bool)

    dear = called


def board(contract: Contract) -> Board:
    return Board(HORIZON, (CASE.arms[0].contract, contract), parameters())


def column(contract: Contract, name: int) -> np.ndarray:
    return board(contract).prices[ARM, :, name]


@pytest.mark.parametrize("arm", range(len(CASE.arms)))
def test_a_contract_without_parts_shows_the_bits_of_its_tariff(arm):
    contract = CASE.arms[arm].contract
    tariff = contract.tariff
    for name, expected in (
        (at.Q_ACTUAL, tariff.price(HORIZON)), (at.Q_USUAL, tariff.usual(HORIZON)),
        (at.Q_OFF_PEAK, tariff.off_peak(HORIZON)),
        (at.Q_EXPORT, np.full(HORIZON.steps, contract.export_price)),
    ):  # fmt: skip
        assert np.array_equal(column(contract, name), expected)


def test_network_excise_and_vat_are_part_of_what_people_see():
    parts = Parts(Taxes(vat=0.2, per_kwh=0.03), (Adder("network", Flat(0.05)),))
    found = board(Contract(EVENING, parts=parts)).prices[ARM]
    assert found[12, at.Q_ACTUAL] == pytest.approx((0.10 + 0.05 + 0.03) * 1.2)
    assert found[19, at.Q_PUBLISHED] == pytest.approx((0.20 + 0.05 + 0.03) * 1.2)


def test_from_the_day_of_a_switch_the_other_contract_is_up():
    later = Contract(Flat(0.5), export_price=0.3)
    second = int(HORIZON.local_day[24])
    switched = Contract(Flat(0.1), export_price=0.05, later=((second, later),))
    assert np.unique(column(switched, at.Q_ACTUAL)[:24]).tolist() == [0.1]
    assert np.unique(column(switched, at.Q_ACTUAL)[24:]).tolist() == [0.5]
    assert np.unique(column(switched, at.Q_EXPORT)[24:]).tolist() == [0.3]


def test_an_export_price_that_follows_the_hour_is_up_by_the_hour():
    parts = Parts(export=Export(tariff=daily((0.0, 12.0), (0.02, 0.08))))
    found = column(Contract(Flat(0.2), parts=parts), at.Q_EXPORT)
    assert (found[11], found[12]) == (0.02, 0.08)


def test_under_net_metering_an_exported_kwh_is_worth_the_one_that_it_cancels():
    parts = Parts(Taxes(vat=0.1), export=Export(Crediting.NET_METERING))
    made = board(Contract(EVENING, export_price=0.01, parts=parts)).prices[ARM]
    assert np.array_equal(made[:, at.Q_EXPORT], made[:, at.Q_ACTUAL])


NEGATIVE: list[Tariff] = [
    Series((-0.1, 0.0, 0.1, 0.3)), Series((-0.2, -0.1)), Series((0.0,)), Series((-1e-9, 1e-9)),
]  # fmt: skip


@pytest.mark.parametrize("tariff", NEGATIVE)
def test_negative_prices_leave_every_number_finite_and_their_own_felt_price(tariff):
    made = board(Contract(tariff)).prices[ARM]
    limits = (at.Q_EV_LIMIT, at.Q_LOAD_LIMIT, at.Q_SUBSCRIBED, at.Q_FEED_LIMIT)
    assert np.isfinite(np.delete(made, limits, axis=1)).all()
    below = made[:, at.Q_USUAL] <= 0.0
    assert below.any()
    assert np.allclose(made[below, at.Q_FELT], made[below, at.Q_USUAL])
    assert np.all(made[below, at.Q_SHRINK] == 1.0)


def test_a_price_that_is_not_a_number_is_refused():
    with pytest.raises(ValueError, match="not a number"):
        board(Contract(Flat(0.2), parts=Parts(export=Export(tariff=Series((np.nan,))))))


def test_what_two_parts_announce_together_of_the_same_hours_is_one_announcement():
    parts = Parts(
        adders=(Adder("network", Series((0.1,), "day")), Adder("carbon", Series((0.1,), "carbon")))
    )
    whole = Whole(Contract(Series((0.1,), "day"), parts=parts))
    (notice,) = whole.notices(HORIZON)
    assert (notice.first, notice.last, notice.label) == (24, 48, "day, carbon")
    later = Contract(Flat(0.2))
    cut = dataclasses.replace(whole.contract, later=((int(HORIZON.local_day[24]) + 1, later),))
    assert [(n.first, n.last) for n in Whole(cut).notices(HORIZON)] == [(24, 48)]
    cut = dataclasses.replace(whole.contract, later=((int(HORIZON.local_day[24]), later),))
    assert Whole(cut).notices(HORIZON) == ()
