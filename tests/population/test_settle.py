"""Settling: one joint, reproducible draw per home; shares come out, and nothing else moves."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridsim.population import presets
from gridsim.population.recipe import Overrides, Recipe, Sizes
from gridsim.population.settle import settle
from gridsim.population.town import (
    CHILD,
    HEAT_PUMP,
    NOBODY,
    NOT_ELECTRIC,
    RESISTANCE,
    RETIRED,
    Town,
)

MANY = 40_000


def parts(town):
    """Return every array of a town by its dotted name."""
    found = {"homes": town.homes}
    for part in dataclasses.fields(Town)[1:]:
        record = getattr(town, part.name)
        for field in dataclasses.fields(record):
            found[f"{part.name}.{field.name}"] = getattr(record, field.name)
    return found


def assert_same(one, other, but=()):
    left, right = parts(one), parts(other)
    moved = {name for name in left if not np.array_equal(left[name], right[name])}
    assert moved <= set(but), moved - set(but)


def owners(town):
    """Return who owns what, by the name of the override."""
    kind = town.heating.kind
    return {
        "pv": town.producers.pv_kwp > 0,
        "battery": town.producers.battery_kwh > 0,
        "ev": town.car.owns,
        "heat_pump": kind == HEAT_PUMP,
        "electric_heat": kind == RESISTANCE,
        "air_conditioning": town.heating.cool_kw > 0,
        "second_heater": town.heating.second_kw > 0,
        "ev_smart": town.car.smart,
        "thermostat": town.traits.thermostat,
        "hot_water_electric": town.hot_water.kind != NOT_ELECTRIC,
    }


def share(town, name):
    """Return the share that an override speaks of."""
    owns = owners(town)[name]
    if name == "second_heater":
        return owns[town.heating.kind != NOT_ELECTRIC].mean()
    return owns[town.car.owns].mean() if name == "ev_smart" else owns.mean()


@settings(max_examples=6, deadline=None)
@given(more=st.integers(1, 600), few=st.integers(1, 300), seed=st.integers(0, 2**63 - 1))
def test_adding_homes_leaves_the_first_as_they_were(more, few, seed):
    recipe = Recipe("france", Overrides(pv=0.2, ev=0.3))
    large = settle(recipe, few + more, seed)
    assert_same(settle(recipe, few, seed), large.take(np.arange(few)))


@settings(max_examples=6, deadline=None)
@given(first=st.integers(0, 1000), homes=st.integers(1, 300))
def test_a_town_may_be_settled_in_parts(first, homes):
    whole = settle(Recipe("uk"), first + homes, 5)
    part = settle(Recipe("uk"), homes, 5, first)
    assert_same(part, whole.take(np.arange(first, first + homes)))


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Overrides)])
def test_raising_a_share_only_adds_owners(name):
    before = np.zeros(3000, dtype=bool)
    for wanted in (0.05, 0.5, 1.0):
        town = settle(Recipe("germany", Overrides(**{name: wanted})), 3000, 2)
        now = owners(town)[name]
        assert np.all(now[before]), f"{name} lost owners at {wanted}"
        before = now
    assert share(town, name) == 1.0


@pytest.mark.parametrize("name", [field.name for field in dataclasses.fields(Overrides)])
def test_a_share_comes_out_as_asked(name):
    wanted = 0.15
    town = settle(Recipe("france", Overrides(**{name: wanted})), MANY, 11)
    counted = MANY * {"second_heater": 0.3, "ev_smart": 0.035}.get(name, 1.0)
    assert share(town, name) == pytest.approx(wanted, abs=4 * (wanted / counted) ** 0.5)


def test_shares_asked_together_come_out_together():
    asked = {"pv": 0.3, "battery": 0.3, "ev": 0.5, "ev_smart": 0.8, "heat_pump": 0.4}
    asked["electric_heat"] = 0.5
    town = settle(Recipe("germany", Overrides(**asked)), MANY, 4)
    for name, wanted in asked.items():
        assert share(town, name) == pytest.approx(wanted, abs=0.012), name
    has = owners(town)
    assert (has["battery"] & has["pv"]).sum() > 0.95 * has["battery"].sum()


def test_panels_change_nothing_but_the_roof():
    plain = settle(Recipe("france"), 2000, 3)
    sunny = settle(Recipe("france", Overrides(pv=0.5)), 2000, 3)
    assert_same(
        plain, sunny, but=("producers.pv_kwp", "producers.battery_kwh", "producers.battery_kw")
    )


def test_heat_pumps_convert_homes_and_leave_people_and_buildings_alone():
    plain = settle(Recipe("france"), 2000, 3)
    pumped = settle(Recipe("france", Overrides(heat_pump=0.4)), 2000, 3)
    for name, values in parts(plain).items():
        if name.split(".")[0] in ("people", "envelope", "producers", "car", "traits"):
            assert np.array_equal(values, parts(pumped)[name]), name
    kept = pumped.heating.kind != HEAT_PUMP
    assert np.array_equal(plain.heating.kind[kept], pumped.heating.kind[kept])


def test_britain_without_electric_heat_has_none():
    town = settle(Recipe("uk", Overrides(heat_pump=0.0, electric_heat=0.0)), 5000, 1)
    assert np.all(town.heating.kind == NOT_ELECTRIC)
    assert not np.any(town.heating.second_kw)
    assert not {"electric", "heat_pump"} & set(town.table()["heating"])


def test_resistance_everywhere_leaves_no_room_for_heat_pumps():
    town = settle(Recipe("france", Overrides(electric_heat=1.0)), 500, 1)
    assert np.all(town.heating.kind == RESISTANCE)


def test_french_households_are_those_of_the_census():
    town = settle(Recipe("france"), MANY, 6)
    people = town.people
    sizes = np.bincount(people.persons, minlength=7)[1:] / MANY
    wanted = presets.read("france").household.sizes
    assert sizes == pytest.approx(wanted, abs=0.01)
    assert people.persons.mean() == pytest.approx(2.17, abs=0.03)
    assert (people.kinds[:, 0] == RETIRED).mean() == pytest.approx(0.32, abs=0.03)  # INSEE
    assert people.owner.mean() == pytest.approx(0.58, abs=0.012)  # stock; INSEE 58 %
    assert np.bincount(people.income) / MANY == pytest.approx(0.2, abs=0.01)
    assert people.usage.mean() == pytest.approx(1.0, abs=0.01)


def test_kinds_tell_who_the_persons_are():
    people = settle(Recipe("france"), 5000, 6).people
    there = people.kinds != NOBODY
    assert np.array_equal(there.sum(axis=1), people.persons)
    assert np.all(np.diff(there.astype(int), axis=1) <= 0), "empty places come last"
    assert np.all(people.kinds[:, 0] != CHILD), "no child lives alone"
    lone_child = (people.kinds == CHILD).sum(axis=1) == people.persons
    assert not lone_child.any()


def test_french_ownership_is_near_its_sources():
    town = settle(Recipe("france"), MANY, 8)
    assert share(town, "electric_heat") == pytest.approx(0.294, abs=0.01)  # stock of main homes
    assert share(town, "heat_pump") == pytest.approx(0.043, abs=0.005)
    assert share(town, "hot_water_electric") == pytest.approx(0.48, abs=0.015)  # Enertech 46 %
    assert town.appliances.dish.mean() == pytest.approx(0.63, abs=0.012)  # E022
    washes = town.appliances.wash_week[town.appliances.wash].mean()
    assert 3.0 <= washes <= 4.0  # E013
    dishes = town.appliances.dish_week[town.appliances.dish].mean()
    assert dishes == pytest.approx(3.2, abs=0.25)  # E012
    km = settle(Recipe("france", Overrides(ev=1.0)), MANY, 8).car.km_day.mean()
    assert km == pytest.approx(43.0, abs=0.8)  # E040


def test_things_that_go_together_do():
    town = settle(Recipe("france", Overrides(pv=0.1, ev=0.2)), MANY, 9)
    has, house, rich = owners(town), town.people.house, town.people.income
    insulated = town.envelope.h_out_kw_k / town.envelope.area_m2
    assert has["pv"][~house].mean() < 0.05 * has["pv"][house].mean()
    assert has["ev"][rich == 4].mean() > 2 * has["ev"][rich == 0].mean()
    assert house[has["ev"]].mean() == pytest.approx(0.88, abs=0.05)  # BVA for Enedis 2020
    assert insulated[has["heat_pump"]].mean() < 0.9 * insulated.mean()
    tank = has["hot_water_electric"]
    assert tank[has["electric_heat"]].mean() > 3 * tank[town.heating.fuel == 2].mean()
    assert town.people.owner[rich == 4].mean() > 1.5 * town.people.owner[rich == 0].mean()


@pytest.mark.parametrize("preset", presets.PRESETS)
def test_buildings_are_physical(preset):
    town = settle(Recipe(preset), MANY, 10)
    envelope = town.envelope
    for values in dataclasses.astuple(envelope):
        assert np.all(values >= 0)
    capacity = envelope.c_air_kwh_k + envelope.c_mass_kwh_k
    hours = np.quantile(capacity / envelope.h_out_kw_k, (0.05, 0.5, 0.95))
    assert 10 < hours[0] < hours[1] < hours[2] < 110  # E062
    assert 15 < hours[1] < 45
    large = town.people.house & (np.abs(envelope.area_m2 - 110) < 10)
    old, new = large & (envelope.era <= 2), large & (envelope.era == 6)
    assert 200 < 1000 * np.median(envelope.h_out_kw_k[old]) < 400  # E061
    assert 70 < 1000 * np.median(envelope.h_out_kw_k[new]) < 180
    assert np.all(envelope.h_am_kw_k > envelope.h_out_kw_k * 0.5)


def test_heating_is_sized_for_the_coldest_day():
    town = settle(Recipe("france"), 5000, 1)
    heating, design_k = town.heating, 20.0 - presets.read("france").building.design_c
    able_kw = heating.limit_kw + heating.backup_kw
    assert np.all(able_kw >= 1.2 * town.envelope.h_out_kw_k * design_k)
    assert np.all((heating.backup_kw > 0) == (heating.kind == HEAT_PUMP))
    assert np.all(heating.fan_kw[heating.kind != NOT_ELECTRIC] == 0)


def test_tanks_have_the_losses_and_elements_of_the_trade():
    tank = settle(Recipe("france"), 5000, 1).hot_water
    middle = tank.litres == 200
    per_day = 24 * 45 * tank.loss_kw_k[middle]
    assert per_day == pytest.approx(1.54, abs=0.02)  # E024: 1 to 2 kWh a day
    assert tank.element_kw[middle & (tank.kind != HEAT_PUMP)] == pytest.approx(2.16, abs=0.01)
    assert not np.any(tank.relay & (tank.kind != RESISTANCE))


@pytest.mark.parametrize("preset", presets.PRESETS)
def test_every_array_is_of_a_plain_type(preset):
    town = settle(Recipe(preset), 300, 1)
    for name, values in parts(town).items():
        assert values.dtype in (np.float64, np.int64, np.bool_), name
        assert len(values) == 300, name
        assert np.all(np.isfinite(values)), name


def test_the_table_speaks_in_words():
    table = settle(Recipe("france"), 400, 1).table()
    assert {len(column) for column in table.values()} == {400}
    assert set(table["house"]) == {"house", "flat"}
    assert set(table["tenure"]) == {"owner", "renter"}
    assert set(table["hot_water"]) == {"not_electric", "electric", "heat_pump"}
    assert "before 1919" in table["era"]
    assert set(table["income"]) == {"lowest", "low", "middle", "high", "highest"}


def test_a_town_of_unlike_lengths_is_refused():
    town = settle(Recipe("france"), 10, 1)
    with pytest.raises(ValueError, match=r"people\.persons has 10 entries for 9 homes"):
        dataclasses.replace(town, homes=town.homes[:9])


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ({"pv": 1.2}, r"^pv must lie in 0-1, got 1.2"),
        ({"ev": -0.1}, r"^ev must lie in 0-1, got -0.1"),
        (
            {"heat_pump": 0.7, "electric_heat": 0.6},
            r"^heat_pump \+ electric_heat must not pass 1, got 1.3",
        ),
        ({"thermostat": float("nan")}, r"^thermostat must lie in 0-1, got nan"),
    ],
)
def test_shares_that_make_no_sense_are_refused(shares, said):
    with pytest.raises(ValueError, match=said):
        Overrides(**shares)


def test_an_unknown_preset_is_refused():
    with pytest.raises(ValueError, match=r"must be one of california, .*, uk, got 'mars'"):
        Recipe("mars")


def test_a_town_needs_homes():
    with pytest.raises(ValueError, match="homes must be at least 1, got 0"):
        settle(Recipe("france"), 0, 1)


def test_sizes_by_use_move_nothing_but_sizes():
    shares = Overrides(pv=0.4, battery=0.3)
    by_roof = settle(Recipe("germany", shares), 1500, 3)
    by_use = settle(Recipe("germany", shares, Sizes(1.0, 2.0)), 1500, 3)
    moved = ("producers.pv_kwp", "producers.battery_kwh", "producers.battery_kw")
    assert_same(by_roof, by_use, but=moved)
    for name in ("pv", "battery"):
        assert np.array_equal(owners(by_roof)[name], owners(by_use)[name]), name
    both = owners(by_use)["pv"] & owners(by_use)["battery"]
    roof = by_use.producers
    assert roof.battery_kwh[both] == pytest.approx(2.0 * roof.pv_kwp[both])


def test_larger_households_get_larger_roofs_by_use():
    town = settle(Recipe("uk", Overrides(pv=1.0), Sizes(pv_kwp_per_mwh=1.0)), 4000, 3)
    kwp = [town.producers.pv_kwp[town.people.persons == n].mean() for n in (1, 2, 3, 4)]
    assert np.all(np.diff(kwp) > 0.2)
    twice = settle(Recipe("uk", Overrides(pv=1.0), Sizes(pv_kwp_per_mwh=2.0)), 4000, 3)
    assert twice.producers.pv_kwp == pytest.approx(2.0 * town.producers.pv_kwp)


@pytest.mark.parametrize("size", [0.0, -1.0, float("nan")])
def test_a_size_that_makes_no_sense_is_refused(size):
    with pytest.raises(ValueError, match="pv_kwp_per_mwh must be above 0"):
        Sizes(pv_kwp_per_mwh=size)
