"""A contract or a switch that a scenario writes out becomes the records of the signals room."""

import datetime as dt
import re
from pathlib import Path

import numpy as np
import pytest

from gridsim.billing.settle import settle
from gridsim.core.clock import day_number
from gridsim.engine import felt
from gridsim.scenario import dump, load, resolve, words
from gridsim.scenario.resolve import Case
from gridsim.signals.contract import Contract
from gridsim.signals.parts import Crediting, Demand, Fixed, Kind, Per, Taxes, Window
from gridsim.signals.tariff import DayType, Flat
from gridsim.signals.whole import Whole

BASE = """title = "Test"
[period]
start = 2023-01-09
end = 2023-01-12
step_minutes = 15
[place]
name = "Lyon"
carbon = 500.0
[population]
homes = 10
[arms.flat]
tariff = "base-2026"
[arms.other]
"""
FLAT = 'energy = { kind = "flat", price = 0.1, standing_year = 60, export_price = 0.03 }\n'


def case(parts: str, energy: str = FLAT, more: str = "") -> Case:
    """Resolve a scenario whose second arm has a contract of these parts."""
    text = f'{BASE}{more}\n[arms.other.tariff]\nkind = "contract"\n{energy}{parts}\n'
    found = load.loads(text)
    assert load.loads(dump.dump(found)) == found
    return resolve.resolve(found)


def signed(parts: str, energy: str = FLAT, more: str = "") -> Contract:
    return case(parts, energy, more).arms[1].contract


def test_the_energy_brings_its_standing_charge_and_feed_in_price() -> None:
    contract = signed("")
    assert contract.tariff == Flat(0.1)
    assert (contract.standing_year, contract.export_price) == (60, 0.03)


def test_taxes_charges_and_billing_months_are_taken_over() -> None:
    contract = signed(
        "taxes = { vat = 0.2, standing_vat = 0.055, per_kwh = 0.03 }\n"
        'standing = [ { name = "a", amount = 2.5, per = "day" }, { name = "x", amount = -1 } ]\n'
        "billing_months = 2"
    )
    assert contract.parts.taxes == Taxes(0.2, 0.055, 0.03)
    assert contract.parts.fixed == (Fixed("a", 2.5, Per.DAY), Fixed("x", -1.0, Per.MONTH))
    assert contract.parts.months == 2


def test_a_kilowatt_hour_costs_all_its_parts_and_their_taxes() -> None:
    found = case(
        "taxes = { vat = 0.2, per_kwh = 0.03 }\n"
        'network = [ { name = "net", price = 0.05 } ]\n'
        'levies = [ { name = "levy", price = 0.01 } ]\n'
        "carbon = { price_t = 100 }"
    )
    contract = found.arms[1].contract
    assert [adder.kind for adder in contract.parts.adders] == [Kind.NETWORK, Kind.LEVY, Kind.CARBON]
    # 100 EUR/t at 500 g/kWh are 0.05 EUR/kWh
    whole = 1.2 * (0.1 + 0.05 + 0.01 + 0.05 + 0.03)
    assert Whole(contract).price(found.clock) == pytest.approx(np.full(3 * 96, whole))


def test_a_carbon_signal_is_felt_and_not_paid() -> None:
    found = case("carbon = { price_t = 100, billed = false }")
    contract = found.arms[1].contract
    assert Whole(contract).price(found.clock) == pytest.approx(np.full(3 * 96, 0.1))
    assert felt.by_step(contract, found.clock) == pytest.approx(np.full(3 * 96, 0.05))
    kwh = np.ones(found.clock.steps)
    bill = settle(contract, found.clock, kwh, np.zeros(found.clock.steps))
    assert bill.energy == pytest.approx(0.1 * found.clock.steps)
    assert "carbon" not in {line.name for line in bill.lines}


def test_a_network_table_prices_each_hour() -> None:
    found = case("""[arms.other.tariff.network]
    kind = "time_of_use"
    bands = [ { price = 0.2, hours = ["17:00-20:00"] }, { price = 0.0, hours = ["20:00-17:00"] } ]
    """)
    price = Whole(found.arms[1].contract).price(found.clock)[:96]
    assert price[17 * 4 : 20 * 4] == pytest.approx(np.full(12, 0.3))
    assert np.delete(price, range(68, 80)) == pytest.approx(np.full(84, 0.1))


