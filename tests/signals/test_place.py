"""A place is a point on the Earth with a clock; nonsense is refused when it is made."""

import subprocess
import sys

import pytest

from gridsim.core import clock
from gridsim.signals import carbon, place
from gridsim.signals.place import Place


def test_every_built_in_place_is_found_by_its_name_in_any_case():
    for name in place.names():
        assert place.find(name.upper()).name == name


def test_the_places_of_the_trials_are_there():
    europe = {"Lyon", "Paris", "Lille", "Nice", "London", "Berlin", "Madrid", "Dublin", "Oslo"}
    west = {"Phoenix", "Sacramento", "Fresno", "Los Angeles", "Austin", "Dallas", "Oklahoma City"}
    east = {"Chicago", "Baltimore", "Washington", "Toronto", "Kyoto"}
    assert set(place.names()) == europe | west | east


def test_every_country_of_a_place_has_holidays_and_a_carbon_intensity():
    for name in place.names():
        country = place.find(name).country
        assert clock.holidays_of(country, range(2023, 2024)), name
        assert country in carbon.countries(), name
        assert country in carbon.marginals(), name


def test_an_unknown_place_names_the_near_one():
    with pytest.raises(ValueError, match=r"no built-in place 'Lion'.*did you mean 'Lyon'"):
        place.find("Lion")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("latitude", 91.0),
        ("longitude", -181.0),
        ("latitude", float("nan")),
        ("elevation_m", 12_000.0),
        ("timezone", "Europe/Lyon"),
        ("timezone", ""),
    ],
)
def test_a_place_off_the_earth_is_refused_by_field(field, value):
    fields = {"name": "x", "latitude": 45.0, "longitude": 5.0} | {field: value}
    with pytest.raises(ValueError, match=f"place.{field}"):
        Place(**fields)


def test_looking_up_a_place_does_not_load_the_heavy_libraries():
    code = (
        "import sys; import gridsim.signals.place, gridsim.signals.weather;"
        "print([m for m in ('pvlib', 'pandas', 'scipy') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
