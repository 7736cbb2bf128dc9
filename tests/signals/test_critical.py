"""Critical-peak prices hold in called hours and nowhere else, and are told in time."""

import datetime as dt

import numpy as np
import pytest

from gridsim.core.clock import Clock, day_number, local_s, make_clock
from gridsim.signals.calendar import Lead
from gridsim.signals.critical import CriticalPeak
from gridsim.signals.tariff import Band, Flat, Tariff, TimeOfUse

DAY = day_number(dt.date(2023, 7, 4))
WEEK = make_clock(dt.date(2023, 7, 3), dt.date(2023, 7, 10), 30, "Europe/Paris", "FR")
NIGHT_AND_DAY = TimeOfUse((Band(0.1, ((22, 6),)), Band(0.2, ((6, 22),))))


def hours(clock: Clock, mask: np.ndarray) -> list[tuple[int, float]]:
    return [(int(clock.local_day[k]), float(clock.local_hour[k])) for k in np.flatnonzero(mask)]


def test_a_called_hour_costs_the_critical_price_and_all_others_that_of_the_base():
    tariff: Tariff = CriticalPeak(Flat(0.2), 0.9, (DAY,), ((16, 19),))
    price = tariff.price(WEEK)
    assert hours(WEEK, price == 0.9) == [(DAY, 16 + half / 2) for half in range(6)]
    assert (price[price != 0.9] == 0.2).all()
    np.testing.assert_array_equal(tariff.called(WEEK), price == 0.9)


def test_who_has_heard_nothing_expects_the_base():
    tariff = CriticalPeak(NIGHT_AND_DAY, 0.9, (DAY,), ((16, 19),))
    np.testing.assert_array_equal(tariff.usual(WEEK), NIGHT_AND_DAY.price(WEEK))
    np.testing.assert_array_equal(tariff.off_peak(WEEK), NIGHT_AND_DAY.off_peak(WEEK))


def test_dear_are_the_called_hours_and_those_of_the_base():
    over_flat = CriticalPeak(Flat(0.2), 0.9, (DAY,), ((16, 19),))
    np.testing.assert_array_equal(over_flat.dear(WEEK), over_flat.called(WEEK))
    over_bands = CriticalPeak(NIGHT_AND_DAY, 0.9, (DAY,), ((4, 8),))
    assert over_bands.dear(WEEK).sum() == 7 * 32 + 4


def test_a_notice_covers_the_called_steps_and_comes_at_17_the_day_before():
    tariff = CriticalPeak(Flat(0.2), 0.9, (DAY, DAY + 2), ((16, 19),))
    first, second = tariff.notices(WEEK)
    assert first.label == "critical"
    assert first.published_s == local_s(dt.date(2023, 7, 3), "Europe/Paris", 17 * 3600)
    assert (first.first, first.last) == (48 + 32, 48 + 38)
    assert second.published_s - first.published_s == 2 * 86_400


def test_without_notice_people_hear_at_the_start():
    (only,) = CriticalPeak(Flat(0.2), 0.9, (DAY,), ((16, 19),), Lead.NONE).notices(WEEK)
    assert only.published_s == WEEK.start_s + only.first * WEEK.step_s


def test_the_price_follows_the_wall_clock_when_clocks_change():
    for date, steps in ((dt.date(2023, 3, 26), 4), (dt.date(2023, 10, 29), 8)):
        clock = make_clock(date, date + dt.timedelta(1), 30, "Europe/Paris")
        tariff = CriticalPeak(Flat(0.2), 0.9, (day_number(date),), ((1, 4),))
        assert tariff.called(clock).sum() == steps
        assert (tariff.price(clock) == 0.9).sum() == steps


def test_a_price_of_no_called_day_is_that_of_its_base():
    tariff = CriticalPeak(NIGHT_AND_DAY, 0.9, (), ((16, 19),))
    np.testing.assert_array_equal(tariff.price(WEEK), NIGHT_AND_DAY.price(WEEK))
    assert tariff.notices(WEEK) == ()


@pytest.mark.parametrize(
    ("rate", "days", "spans", "told"),
    [
        (-0.1, (1,), ((16, 19),), "rate"),
        (0.5, (2, 1), ((16, 19),), "days must rise"),
        (0.5, (1,), ((22, 6),), "within a day"),
    ],
)
def test_what_makes_no_sense_is_refused(rate, days, spans, told):
    with pytest.raises(ValueError, match=told):
        CriticalPeak(Flat(0.2), rate, days, spans)
