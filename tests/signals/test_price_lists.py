"""Named tariffs of other countries and of 2026 cost what their price lists say, by hand."""

import datetime as dt

import numpy as np
import pytest

from gridsim.billing import compare
from gridsim.core.clock import Clock, day_number, local_s, make_clock
from gridsim.signals import presets, price_lists
from gridsim.signals.contract import Contract
from gridsim.signals.dynamic import Wholesale
from gridsim.signals.parts import Per
from gridsim.signals.tempo import Colours
from gridsim.signals.whole import Whole

ZONES = {
    "France": ("Europe/Paris", "FR"),
    "Germany": ("Europe/Berlin", "DE"),
    "United Kingdom": ("Europe/London", "GB"),
    "Spain": ("Europe/Madrid", "ES"),
    "Belgium": ("Europe/Brussels", "BE"),
    "Norway": ("Europe/Oslo", "NO"),
    "Ireland": ("Europe/Dublin", "IE"),
    "Ontario": ("America/Toronto", "CA"),
    "California": ("America/Los_Angeles", "US"),
    "Japan": ("Asia/Tokyo", None),
}
COLOURS = Colours(day_number(dt.date(2025, 12, 31)), bytes(370))
WEDNESDAY, SATURDAY = "2026-01-14", "2026-01-17"


def day(name: str, date: str, minutes: int = 60) -> Clock:
    """Return the clock of one local day where a tariff is sold."""
    timezone, country = ZONES[presets.preset(name).country]
    first = dt.date.fromisoformat(date)
    return make_clock(first, first + dt.timedelta(1), minutes, timezone, country)


def signed(name: str, clock: Clock, wholesale: float | np.ndarray = 0.1) -> Contract:
    """Return the contract of a preset under a wholesale price."""
    series = Wholesale(clock, np.broadcast_to(wholesale, clock.steps))
    return presets.named(name, COLOURS, wholesale=series)


def costs(name: str, date: str, *hours: int, wholesale: float = 0.1) -> list[float]:
    """Return what a kWh costs, taxes and all, at some hours of a local day."""
    clock = day(name, date)
    price = Whole(signed(name, clock, wholesale)).price(clock)
    return [float(price[hour]) for hour in hours]


@pytest.mark.parametrize("name", presets.names())
def test_every_hour_of_a_year_has_one_price(name: str) -> None:
    timezone, country = ZONES[presets.preset(name).country]
    year = make_clock(dt.date(2026, 1, 1), dt.date(2027, 1, 1), 60, timezone, country)
    price = Whole(signed(name, year)).price(year)
    assert price.shape == (8760,)
    assert np.isfinite(price).all()
    assert price.min() > 0


@pytest.mark.parametrize("name", [n for n in presets.names() if presets.preset(n).needs_prices])
def test_a_dynamic_tariff_without_a_wholesale_price_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"^wholesale: {name} needs"):
        presets.named(name, COLOURS)


def test_every_country_of_the_lists_has_a_clock_for_bills() -> None:
    assert set(price_lists.COUNTRIES.values()) == set(compare.PLACES) == set(ZONES)


def test_dates_of_a_list_are_kept() -> None:
    cap = presets.preset("uk-cap-2026")
    assert (cap.valid_from, cap.valid_until) == (dt.date(2026, 1, 1), dt.date(2026, 3, 31))
    assert presets.preset("base-2026").valid_until is None


def test_midday_off_peak_hours_are_eight_a_day_three_of_them_at_noon() -> None:
    clock = day("hphc-midday-2026", WEDNESDAY)
    off_peak = signed("hphc-midday-2026", clock).tariff.off_peak(clock)
    assert off_peak.nonzero()[0].tolist() == [1, 2, 3, 4, 5, 12, 13, 14]
    assert costs("hphc-midday-2026", WEDNESDAY, 12, 15) == [0.1579, 0.2065]


