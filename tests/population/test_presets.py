"""Presets: every number has a source, joint tables add up, and France agrees with the raw stock."""

import os
import tomllib
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from gridsim.population import presets, settle_people
from gridsim.population.town import ERAS, FUELS

FILES = ("common", *presets.PRESETS)


def tables(name):
    folder = resources.files("gridsim.population").joinpath("stock")
    return tomllib.loads(folder.joinpath(f"{name}.toml").read_text("utf-8"))


def raw(*path):
    """Return a file of the data folder, or skip."""
    folder = os.environ.get("GRIDSIM_DATA")
    if not folder:
        pytest.skip("GRIDSIM_DATA names no data folder")
    return Path(folder).joinpath(*path)


@pytest.mark.parametrize("name", FILES)
def test_every_table_names_its_source(name):
    for title, table in tables(name).items():
        leaves = table.values() if title == "odds" else (table,)
        for leaf in leaves:
            assert any(key.startswith("source") and leaf[key] for key in leaf), title


@pytest.mark.parametrize("name", presets.PRESETS)
def test_a_preset_is_whole(name):
    preset = presets.read(name)
    assert preset.stock.sum() == pytest.approx(1.0)
    assert preset.stock.min() >= 0
    assert preset.shares.shape == (len(presets.CHOICES),)
    assert np.all((preset.shares >= 0) & (preset.shares <= 1))
    assert preset.building.loss_w_m2k.shape == (2, len(ERAS), 3)
    assert preset.household.sizes.sum() == pytest.approx(1.0, abs=1e-9)
    for shares in (preset.building.state, preset.building.mass_share):
        assert shares.sum(axis=1) == pytest.approx(1.0)
    for shares in (preset.solar.kwp_share, preset.drive.charger_share):
        assert shares.sum() == pytest.approx(1.0)


@pytest.mark.parametrize("name", presets.PRESETS)
def test_refurbishment_lowers_losses(name):
    loss = presets.read(name).building.loss_w_m2k
    assert np.all(np.diff(loss, axis=-1)[..., 1] < 0)
    assert np.all(loss[..., 1] < 1.02 * loss[..., 0])


@pytest.mark.parametrize("name", presets.PRESETS)
def test_household_sizes_given_the_dwelling_add_up_to_the_published_sizes(name):
    preset = presets.read(name)
    homes = preset.stock.sum(axis=(1, 2, 4))
    shares = settle_people.size_shares(name)
    assert (homes[..., None] * shares).sum(axis=(0, 1)) == pytest.approx(preset.household.sizes)
    persons = shares[1, homes[1] > 0] @ np.arange(1, 7)
    assert np.all(np.diff(persons) > 0), "larger houses hold more people"


def test_mean_household_sizes_are_those_of_the_census_offices():
    means = {name: presets.read(name).household.sizes @ np.arange(1, 7) for name in presets.PRESETS}
    assert means["france"] == pytest.approx(2.16, abs=0.02)  # INSEE 2021
    assert means["germany"] == pytest.approx(1.99, abs=0.03)  # Destatis 2018
    assert means["uk"] == pytest.approx(2.36, abs=0.05)  # ONS 2020: 2.4


def test_small_uses_by_income_keep_their_mean():
    for name in presets.PRESETS:
        assert presets.read(name).household.usage_income.mean() == pytest.approx(1.0)


def test_a_table_with_a_missing_number_is_refused():
    with pytest.raises(ValueError, match="Level and its table differ in light"):
        presets._record(presets.Level, {"small": [1], "screens": [1], "cooking": [1]})


def test_odds_on_an_unknown_feature_are_refused():
    with pytest.raises(ValueError, match="odds know no colour"):
        presets._odds({"colour": 1.0})


def raw_stock():
    """Return the counts of French main homes by type, era, tenure and heating system."""
    pandas = pytest.importorskip("pandas")
    path = raw("fr_housing_stock", "base_logement_agregee.csv.gz")
    homes = pandas.read_csv(path, sep=";")
    return homes[homes.occupancy_status != "non primary residence"]


def share_of(homes, column):
    """Return the shares of the values of a column, weighted by dwellings."""
    return homes.groupby(column).IPONDL.sum() / homes.IPONDL.sum()


@pytest.mark.data
def test_the_french_table_keeps_the_margins_of_the_raw_stock():
    homes, stock = raw_stock(), presets.read("france").stock
    systems = share_of(homes, "heating_system")
    by_fuel = stock.sum(axis=(0, 1, 2, 3))
    assert by_fuel[FUELS.index("electric")] == pytest.approx(
        systems["Chauffage électrique"], abs=1e-4
    )
    assert by_fuel[FUELS.index("gas")] == pytest.approx(systems["Chaudière gaz"], abs=1e-4)
    assert by_fuel[FUELS.index("heat_pump")] == pytest.approx(
        systems["Pompes à chaleur électricité"], abs=1e-4
    )
    eras = share_of(homes, "construction_year_class").sort_index()
    assert stock.sum(axis=(0, 1, 3, 4)) == pytest.approx(eras.to_numpy(), abs=1e-4)
    types = share_of(homes, "residential_type")
    assert stock[1].sum() == pytest.approx(types["house"], abs=1e-4)
    owners = share_of(homes, "occupancy_status")["owner"]
    assert stock[:, 1].sum() == pytest.approx(owners, abs=1e-4)


@pytest.mark.data
def test_the_french_table_keeps_what_goes_together():
    homes, stock = raw_stock(), presets.read("france").stock
    electric = homes[homes.heating_system == "Chauffage électrique"]
    joint = electric.groupby(["residential_type", "construction_year_class"]).IPONDL.sum()
    wanted = (joint / homes.IPONDL.sum()).unstack().to_numpy()
    found = stock[..., FUELS.index("electric")].sum(axis=(1, 3))
    assert found == pytest.approx(wanted, abs=1e-4)


@pytest.mark.data
def test_french_losses_are_those_of_tabula():
    pandas = pytest.importorskip("pandas")
    rows = pandas.read_csv(raw("tabula_episcope", "tabula_FR_short.csv"))
    rows = rows[rows.Year1_Building == 2006].set_index(["Code_BuildingSizeClass"])
    built = rows[rows.Code_BuildingVariant.str.endswith("001")]
    loss = built.h_Transmission + built.h_Ventilation
    house = 1.1 * (0.65 * loss["SFH"] + 0.35 * loss["TH"])
    assert presets.read("france").building.loss_w_m2k[1, 5, 0] == pytest.approx(house, abs=0.02)
