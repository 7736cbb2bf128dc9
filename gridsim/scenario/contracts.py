"""From the tariffs of a scenario to the records of the signals room."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.clock import Clock
from gridsim.core.errors import DataError
from gridsim.scenario import calling, files, horizons, price_files, programmes, tariffs
from gridsim.signals import calendar, dynamic, presets, tariff, tempo
from gridsim.signals.calendar import Lead
from gridsim.signals.contract import Contract
from gridsim.signals.critical import CriticalPeak
from gridsim.signals.rules import Days

if TYPE_CHECKING:  # a scenario is refused before the weather is imported
    from gridsim.signals.weather import Weather

Said: TypeAlias = (
    str
    | tariffs.Flat
    | tariffs.TimeOfUse
    | tariffs.Tempo
    | tariffs.CriticalPeak
    | tariffs.Dynamic
    | tariffs.Named
)

_LABELS = {
    "flat": "One price",
    "time_of_use": "Time of use",
    "tempo": "Day colours",
    "critical_peak": "Critical peak price",
    "dynamic": "Dynamic price",
}
SYNTHETIC = "synthetic"
_MADE_UP = "synthetic day-ahead price, made of hour, temperature, sun and chance"


@dataclass(frozen=True, slots=True)
class Seen:
    """What tariffs and calls look at besides their own numbers.

    Parameters
    ----------
    colours : Colours or None
        Colours of the days, for Tempo.
    clock, horizon : Clock
        The period, and what plans see.
    outside : Weather or None
        The weather on the horizon, shape (h,); rules on it and made-up prices need it.
    seed : int
        Names the chances.
    carbon_g_kwh : F8 or None
        Average carbon intensity on the horizon, shape (h,); prices on carbon need it. [g/kWh]
    earlier : Earlier or None
        Where the weather of other years comes from.
    """

    colours: tempo.Colours | None
    clock: Clock
    horizon: Clock
    outside: "Weather | None"
    seed: int
    carbon_g_kwh: F8 | None = None
    earlier: "calling.Earlier | None" = None

    def daily_mean_c(self) -> F8:
        """Return the mean temperature of each local date of the period, shape (d,). [C]"""
        return calendar.day_means(self.clock, self.weather().temp_c)

    def weather(self) -> "Weather":
        """Return the weather.

        Raises
        ------
        ValueError
            If there is none.
        """
        if self.outside is None:
            raise ValueError("outside: called days and made-up prices need the weather")
        return self.outside

    def carbon(self) -> F8:
        """Return the carbon intensity on the horizon, shape (h,). [g/kWh]

        Raises
        ------
        ValueError
            If there is none.
        """
        if self.carbon_g_kwh is None:
            raise ValueError("carbon_g_kwh: prices on carbon need the intensity")
        return self.carbon_g_kwh

    @property
    def currency(self) -> str | None:
        """Money of the place, None where nobody asks."""
        return None if self.earlier is None else self.earlier.here.currency

    def days(
        self,
        rule: Days,
        hours: tuple[tuple[float, float], ...] = ((0.0, 24.0),),
        series: str | None = None,
    ) -> tuple[int, ...]:
        """Return the days of the period that a rule calls."""
        known = calling.known(rule, hours, self, series=series)
        return calendar.chosen(rule, self.clock, known.measure, known.past)


def contract(said: Said, currency: str, seen: Seen) -> Contract:
    """Return the contract that a scenario names or writes out.

    Parameters
    ----------
    said : str or model
        Name of a tariff, or its table.
    currency : str
        ISO code of the money that a table's numbers mean.
    seen : Seen
        What days and prices are found from.

    Raises
    ------
    ValueError
        If the tariff needs colours and there are none.
    DataError
        If a series of prices cannot be read or does not hold the period.
    """
    if isinstance(said, str):
        return _named(said, seen)
    if isinstance(said, tariffs.Named):
        return _named(said.name, seen, said.series or SYNTHETIC, hours_of(said.off_peak or ()))
    if isinstance(said, tariffs.CriticalPeak):
        return _critical(said, currency, seen)
    return Contract(
        tariff=priced(said, seen),
        standing_year=said.standing_year,
        export_price=said.export_price,
        currency=currency,
        label=_LABELS[said.kind],
        source=_source(said),
    )


def time_of_use(table: tariffs.TimeOfUse) -> tariff.TimeOfUse:
    """Return the record of a time-of-use table.

    Raises
    ------
    ValueError
        If some hour has no price, or two.
    """
    return tariff.TimeOfUse(tuple(_band(band) for band in table.bands))


def lead_of(notice: programmes.Notice) -> Lead:
    """Return when people are told."""
    return Lead[notice.upper()]


def hours_of(spans: tuple[str, ...]) -> tuple[tuple[float, float], ...]:
    """Return spans such as "06:30-22:00" as hours (6.5, 22.0)."""
    return tuple(
        (int(span[:2]) + int(span[3:5]) / 60, int(span[6:8]) + int(span[9:]) / 60) for span in spans
    )


def _named(
    name: str, seen: Seen, series: str = SYNTHETIC, off_peak: tuple[tuple[float, float], ...] = ()
) -> Contract:
    """Return the contract of a preset; its wholesale price is made up unless a file is named."""
    chosen = presets.preset(name)
    days = () if chosen.days is None else seen.days(chosen.days)
    wholesale = _wholesale(series, seen) if chosen.needs_prices else None
    return presets.named(name, seen.colours, days, wholesale, off_peak=off_peak)


def _critical(said: tariffs.CriticalPeak, currency: str, seen: Seen) -> Contract:
    """Return the contract of a critical-peak table: what is not called is that of its base."""
    base = contract(said.base, currency, seen)
    days = _called_days(said, seen)
    hours, lead = hours_of(said.hours), lead_of(said.notice)
    return replace(
        base,
        tariff=CriticalPeak(base.tariff, said.price, days, hours, lead),
        label=_LABELS[said.kind],
        source=f"the scenario; base: {base.source}",
    )


def _called_days(said: tariffs.CriticalPeak, seen: Seen) -> tuple[int, ...]:
    """Return the days that a critical-peak table calls."""
    series = None if said.rule is None else said.rule.series
    return seen.days(calling.days_of(said.dates, said.rule), hours_of(said.hours), series)


def priced(
    said: tariffs.Flat | tariffs.TimeOfUse | tariffs.Tempo | tariffs.Dynamic, seen: Seen
) -> tariff.Tariff:
    """Return what a kilowatt-hour costs by a table.

    Raises
    ------
    ValueError
        If the tariff needs colours or weather and there are none.
    DataError
        If a series of prices cannot be read or does not hold the period.
    """
    if isinstance(said, tariffs.Flat):
        return tariff.Flat(said.price)
    if isinstance(said, tariffs.TimeOfUse):
        return time_of_use(said)
    if isinstance(said, tariffs.Dynamic):
        terms = _terms(said)
        return dynamic.of_series(seen.horizon, _wholesale(said.series, seen).price, terms)
    if seen.colours is None:
        raise ValueError("colours: Tempo needs the colours of its days")
    return tempo.Tempo(_rates(said.blue), _rates(said.white), _rates(said.red), seen.colours)


def _terms(said: tariffs.Dynamic) -> dynamic.Terms:
    """Return what makes a customer's price of the wholesale price."""
    return dynamic.Terms(
        adder=said.adder,
        factor=said.factor,
        surcharges=tuple(
            dynamic.Surcharge(extra.price, hours_of(extra.hours)) for extra in said.surcharges
        ),
        cap=np.inf if said.cap is None else said.cap,
        floor=-np.inf if said.floor is None else said.floor,
        told_h=int(said.told[:2]) + int(said.told[3:]) / 60,
    )


