"""What a town is settled from: a preset and the shares in which it differs from it."""

from dataclasses import dataclass, fields

from gridsim.population import presets


@dataclass(frozen=True, slots=True)
class Overrides:
    """Shares that replace those of the preset; None keeps the preset's.

    The mean over the preset's population becomes the given share; who is more likely than whom
    stays as it is (the odds of all homes are scaled alike).

    Parameters
    ----------
    pv, battery, ev, heat_pump, electric_heat, air_conditioning, hot_water_electric, thermostat
        Share of all homes, 0 to 1. ``electric_heat`` is resistance heating; with ``heat_pump`` it
        must not pass 1. Homes with panels come first for a battery.
    second_heater : float, optional
        Share of the electrically heated homes that have a wood stove as well.
    ev_smart : float, optional
        Share of the electric cars whose charger can follow prices.

    Raises
    ------
    ValueError
        If a share lies outside 0-1, or the two kinds of electric heating pass 1 together.
    """

    pv: float | None = None
    battery: float | None = None
    ev: float | None = None
    heat_pump: float | None = None
    electric_heat: float | None = None
    air_conditioning: float | None = None
    second_heater: float | None = None
    ev_smart: float | None = None
    thermostat: float | None = None
    hot_water_electric: float | None = None

    def __post_init__(self) -> None:
        """Refuse shares that make no sense."""
        for field in fields(self):
            share = getattr(self, field.name)
            if share is not None and not 0.0 <= share <= 1.0:
                raise ValueError(f"{field.name} must lie in 0-1, got {share:g}")
        together = (self.heat_pump or 0.0) + (self.electric_heat or 0.0)
        if together > 1.0 + 1e-12:
            raise ValueError(f"heat_pump + electric_heat must not pass 1, got {together:g}")


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes by what a home is expected to use in a year; None keeps the preset's own sizes.

    Parameters
    ----------
    pv_kwp_per_mwh : float, optional
        Panels over yearly use without car and cooling. [kWp/MWh]
    battery_kwh_per_mwh : float, optional
        Battery over the same. [kWh/MWh]

    Raises
    ------
    ValueError
        If a size is not above 0.
    """

    pv_kwp_per_mwh: float | None = None
    battery_kwh_per_mwh: float | None = None

    def __post_init__(self) -> None:
        """Refuse sizes that make no sense."""
        for field in fields(self):
            size = getattr(self, field.name)
            if size is not None and not size > 0.0:
                raise ValueError(f"{field.name} must be above 0, got {size:g}")


@dataclass(frozen=True, slots=True)
class Recipe:
    """A preset by name, overrides of its shares, and how panels and batteries are sized.

    Raises
    ------
    ValueError
        If there is no such preset.
    """

    preset: str
    overrides: Overrides = Overrides()
    sizes: Sizes = Sizes()

    def __post_init__(self) -> None:
        """Refuse a preset that is not on record."""
        if self.preset not in presets.PRESETS:
            allowed = ", ".join(presets.PRESETS)
            raise ValueError(f"preset must be one of {allowed}, got {self.preset!r}")