def test_prices_of_blocks_are_what_they_add_to_the_energy_price() -> None:
    blocks = "blocks = [ { bounds_kwh = [100, 300], prices = [0.1, 0.2, 0.05], months = [7, 6] } ]"
    (found,) = signed(blocks).parts.blocks
    assert found.bounds_kwh == (100, 300)
    assert found.adders == pytest.approx((0.0, 0.1, -0.05))
    assert found.months == (6, 7)


def test_a_demand_charge_is_taken_over_whole() -> None:
    contract = signed("""
    [[arms.other.tariff.demand]]
    name = "peak"
    price = 8
    per = "year"
    minutes = 60
    highest = 3
    one_a_day = true
    hours = ["17:00-20:30"]
    days = ["weekday"]
    months = [12, 1]
    over = "season"
    minimum_kw = 2.5
    [[arms.other.tariff.demand]]
    name = "steps"
    rolling = 12
    steps = [ { to_kw = 2, price_month = 10 }, { to_kw = 5, price_month = 20 } ]
    """)
    window = Window(((17.0, 20.5),), (DayType.WEEKDAY,), (1, 12))
    peak = Demand("peak", 8.0, Per.YEAR, 60, 3, one_a_day=True, window=window, over=Per.SEASON,
                  minimum_kw=2.5)  # fmt: skip
    steps = Demand("steps", rolling=12, steps=((2.0, 10.0), (5.0, 20.0)))
    assert contract.parts.demand == (peak, steps)


def test_subscribed_power_and_exports_are_taken_over() -> None:
    contract = signed(
        "subscribed = { kw = 6, price_kw_year = 12, overrun_kwh = 0.5, trips = true }\n"
        'export = { kind = "net_billing", price = -0.01, cash_out = 0.5, cash_out_month = 3,'
        " limit_kw = 5 }"
    )
    subscribed, export = contract.parts.subscribed, contract.parts.export
    assert subscribed is not None
    assert (subscribed.kw, subscribed.price_kw_year) == (6, 12)
    assert (subscribed.overrun_kwh, subscribed.trips) == (0.5, True)
    assert export is not None
    assert (export.crediting, export.cash_out, export.limit_kw) == (Crediting.NET_BILLING, 0.5, 5)
    assert export.cash_out_month == 3
    assert contract.export_price == -0.01


def test_prices_of_exports_follow_their_table_until_the_arm_says_another() -> None:
    export = """[arms.other.tariff.export]
    kind = "feed_in"
    [arms.other.tariff.export.prices]
    kind = "time_of_use"
    bands = [ { price = 0.08, hours = ["12:00-24:00"] }, { price = 0.02, hours = ["00:00-12:00"] } ]
    """
    found = case(export)
    earned = Whole(found.arms[1].contract).export_price(found.clock)
    assert earned[:96] == pytest.approx(np.repeat([0.02, 0.08], 48))
    found = case(export, more="export_price = 0.11")
    assert (Whole(found.arms[1].contract).export_price(found.clock) == 0.11).all()


def test_a_named_energy_price_keeps_its_own() -> None:
    contract = signed('network = { kind = "flat", price = 0.01 }', 'energy = "base-2026"\n')
    assert contract.tariff == Flat(0.194)
    assert contract.standing_year == pytest.approx(169.92)
    assert contract.source.endswith("; parts: the scenario")


def test_a_critical_price_can_be_part_of_a_contract() -> None:
    found = case(
        'levies = [ { name = "levy", price = 0.01 } ]',
        'energy = { kind = "critical_peak", base = "base-2026", price = 1.0,'
        ' dates = [2023-01-10], hours = ["18:00-20:00"] }\n',
    )
    price = Whole(found.arms[1].contract).price(found.clock)
    assert price[96 + 72 : 96 + 80] == pytest.approx(np.full(8, 1.01))
    assert price[:96] == pytest.approx(np.full(96, 0.204))


# Switches


SWITCH = """tariff = { kind = "switch", steps = [
  { tariff = { kind = "flat", price = 0.1, export_price = 0.01 } },
  { start = 2023-01-10, tariff = { kind = "contract", energy = { kind = "flat", price = 0.2 } } },
  { start = 2023-01-11, tariff = "hphc-2026" },
] }"""