def _wholesale(series: str, seen: Seen) -> dynamic.Wholesale:
    """Return the wholesale price on the horizon: made up, or that of a file."""
    if series == SYNTHETIC:
        from gridsim.signals import dayahead  # noqa: PLC0415  (numba, needed here only)

        outside = seen.weather()
        made = dayahead.make(seen.horizon, outside.temp_c, outside.ghi_w_m2, seen.seed)
        return dynamic.Wholesale(seen.horizon, made)
    file = files.locate(series, "tariff.series")
    try:
        price = price_files.read(file, seen.horizon, seen.currency)
    except DataError:  # a file that ends with the period serves; what lies beyond is never paid
        inside = price_files.read(file, seen.clock, seen.currency)
        price = np.asarray(inside[horizons.last_day_again(seen.clock, seen.horizon)])
    return dynamic.Wholesale(seen.horizon, price)


def _source(said: tariffs.Flat | tariffs.TimeOfUse | tariffs.Tempo | tariffs.Dynamic) -> str:
    """Return where the numbers of a table come from."""
    if isinstance(said, tariffs.Dynamic):
        made = _MADE_UP if said.series == SYNTHETIC else said.series
        return f"the scenario; wholesale: {made}"
    return "the scenario"


def _rates(table: tariffs.Colour) -> tempo.Rates:
    """Return the two prices of a colour."""
    return tempo.Rates(peak=table.peak, off_peak=table.off_peak)


def _band(band: tariffs.Band) -> tariff.Band:
    """Return the record of one band."""
    every_month = len(set(band.months)) == 12
    return tariff.Band(
        rate=band.price,
        hours=hours_of(band.hours),
        days=tuple(tariff.DayType[day.upper()] for day in dict.fromkeys(band.days)),
        seasons=(tariff.Season(),) if every_month else tariff.months(*sorted(set(band.months))),
    )
