"""Named tariffs carry the published numbers, and a source for each of them."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from gridsim.core.clock import day_number, make_clock
from gridsim.signals import presets, price_lists
from gridsim.signals.dynamic import Wholesale
from gridsim.signals.tariff import TARIFFS, Flat
from gridsim.signals.tempo import Colours, Rates

COLOURS = Colours(day_number(dt.date(2026, 1, 11)), bytes([0, 2, 1]))
CLOCK = make_clock(dt.date(2026, 1, 12), dt.date(2026, 1, 14), 60, "Europe/Paris", "FR")
WHOLESALE = Wholesale(CLOCK, np.full(48, 0.08))


TODAY = [f"{kind}-{year}" for year in (2026, 2025) for kind in ("base", "hphc", "tempo")]


TRIALS = [name for name in presets.names() if presets.preset(name).valid_from.year < 2020]


def test_the_french_presets_of_today_come_first():
    assert list(presets.names())[:6] == TODAY
    assert len(TRIALS) == 17


@pytest.mark.parametrize("name", TRIALS)
def test_a_preset_of_a_trial_prices_every_hour_and_pays_nothing_for_feeding_in(name):
    contract = presets.named(name, COLOURS)
    price = contract.tariff.price(CLOCK)
    assert price.shape == (48,)
    assert price.min() > 0
    assert contract.export_price == 0
    assert contract.currency in {"EUR", "CAD", "USD", "JPY"}


@pytest.mark.parametrize("name", TODAY)
def test_every_preset_of_today_is_a_contract_that_prices_a_clock(name):
    contract = presets.named(name, COLOURS)
    price = contract.tariff.price(CLOCK)
    assert price.shape == (48,)
    assert 0.1 < price.min() <= price.max() < 0.8
    assert contract.currency == "EUR"
    assert contract.label
    assert contract.export_price == 0.04


@pytest.mark.parametrize("name", presets.names())
def test_every_number_has_a_source_and_a_status(name):
    preset = presets.preset(name)
    assert preset.kind in TARIFFS
    assert preset.valid_from.year == int(name[-4:])
    told = presets.named(name, COLOURS, wholesale=WHOLESALE).source
    for figure in preset.figures:
        assert figure.status in {"VERIFIED", "RECALLED", "DERIVED", "ASSUMED"}
        assert len(figure.source) > 10
        assert "@" not in figure.source
        assert figure.source in told


def test_base_2026_is_f005():
    contract = presets.named("base-2026")
    assert contract.tariff == Flat(0.1940)
    assert contract.standing_year == pytest.approx(141.60 * 1.2)


def test_peak_and_off_peak_of_2026_follow_from_the_prices_without_tax():
    """Check F007 against F006: (without tax + 0.03087 excise) x 1.20."""
    price = presets.named("hphc-2026").tariff.price(CLOCK)
    assert price[12] == pytest.approx((0.1412 + 0.03087) * 1.2, abs=5e-5)
    assert price[2] == pytest.approx((0.1007 + 0.03087) * 1.2, abs=5e-5)


def test_off_peak_hours_run_from_22_to_6():
    off_peak = presets.named("hphc-2026").tariff.off_peak(CLOCK)
    assert off_peak[:24].nonzero()[0].tolist() == [0, 1, 2, 3, 4, 5, 22, 23]


def test_tempo_2026_is_f009():
    tempo = presets.named("tempo-2026", COLOURS).tariff
    assert tempo.blue == Rates(0.1612, 0.1325)
    assert tempo.white == Rates(0.1871, 0.1499)
    assert tempo.red == Rates(0.7060, 0.1575)


def test_tempo_2025_is_f003_and_f004():
    tempo = presets.named("tempo-2025", COLOURS).tariff
    assert tempo.blue == Rates(0.1494, 0.1232)
    assert tempo.white == Rates(0.1730, 0.1391)
    assert tempo.red == Rates(0.6468, 0.1460)


def test_dear_hours_of_tempo_are_the_peak_hours_of_white_and_red_days():
    for name in ("tempo-2025", "tempo-2026"):
        tempo = presets.named(name, COLOURS).tariff
        peak = [h for h in range(48) if 6 <= h % 24 < 22]
        assert tempo.dear(CLOCK).nonzero()[0].tolist() == peak


def test_the_ratios_of_2026_are_f010():
    hphc, tempo = presets.preset("hphc-2026"), presets.preset("tempo-2026")
    assert hphc.value("peak") / hphc.value("off_peak") == pytest.approx(1.31, abs=0.005)
    assert tempo.value("red_peak") / tempo.value("blue_off_peak") == pytest.approx(5.3, abs=0.05)


def test_tempo_without_colours_is_refused():
    assert presets.preset("tempo-2026").needs_colours
    assert not presets.preset("base-2026").needs_colours
    with pytest.raises(ValueError, match=r"^colours: tempo-2026"):
        presets.named("tempo-2026")


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"'tempo-2027'.*base-2026"):
        presets.named("tempo-2027")


def test_every_file_of_tariffs_is_read_and_belongs_to_a_country():
    folder = Path(presets.__file__).parent / "data" / "tariffs"
    assert {file.stem for file in folder.iterdir()} == set(price_lists.COUNTRIES)
    assert {presets.preset(name).country for name in presets.names()} == set(
        price_lists.COUNTRIES.values()
    )


def prices(name, date, country, hours):
    """Return the price of a preset at some hours of a local day."""
    clock = make_clock(date, date + dt.timedelta(1), 60, "Europe/Paris", country)
    price = presets.named(name).tariff.price(clock)
    return [float(price[hour]) for hour in hours]


def test_the_irish_peak_is_from_17_to_19_on_working_days():
    working, saturday = dt.date(2010, 3, 3), dt.date(2010, 3, 6)
    hours = (7, 8, 16, 17, 18, 19, 22, 23)
    day = [0.09, 0.125, 0.125, 0.38, 0.38, 0.125, 0.125, 0.09]
    assert prices("cer-d-2010", working, "IE", hours) == day
    assert prices("cer-d-2010", saturday, "IE", (17, 18)) == [0.125, 0.125]
    assert prices("cer-d-2010", dt.date(2010, 3, 17), "IE", (17,)) == [0.125]


def test_ontario_has_two_peaks_in_winter_and_one_at_noon_in_summer():
    hours = (6, 7, 11, 17, 19)
    winter, summer = dt.date(2015, 1, 14), dt.date(2015, 7, 15)
    assert prices("ontario-tou-2014", winter, "CA", hours) == [0.077, 0.14, 0.114, 0.14, 0.077]
    assert prices("ontario-tou-2014", summer, "CA", hours) == [0.077, 0.114, 0.14, 0.114, 0.077]
    assert prices("ontario-tou-2014", dt.date(2015, 1, 17), "CA", (7, 12)) == [0.077, 0.077]
    assert prices("ontario-tou-2014", dt.date(2015, 7, 1), "CA", (12,)) == [0.077]


def test_the_california_pilot_is_dear_from_16_to_19_in_summer_only():
    hours = (15, 16, 18, 19)
    assert prices("smud-tou-2012", dt.date(2012, 7, 3), "US", hours) == [0.0846, 0.27, 0.27, 0.0846]
    assert prices("smud-tou-2012", dt.date(2012, 7, 4), "US", hours) == [0.0846] * 4
    assert prices("smud-tou-2012", dt.date(2012, 5, 3), "US", hours) == [0.1016] * 4


def test_a_critical_preset_prices_the_days_that_its_caller_chose():
    day = dt.date(2012, 8, 7)
    clock = make_clock(day, day + dt.timedelta(2), 60, "Asia/Tokyo")
    contract = presets.named("keihanna-cpp65-2012", days=(day_number(day),))
    price = contract.tariff.price(clock)
    assert (price == 65.0).nonzero()[0].tolist() == [13, 14, 15]
    assert (price[16:] == 25.0).all()
    rule = presets.preset("keihanna-cpp65-2012").days
    assert (rule.value, rule.months, rule.weekdays) == (15, (7, 8, 9), True)
    assert presets.preset("smud-tou-2012").days is None


def test_the_ratios_of_the_historic_tempo_are_2_and_8_6():
    old = presets.preset("tempo-2006")
    assert old.value("white_peak") / old.value("blue_peak") == pytest.approx(2.0, abs=0.05)
    assert old.value("red_peak") / old.value("blue_peak") == pytest.approx(8.6, abs=0.05)


def test_local_off_peak_hours_replace_those_of_the_list():
    contract = presets.named("hphc-2026", off_peak=((1.5, 6), (11.5, 15)))
    quarters = make_clock(dt.date(2026, 1, 12), dt.date(2026, 1, 13), 15, "Europe/Paris", "FR")
    low = contract.tariff.price(quarters) == 0.1579
    assert low.sum() == 4 * (4.5 + 3.5)
    assert low[4 * 11 + 2 : 4 * 15].all()
    assert contract.tariff.off_peak(quarters).tolist() == low.tolist()


def test_off_peak_hours_that_make_no_sense_are_refused():
    assert presets.preset("hphc-2026").local_hours
    with pytest.raises(ValueError, match="off_peak: the hours of tempo-2026 are fixed"):
        presets.named("tempo-2026", COLOURS, off_peak=((22, 6),))
    with pytest.raises(ValueError, match="overlap"):
        presets.named("hphc-2026", off_peak=((22, 6), (5, 7)))
    with pytest.raises(ValueError, match="leave a part of the day"):
        presets.named("hphc-2026", off_peak=((0, 24),))