def test_a_switch_signs_one_contract_after_the_other() -> None:
    found = resolve.resolve(load.loads(BASE + SWITCH))
    contract = found.arms[1].contract
    assert [day for day, _ in contract.later] == [
        day_number(dt.date(2023, 1, 10)),
        day_number(dt.date(2023, 1, 11)),
    ]
    price = Whole(contract).price(found.clock)
    assert price[:96] == pytest.approx(np.full(96, 0.1))
    assert price[96:192] == pytest.approx(np.full(96, 0.2))
    assert price[192] == 0.1579


def test_a_feed_in_price_of_the_arm_holds_after_a_switch_too() -> None:
    found = resolve.resolve(load.loads(BASE + SWITCH + "\nexport_price = 0.07"))
    assert (Whole(found.arms[1].contract).export_price(found.clock) == 0.07).all()


def test_a_switch_that_needs_colours_gets_them() -> None:
    text = SWITCH.replace("hphc-2026", "tempo-2026")
    found = resolve.resolve(load.loads(BASE + text))
    labels = [notice.label for notice in Whole(found.arms[1].contract).notices(found.clock)]
    assert labels == ["white", "red"]  # the rest of the Tempo day before, and the last day


def test_the_words_tell_parts_and_switches() -> None:
    found = load.loads(BASE + SWITCH)
    assert "from 2023-01-11 hphc-2026" in words.describe(found)
    text = f'{BASE}[arms.other.tariff]\nkind = "contract"\n{FLAT}subscribed = {{ kw = 6 }}\n'
    assert "one price, 0.1000 per kWh, 6 kW subscribed" in words.describe(load.loads(text))


# Named tariffs, and what a table says of a series


def other(text: str, more: str = "") -> Case:
    """Resolve a scenario whose second arm says this."""
    found = load.loads(f"{BASE}{text}\n{more}")
    assert load.loads(dump.dump(found)) == found
    return resolve.resolve(found)


def prices_csv(folder: Path, minutes: int, prices: list[float]) -> Path:
    """Write prices by the minutes from 2023-01-09 on, again and again for five days."""
    first = dt.datetime(2023, 1, 8, 23, tzinfo=dt.UTC)
    steps = 5 * 24 * 60 // minutes
    rows = [
        f"{(first + n * dt.timedelta(minutes=minutes)).isoformat()},{prices[n % len(prices)]}"
        for n in range(steps)
    ]
    file = folder / "prices.csv"
    file.write_text("\n".join(["time,price", *rows]) + "\n")
    return file


