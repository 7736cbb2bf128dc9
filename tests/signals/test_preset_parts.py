"""What a price list says becomes the parts of a contract, and every number keeps its source."""

import tomllib

import pytest

from gridsim.signals import preset_parts
from gridsim.signals.parts import (
    NO_PARTS,
    Adder,
    Blocks,
    Crediting,
    Demand,
    Export,
    Fixed,
    Kind,
    Per,
    Subscribed,
    Taxes,
    Window,
)
from gridsim.signals.tariff import Band, DayType, Flat, TimeOfUse

TEXT = """
billing_months = 2
vat = { value = 0.2, status = "VERIFIED", source = "law" }
standing_vat = { value = 0.055, status = "VERIFIED", source = "law" }
excise = { value = 0.03, status = "VERIFIED", source = "law" }

[[adders]]
name = "grid"
kind = "network"
bands = [
  { name = "day", price = 0.04, hours = [[6, 22]], status = "VERIFIED", source = "sheet" },
  { name = "night", price = 0.02, hours = [[22, 6]], status = "VERIFIED", source = "sheet" },
]

[[adders]]
name = "fund"
kind = "levy"
price = 0.01
status = "ASSUMED"
source = "guess"

[[fixed]]
name = "rebate"
amount = -130.0
per = "year"
status = "VERIFIED"
source = "sheet"

[[blocks]]
name = "tier"
bounds_kwh = [600]
adders = [0, 0.02]
months = [5, 6]
status = "VERIFIED"
source = "board"

[[demand]]
name = "peak"
price = 50.0
per = "year"
rolling = 12
minimum_kw = 2.5
days = ["weekday"]
hours = [[7, 20]]
months = [11, 12]
over = "season"
status = "VERIFIED"
source = "sheet"

[[demand]]
name = "steps"
minutes = 60
highest = 3
one_a_day = true
steps = [[2, 125], [5, 190]]
status = "VERIFIED"
source = "sheet"

[subscribed]
kw = 4.6
price_kw_year = 27.0
trips = true
status = "DERIVED"
source = "sum"

[export]
crediting = "net_billing"
cash_out = 1
cash_out_month = 4
status = "VERIFIED"
source = "law"
"""
ENTRY = tomllib.loads(TEXT)


def test_every_part_of_a_list_is_read():
    parts = preset_parts.parts(ENTRY)
    grid = TimeOfUse((Band(0.04, ((6, 22),), name="day"), Band(0.02, ((22, 6),), name="night")))
    assert parts.taxes == Taxes(0.2, 0.055, 0.03, included=False)
    assert parts.adders == (Adder("grid", grid), Adder("fund", Flat(0.01), Kind.LEVY))
    assert parts.fixed == (Fixed("rebate", -130.0, Per.YEAR),)
    assert parts.blocks == (Blocks((600,), (0, 0.02), months=(5, 6), name="tier"),)
    window = Window(((7, 20),), (DayType.WEEKDAY,), (11, 12))
    peak, steps = parts.demand
    assert peak == Demand(
        "peak", 50.0, Per.YEAR, rolling=12, minimum_kw=2.5, window=window, over=Per.SEASON
    )
    assert steps == Demand(
        "steps", minutes=60, highest=3, one_a_day=True, steps=((2, 125), (5, 190))
    )
    assert parts.subscribed == Subscribed(4.6, 27.0, trips=True)
    assert parts.export == Export(Crediting.NET_BILLING, cash_out=1, cash_out_month=4)
    assert parts.months == 2


def test_a_list_without_parts_has_none():
    assert preset_parts.parts({}) == NO_PARTS


def test_every_number_of_a_part_is_a_figure_with_its_source():
    found = {figure.name: figure for figure in preset_parts.figures(ENTRY)}
    assert found["vat"].values == (0.2,)
    assert found["grid day"].values == (0.04,)
    assert found["fund"].source == "guess"
    assert found["rebate"].values == (-130.0,)
    assert found["tier"].values == (0.0, 0.02)
    assert found["peak"].values == (50.0,)
    assert found["steps"].values == (2.0, 125.0, 5.0, 190.0)
    assert found["subscribed"].values == (4.6, 27.0)
    assert found["export"].values == (1.0,)
    assert len(found) == 12


def test_a_number_without_a_source_is_refused():
    with pytest.raises(ValueError, match="rate: every number needs a status and a source"):
        preset_parts.figures({"rate": {"value": 0.2, "status": "VERIFIED"}})