def test_french_prices_stay_as_quoted_and_tell_their_taxes() -> None:
    """F006 and F007: (0.1308 without tax + 0.03087) x 1.20 is the quoted 0.1940."""
    contract = presets.named("base-2026")
    taxes = contract.parts.taxes
    assert taxes.included
    assert (0.1308 + taxes.per_kwh) * (1 + taxes.vat) == pytest.approx(0.1940, abs=5e-5)
    assert costs("base-2026", WEDNESDAY, 12) == [0.1940]


def test_the_taxes_of_august_2025_and_of_2023_are_those_of_their_time() -> None:
    taxes = presets.named("hphc-2025").parts.taxes
    assert (taxes.vat, taxes.fixed_vat, taxes.per_kwh) == (0.20, 0.20, 0.02998)
    before = presets.named("base-2023").parts.taxes
    assert (before.vat, before.fixed_vat) == (0.20, 0.055)
    assert presets.named("base-2023").standing_year == pytest.approx(12 * 11.36)


def test_zen_flex_has_four_prices_and_calls_the_peak_hours_only() -> None:
    clock = day("zen-flex-2026", WEDNESDAY)
    assert costs("zen-flex-2026", WEDNESDAY, 7, 8, 12, 13, 17, 18, 19, 20) == [
        0.1595, 0.2142, 0.2142, 0.1595, 0.1595, 0.2142, 0.2142, 0.1595,
    ]  # fmt: skip
    called = presets.named("zen-flex-2026", days=(day_number(dt.date(2026, 1, 14)),)).tariff
    price = called.price(clock)
    assert price[[7, 8, 12, 13, 17, 18, 19, 20]].tolist() == [
        0.2142, 0.7467, 0.7467, 0.2142, 0.2142, 0.7467, 0.7467, 0.2142,
    ]  # fmt: skip
    assert called.called(clock).nonzero()[0].tolist() == [8, 9, 10, 11, 12, 18, 19]
    rule = presets.preset("zen-flex-2026").days
    assert rule is not None
    assert (rule.value, rule.weekdays) == (20, True)


def test_the_german_average_is_what_the_industry_publishes() -> None:
    """BDEW 2026: 37.2 cent with all taxes, from 15.4 energy, 9.3 network and 12.6 the state."""
    assert costs("germany-flat-2026", WEDNESDAY, 12)[0] == pytest.approx(0.372, abs=0.0015)


def test_german_modules_cut_the_network_price_in_three_ways() -> None:
    plain = (0.154 + 0.1134 + 0.02946 + 0.0166 + 0.0205) * 1.19
    assert costs("germany-module1-2026", WEDNESDAY, 12) == pytest.approx([plain])
    (rebate,) = presets.named("germany-module1-2026").parts.fixed
    assert rebate.amount == pytest.approx(-(80 / 1.19 + 3750 * 0.1134 * 0.2), abs=0.01)
    reduced = costs("germany-module2-2026", WEDNESDAY, 12)[0]
    assert plain - reduced == pytest.approx(0.6 * 0.1134 * 1.19)
    low, standard, high = costs("germany-dynamic-module3-2026", SATURDAY, 6, 14, 19)
    assert standard == pytest.approx((0.1 + 0.01807 + 0.1134 + 0.06656) * 1.19)
    assert high - standard == pytest.approx((0.1862 - 0.1134) * 1.19)
    assert standard - low == pytest.approx((0.1134 - 0.0113) * 1.19)