@pytest.mark.parametrize("minutes", [15, 30, 60])
def test_a_series_has_surcharges_bounds_and_its_own_hour_of_notice(
    tmp_path: Path, minutes: int
) -> None:
    file = prices_csv(tmp_path, minutes, [-0.2, 0.1, 0.6])
    found = other(f"""[arms.other.tariff]
    kind = "dynamic"
    series = "{file}"
    factor = 2.0
    adder = 0.01
    cap = 1.0
    floor = -0.3
    told = "16:00"
    surcharges = [ {{ price = 0.12, hours = ["16:00-19:00"] }} ]
    """)
    tariff = found.arms[1].contract.tariff
    price = tariff.price(found.clock)[:: minutes // 15]
    day = 24 * 60 // minutes
    dear = [16 * 60 <= minutes * n < 19 * 60 for n in range(day)]
    raw = np.resize([-0.2, 0.1, 0.6], day) * 2 + 0.01 + np.where(dear, 0.12, 0.0)
    assert price[:day] == pytest.approx(np.clip(raw, -0.3, 1.0))
    assert tariff.notices(found.clock)[1].published_s == found.clock.start_s + 16 * 3600


def test_a_named_dynamic_tariff_takes_a_file(tmp_path: Path) -> None:
    file = prices_csv(tmp_path, 30, [0.05])
    found = other(f'tariff = {{ kind = "named", name = "uk-agile-2024", series = "{file}" }}')
    low, high = np.unique(found.arms[1].contract.tariff.price(found.clock).round(9))
    assert high - low == pytest.approx(0.12)  # from 16:00 to 19:00
    assert not any("synthetic, made of hour" in note for note in found.notes)
    made_up = other('tariff = "uk-agile-2024"')
    assert any("arm other: its wholesale price is synthetic" in note for note in made_up.notes)


def test_named_off_peak_hours_can_be_those_of_the_place() -> None:
    hours = '["02:00-07:00", "13:00-16:00"]'
    found = other(f'tariff = {{ kind = "named", name = "hphc-2026", off_peak = {hours} }}')
    price = found.arms[1].contract.tariff.price(found.clock)[:96]
    low = [2 <= n / 4 < 7 or 13 <= n / 4 < 16 for n in range(96)]
    assert (price == np.where(low, 0.1579, 0.2065)).all()


def test_a_relative_series_anywhere_in_a_tariff_starts_at_the_file(tmp_path: Path) -> None:
    prices_csv(tmp_path, 60, [0.05])
    file = tmp_path / "x.toml"
    parts = """energy = { kind = "dynamic", series = "./prices.csv" }
    network = [ { name = "net", prices = { kind = "dynamic", series = "./prices.csv" } } ]
    [[arms.other.tariff.levies]]
    name = "x"
    prices = { kind = "dynamic", series = "./prices.csv" }
    """
    file.write_text(f'{BASE}[arms.other.tariff]\nkind = "contract"\n{parts}')
    found = load.load(file)
    assert load.loads(dump.dump(found)) == found
    clock = resolve.resolve(found).clock
    whole = Whole(resolve.resolve(found).arms[1].contract).price(clock)
    assert whole == pytest.approx(np.full(clock.steps, 0.15))


# Dates of prices


@pytest.mark.parametrize(
    ("tariff", "note"),
    [
        ('"tempo-2026"', "arm other: tempo-2026 holds from 2026-02-01"),
        ('{ kind = "flat", price = 0.1, valid_from = 2023-01-10 }', "flat holds from 2023-01-10"),
        ('{ kind = "flat", price = 0.1, valid_until = 2023-01-10 }', "holds until 2023-01-10"),
        (
            '{ kind = "contract", energy = { kind = "flat", price = 0.1 },'
            ' network = { kind = "flat", price = 0.1, valid_until = 2020-01-01 } }',
            "holds until 2020-01-01",
        ),
    ],
)
def test_prices_outside_their_dates_are_noted(tariff: str, note: str) -> None:
    assert any(note in said for said in other(f"tariff = {tariff}").notes)


def test_prices_of_a_switch_need_to_hold_while_they_are_used() -> None:
    switch = """tariff = { kind = "switch", steps = [
      { tariff = { kind = "flat", price = 0.1, valid_until = 2023-01-09 } },
      { start = 2023-01-10, tariff = { kind = "flat", price = 0.2, valid_from = 2023-01-10 } },
    ] }"""
    assert not any("flat holds" in note for note in other(switch).notes)
    late = switch.replace("start = 2023-01-10", "start = 2023-01-11")
    assert any("flat holds until 2023-01-09" in note for note in other(late).notes)


def test_a_demand_interval_shorter_than_a_step_is_noted() -> None:
    demand = 'demand = [ { name = "peak", price = 5, minutes = 5 } ]'
    notes = case(demand).notes
    assert any("means over 5 min; with steps of 15 min the means over 15 min" in n for n in notes)


def test_the_words_tell_named_tariffs_with_their_hours_and_series() -> None:
    hours = 'tariff = { kind = "named", name = "hphc-2026", off_peak = ["02:00-07:00"] }'
    assert "hphc-2026, off-peak at 02:00-07:00" in words.describe(load.loads(BASE + hours))
    series = 'tariff = { kind = "named", name = "uk-agile-2024", series = "./p.csv" }'
    assert "uk-agile-2024, by the file's wholesale" in words.describe(load.loads(BASE + series))


def test_a_feed_in_price_beside_net_metering_is_noted() -> None:
    notes = case('export = { kind = "net_metering" }', more="export_price = 0.1").notes
    assert any("arm other: its export_price is of no account" in note for note in notes)


def test_the_tariff_in_the_readme_is_right() -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")
    (table,) = re.findall(r"```toml\n(\[arms\.capacity\.tariff\].*?)```", readme, re.DOTALL)
    found = load.loads(BASE.replace("[arms.other]\n", "") + table)
    contract = resolve.resolve(found).arms[1].contract
    assert contract.parts.demand[0].rolling == 12
    assert contract.parts.blocks[0].adders == (0.0, 0.03)
