"""A portrait: who lives in a home and what they own, in sentences from the table of homes."""

from collections.abc import Mapping, Sequence

_FUELS = {"electric": "electric heaters", "heat_pump": "a heat pump", "district": "district heat"}


def who(home: Mapping[str, object]) -> tuple[str, ...]:
    """Return who lives in a home and what they own, from its row of the table of homes.

    Parameters
    ----------
    home : mapping
        Columns of ``homes.parquet``; what is not there is not told.
    """
    told = [_people(home), _heat(home), _owns(home)]
    return tuple(sentence for sentence in told if sentence)


def _people(home: Mapping[str, object]) -> str:
    """Say who lives there."""
    count = _count(home, "persons")
    if not count:
        return ""
    kinds = (("workers", "at work", "at work"), ("children", "child", "children"),
             ("retired", "retired", "retired"))  # fmt: skip
    parts = [
        f"{number} {one if number == 1 else many}"
        for key, one, many in kinds
        if (number := _count(home, key))
    ]
    text = f"{count} {'person' if count == 1 else 'people'}"
    text += f" ({', '.join(parts)})" if parts else ""
    text += f" in a {home['house']}" if "house" in home else ""
    area = home.get("area_m2")
    text += f" of {float(str(area)):.0f} m²" if area is not None else ""
    era = home.get("era")
    text += f", built {str(era) if 'before' in str(era) else f'in {era}'}" if era else ""
    if "tenure" in home:
        text += f", {'which they own' if home['tenure'] == 'owner' else 'rented'}"
    if "income" in home:
        text += f"; {home['income']} fifth of incomes"
    return f"{text}."


def _heat(home: Mapping[str, object]) -> str:
    """Say what heats and cools the home."""
    if "heating" not in home:
        return ""
    fuel = str(home["heating"])
    names = {
        "electric": "electric heaters",
        "heat_pump": "a heat pump",
        "district": "district heat",
    }
    text = f"Heated by {names.get(fuel, fuel.replace('_', ' '))}"
    text += " and a second heater, a stove" if _yes(home, "second_heater") else ""
    text += ", cooled by air conditioning" if _yes(home, "air_conditioning") else ""
    tank = str(home.get("hot_water", "not_electric"))
    if tank != "not_electric":
        kind = "a heat-pump tank" if tank == "heat_pump" else "an electric tank"
        text += f"; hot water from {kind}"
        text += " behind an off-peak relay" if _yes(home, "hot_water_relay") else ""
    return f"{text}."


def _owns(home: Mapping[str, object]) -> str:
    """Say what they own."""
    things = [name for name in ("dishwasher", "dryer") if _yes(home, name)]
    if _yes(home, "ev"):
        kind = "an electric car with a charger that follows prices"
        things.append(kind if _yes(home, "ev_smart") else "an electric car")
    for key, what in (("pv_kwp", "{:.1f} kWp of panels"), ("battery_kwh", "a {:.1f} kWh battery")):
        size = float(str(home.get(key, 0.0)))
        things += [what.format(size)] if size > 0.0 else []
    things += ["a thermostat that follows prices"] if _yes(home, "thermostat") else []
    return f"They own {_list(things)}." if things else ""


def _list(things: Sequence[str]) -> str:
    """Write a list with commas and an and; things without an article get one."""
    named = [f"a {thing}" if thing in ("dishwasher", "dryer") else thing for thing in things]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def _yes(home: Mapping[str, object], key: str) -> bool:
    """Return whether a home has something."""
    return bool(home.get(key, False))


def _count(home: Mapping[str, object], key: str) -> int:
    """Return a whole number of a home's row, 0 if it is not there."""
    return int(str(home.get(key, 0)))