def test_the_half_hourly_british_price_has_a_peak_and_a_cap_of_one_pound() -> None:
    found = costs("uk-agile-2024", WEDNESDAY, 15, 16, 18, 19, wholesale=0.1)
    off, peak = 2.2 * 0.1 * 1.05, (2.2 * 0.1 + 0.12) * 1.05
    assert found == pytest.approx([off, peak, peak, off])
    assert costs("uk-agile-2024", WEDNESDAY, 17, wholesale=0.5) == pytest.approx([1.0], abs=1e-6)
    assert costs("uk-agile-2024", WEDNESDAY, 3, wholesale=-0.05) == pytest.approx([-0.1155])
    clock = day("uk-agile-2024", WEDNESDAY)
    (told,) = Whole(signed("uk-agile-2024", clock)).notices(clock)
    assert told.published_s == local_s(dt.date(2026, 1, 13), "Europe/London", 16 * 3600)


def test_economy_7_has_seven_cheap_hours_that_may_be_given() -> None:
    clock = day("uk-economy7-2024", WEDNESDAY, 30)
    price = signed("uk-economy7-2024", clock).tariff.price(clock)
    assert (price == 0.135093).nonzero()[0].tolist() == list(range(1, 15))
    moved = presets.named("uk-economy7-2024", off_peak=((23, 6),)).tariff.price(clock)
    assert moved[[0, 11, 12, 45, 46]].tolist() == [0.135093] * 2 + [0.3197355] * 2 + [0.135093]


def test_spain_has_three_periods_and_a_valley_on_days_off() -> None:
    taxed = 1.0511269632 * 1.21
    hours = (7, 8, 10, 13, 14, 18, 21, 22)
    rates = [0.119, 0.157, 0.226, 0.226, 0.157, 0.226, 0.226, 0.157]
    expected = [rate * taxed for rate in rates]
    assert costs("spain-20td-2025", WEDNESDAY, *hours) == pytest.approx(expected, rel=1e-5)
    for day_off in (SATURDAY, "2026-05-01", "2026-12-08", "2026-01-06"):
        found = costs("spain-20td-2025", day_off, *hours)
        assert found == pytest.approx([0.119 * taxed] * 8, rel=1e-5)
    tolls = costs("spain-20td-indexed-2025", WEDNESDAY, 12)[0]
    assert tolls == pytest.approx((1.168 * 0.1 + 0.092539) * taxed, rel=1e-5)


def test_spanish_power_is_paid_by_the_year_and_trips() -> None:
    fixed = presets.named("spain-20td-2025").parts.subscribed
    assert fixed is not None
    assert fixed.price_kw_year == pytest.approx(29.013 + 2.788)
    assert (fixed.kw, fixed.trips) == (4.6, True)
    clock = day("spain-20td-indexed-2025", WEDNESDAY)
    tolls = signed("spain-20td-indexed-2025", clock).parts.subscribed
    assert tolls is not None
    assert tolls.price_kw_year == pytest.approx(26.930550 + 0.697588)


def test_flanders_bills_the_mean_of_twelve_monthly_peaks_of_2_5_kw_or_more() -> None:
    (peak,) = presets.named("belgium-capacity-2026").parts.demand
    assert (peak.price, peak.per, peak.minutes) == (49.4036563, Per.YEAR, 15)
    assert (peak.rolling, peak.minimum_kw, peak.highest) == (12, 2.5, 1)
    levies = 0.0505027 + 0.011 + 0.00392 + 0.0019261 + 0.04748
    assert costs("belgium-capacity-2026", WEDNESDAY, 12) == pytest.approx(
        [(0.1298 + levies) * 1.06]
    )
    assert costs("belgium-dynamic-2026", WEDNESDAY, 12) == pytest.approx(
        [(1.02 * 0.1 + 0.004 + levies) * 1.06]
    )


def test_flemish_exports_earn_the_market_less_a_margin() -> None:
    clock = day("belgium-dynamic-2026", WEDNESDAY)
    wholesale = np.linspace(-0.05, 0.2, 24)
    earned = Whole(signed("belgium-dynamic-2026", clock, wholesale)).export_price(clock)
    np.testing.assert_allclose(earned, 0.98 * wholesale - 0.015)


