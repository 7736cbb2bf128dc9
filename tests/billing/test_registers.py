"""Registers: the names under which energy stands on a bill, for any tariff."""

import datetime as dt

import numpy as np
import pytest

from gridsim.billing.registers import registers
from gridsim.core.clock import day_number, make_clock
from gridsim.signals import dynamic
from gridsim.signals.critical import CriticalPeak
from gridsim.signals.scaled import Scaled
from gridsim.signals.tariff import Band, Flat, TimeOfUse, daily, months
from gridsim.signals.tempo import Colours, Rates, Tempo

CLOCK = make_clock(dt.date(2026, 1, 12), dt.date(2026, 1, 14), 60, "Europe/Paris")
COLOURS = Colours(day_number(dt.date(2026, 1, 11)), bytes([0, 0, 2]))
TEMPO = Tempo(Rates(0.16, 0.13), Rates(0.18, 0.15), Rates(0.70, 0.15), COLOURS)


class Own:
    """A user's tariff: all that a bill asks of it is its price."""

    def __init__(self, price):
        self.column = np.asarray(price, dtype=float)

    def price(self, clock):
        return self.column


def read(tariff, clock=CLOCK):
    found = registers(tariff, clock)
    return dict(zip(found.names, found.rate.tolist(), strict=True))


def test_one_price_is_one_register_without_a_name():
    assert read(Flat(0.2)) == {"": 0.2}


def test_tempo_tells_colours_and_hours_apart_even_at_one_price():
    assert read(TEMPO) == {
        "blue off-peak": 0.13, "blue peak": 0.16, "red off-peak": 0.15, "red peak": 0.70,
    }  # fmt: skip


def test_bands_keep_their_names_and_those_of_one_name_and_rate_are_one():
    bands = (
        Band(0.1, ((0, 7),), name="night"), Band(0.3, ((7, 21),)),
        Band(0.1, ((21, 24),), name="night"),
    )  # fmt: skip
    assert read(TimeOfUse(bands)) == {"night": 0.1, "at 0.3": 0.3}


def test_bands_of_one_name_and_two_rates_say_their_rates():
    winter, summer = months(1), months(*range(2, 13))
    bands = (Band(0.1, seasons=winter, name="all day"), Band(0.2, seasons=summer, name="all day"))
    clock = make_clock(dt.date(2026, 1, 30), dt.date(2026, 2, 3), 60, "Europe/Paris")
    assert read(TimeOfUse(bands), clock) == {"all day at 0.1": 0.1, "all day at 0.2": 0.2}


def test_called_hours_are_a_register_of_their_own():
    day = day_number(dt.date(2026, 1, 12))
    tariff = CriticalPeak(daily((0, 12), (0.1, 0.2)), 0.8, (day,), ((16, 20),))
    assert read(tariff) == {"at 0.1": 0.1, "at 0.2": 0.2, "critical": 0.8}


def test_a_scaled_tariff_keeps_its_names():
    assert read(Scaled(TEMPO, 2.0)) == {
        "blue off-peak": 0.26, "blue peak": 0.32, "red off-peak": 0.30, "red peak": 1.40,
    }  # fmt: skip


def test_a_price_of_each_hour_is_one_register_that_varies():
    found = registers(dynamic.of_series(CLOCK, 0.01 * np.arange(48.0)), CLOCK)
    assert found.names == ("",)
    assert np.isnan(found.rate).all()


def test_an_own_tariff_of_few_prices_has_a_register_for_each():
    assert read(Own(np.where(CLOCK.local_hour < 8, 0.05, 0.25))) == {
        "at 0.05": 0.05, "at 0.25": 0.25,
    }  # fmt: skip


@pytest.mark.parametrize("price", [np.zeros(47), np.full(48, np.nan), np.zeros((48, 1))])
def test_a_tariff_without_a_price_for_each_step_is_refused(price):
    with pytest.raises(ValueError, match=r"^price"):
        registers(Own(price), CLOCK)
