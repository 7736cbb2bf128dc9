"""From the tariffs of a scenario to the records of the signals room."""

from gridsim.scenario import tariffs
from gridsim.signals import presets, tariff, tempo
from gridsim.signals.contract import Contract


def contract(
    said: str | tariffs.Flat | tariffs.TimeOfUse | tariffs.Tempo,
    currency: str,
    colours: tempo.Colours | None,
) -> Contract:
    """Return the contract that a scenario names or writes out.

    Parameters
    ----------
    said : str or model
        Name of a tariff, or its table.
    currency : str
        ISO code of the money that a table's numbers mean.
    colours : Colours or None
        Colours of the days, for Tempo.

    Raises
    ------
    ValueError
        If the tariff needs colours and there are none.
    """
    if isinstance(said, str):
        return presets.named(said, colours)
    return Contract(
        tariff=_tariff(said, colours),
        standing_year=said.standing_year,
        export_price=said.export_price,
        currency=currency,
        label=_LABELS[said.kind],
        source="the scenario",
    )


def needs_colours(said: str | tariffs.Flat | tariffs.TimeOfUse | tariffs.Tempo) -> bool:
    """Tell whether a tariff has no price without the colours of its days."""
    if isinstance(said, str):
        return presets.preset(said).needs_colours
    return said.kind == "tempo"


def time_of_use(table: tariffs.TimeOfUse) -> tariff.TimeOfUse:
    """Return the record of a time-of-use table.

    Raises
    ------
    ValueError
        If some hour has no price, or two.
    """
    return tariff.TimeOfUse(tuple(_band(band) for band in table.bands))


_LABELS = {"flat": "One price", "time_of_use": "Time of use", "tempo": "Day colours"}


def _tariff(
    said: tariffs.Flat | tariffs.TimeOfUse | tariffs.Tempo, colours: tempo.Colours | None
) -> tariff.Tariff:
    """Return the record of a table."""
    if isinstance(said, tariffs.Flat):
        return tariff.Flat(said.price)
    if isinstance(said, tariffs.TimeOfUse):
        return time_of_use(said)
    if colours is None:
        raise ValueError("colours: Tempo needs the colours of its days")
    return tempo.Tempo(_rates(said.blue), _rates(said.white), _rates(said.red), colours)


def _rates(table: tariffs.Colour) -> tempo.Rates:
    """Return the two prices of a colour."""
    return tempo.Rates(peak=table.peak, off_peak=table.off_peak)


def _band(band: tariffs.Band) -> tariff.Band:
    """Return the record of one band."""
    every_month = len(set(band.months)) == 12
    return tariff.Band(
        rate=band.price,
        hours=tuple(_hours(span) for span in band.hours),
        days=tuple(tariff.DayType[day.upper()] for day in dict.fromkeys(band.days)),
        seasons=(tariff.Season(),) if every_month else tariff.months(*sorted(set(band.months))),
    )


def _hours(span: str) -> tuple[float, float]:
    """Return "06:30-22:00" as hours (6.5, 22.0)."""
    start, end = (int(text[:2]) + int(text[3:]) / 60 for text in span.split("-"))
    return start, end