def test_norway_pays_by_steps_of_the_three_highest_hours() -> None:
    (steps,) = presets.named("norway-elvia-norgespris-2026").parts.demand
    assert (steps.minutes, steps.highest, steps.one_a_day) == (60, 3, True)
    assert steps.steps[:3] == ((2, 125), (5, 190), (10, 300))
    name = "norway-elvia-norgespris-2026"
    assert costs(name, WEDNESDAY, 5, 6, 21, 22) == pytest.approx([0.764, 0.864, 0.864, 0.764])
    assert costs(name, SATURDAY, 12) == pytest.approx([0.764])
    assert costs(name, "2026-05-17", 12) == pytest.approx([0.764])
    assert costs("norway-elvia-spot-2026", WEDNESDAY, 12, wholesale=0.8) == pytest.approx(
        [1.25 * 0.8 + 0.364]
    )


def test_ontario_of_2025_has_three_plans() -> None:
    hours = (6, 7, 11, 17, 19, 23)
    winter = [0.098, 0.203, 0.157, 0.203, 0.098, 0.098]
    assert costs("ontario-tou-2025", WEDNESDAY, *hours) == winter
    summer = [0.098, 0.157, 0.203, 0.157, 0.098, 0.098]
    assert costs("ontario-tou-2025", "2026-07-15", *hours) == summer
    assert costs("ontario-ulo-2025", WEDNESDAY, 6, 7, 15, 16, 20, 21, 23) == [
        0.039, 0.157, 0.157, 0.391, 0.391, 0.157, 0.039,
    ]  # fmt: skip
    assert costs("ontario-ulo-2025", SATURDAY, 6, 7, 16, 23) == [0.039, 0.098, 0.098, 0.039]
    winter_tier, summer_tier = presets.named("ontario-tiered-2025").parts.blocks
    assert (winter_tier.bounds_kwh, summer_tier.bounds_kwh) == ((1000,), (600,))
    assert 0.120 + winter_tier.adders[1] == pytest.approx(0.142)
    assert set(winter_tier.months) | set(summer_tier.months) == set(range(1, 13))


def test_california_has_a_peak_every_day_and_a_credit_within_the_baseline() -> None:
    assert costs("pge-tou-c-2026", "2026-07-18", 15, 16, 20, 21) == [
        0.39940, 0.52240, 0.52240, 0.39940,
    ]  # fmt: skip
    assert costs("pge-tou-c-2026", WEDNESDAY, 15, 16) == [0.36757, 0.39757]
    summer, winter = presets.named("pge-tou-c-2026").parts.blocks
    assert (summer.per, summer.bounds_kwh, winter.bounds_kwh) == (Per.DAY, (17.7,), (10.4,))
    assert summer.adders == winter.adders == (-0.08140, 0.0)


def test_southern_california_is_cheapest_at_noon_in_winter_and_milder_at_weekends() -> None:
    assert costs("sce-tou-d-2026", WEDNESDAY, 7, 8, 15, 16, 21) == [0.36, 0.32, 0.32, 0.50, 0.36]
    assert costs("sce-tou-d-2026", "2026-07-15", 15, 16, 21) == [0.33, 0.59, 0.33]
    assert costs("sce-tou-d-2026", "2026-07-18", 16) == [0.44]


def test_critical_hours_in_california_cost_60_cents_more_for_a_cheaper_summer() -> None:
    date = "2026-07-15"
    clock = day("pge-smartrate-2026", date)
    days = (day_number(dt.date.fromisoformat(date)),)
    price = presets.named("pge-smartrate-2026", days=days).tariff.price(clock)
    assert price[17] == pytest.approx(0.52240 + 0.60)
    assert price[12] == pytest.approx(0.39940 - 0.024)


def test_a_short_source_that_no_file_knows_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'@gone' is not among here"):
        price_lists.told({"source": "@gone"}, {"here": "a text"})
    assert price_lists.told({"source": "@here: more"}, {"here": "a text"}) == {
        "source": "a text; more"
    }
