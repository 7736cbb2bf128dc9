"""A scenario written out and read again is the same, and its fingerprint tells it from others."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridsim.core.clock import make_clock
from gridsim.scenario import dump, load, names, signing, starter
from gridsim.scenario.composed import Contract
from gridsim.scenario.contracts import Seen
from gridsim.scenario.models import Scenario
from gridsim.signals.tempo import Colours
from gridsim.signals.weather import Weather
from gridsim.signals.whole import Whole

FEW = settings(max_examples=50, deadline=None)
SHARE = st.one_of(st.none(), st.floats(0, 0.5), st.sampled_from([0, 1e-9]))
PRICE = st.floats(0, 3)
WORDS = st.text("aé😀 \t\n\r\"\\'#=\x00\x7f", max_size=8)


def tables(**values: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Make tables without what is None."""
    return st.fixed_dictionaries(values).map(
        lambda table: {key: held for key, held in table.items() if held is not None}
    )


MONEY = {"standing_year": st.floats(0, 400), "export_price": st.floats(-1, 1)}
COLOUR = tables(off_peak=PRICE, peak=PRICE)
HOURS = st.integers(1, 23).flatmap(
    lambda cut: st.just((f"00:00-{cut:02d}:00", f"{cut:02d}:00-24:00"))
)
TARIFF = st.one_of(
    st.sampled_from(names.tariffs()),
    tables(kind=st.just("flat"), price=PRICE, **MONEY),
    tables(kind=st.just("tempo"), blue=COLOUR, white=COLOUR, red=COLOUR, **MONEY),
    tables(
        kind=st.just("time_of_use"),
        bands=st.tuples(HOURS, PRICE, PRICE).map(
            lambda cut: [
                {"price": cut[1], "hours": [cut[0][0]]},
                {"price": cut[2], "hours": [cut[0][1]]},
            ]
        ),
        **MONEY,
    ),
)
CENTS = st.one_of(st.none(), PRICE)
ADDER = tables(name=WORDS.filter(bool), price=PRICE)
BLOCKS = st.lists(PRICE, min_size=2, max_size=4).flatmap(
    lambda prices: tables(
        bounds_kwh=st.just([100.0 * n for n in range(1, len(prices))]),
        adders=st.just(prices),
        per=st.sampled_from([None, "day", "month"]),
        months=st.one_of(st.none(), st.lists(st.integers(1, 12), min_size=1)),
    )
)
DEMAND = tables(
    name=st.just("peak"),
    price=PRICE,
    per=st.sampled_from(["month", "year"]),
    minutes=st.sampled_from([None, 5, 10, 15, 30, 60]),
    highest=st.integers(1, 9),
    one_a_day=st.booleans(),
    hours=st.one_of(st.none(), st.just(["17:00-20:00", "22:00-02:00"])),
    days=st.one_of(st.none(), st.lists(st.sampled_from(["weekday", "holiday"]), min_size=1)),
    months=st.one_of(st.none(), st.lists(st.integers(1, 12), min_size=1)),
    over=st.sampled_from(["month", "season", "year"]),
    minimum_kw=st.one_of(st.none(), st.floats(0, 20)),
)


def taxed_once(contract: dict[str, Any]) -> dict[str, Any]:
    """Return a contract whose taxes do not come on top of prices that have them in them."""
    named = contract["energy"] if isinstance(contract["energy"], str) else ""
    if named and names.quoted_with_taxes(named):
        contract["taxes"]["included"] = True
    return contract


CONTRACT = tables(
    kind=st.just("contract"),
    energy=TARIFF,
    taxes=tables(vat=SHARE, standing_vat=SHARE, per_kwh=PRICE, included=st.booleans()),
    standing=st.lists(tables(name=st.just("x"), amount=st.floats(-9, 9)), max_size=1),
    network=st.one_of(
        st.none(), st.lists(ADDER, max_size=1), tables(kind=st.just("flat"), price=PRICE)
    ),
    levies=st.lists(ADDER, max_size=1),
    carbon=st.one_of(st.none(), tables(price_t=PRICE)),
    blocks=st.lists(BLOCKS, max_size=2),
    demand=st.lists(DEMAND, max_size=1),
    subscribed=st.one_of(
        st.none(), tables(kw=st.floats(0.1, 36), price_kw_year=CENTS, trips=st.booleans())
    ),
    export=st.one_of(
        st.none(),
        tables(kind=st.just("net_metering"), cash_out=CENTS, limit_kw=CENTS),
        tables(kind=st.just("feed_in"), price=CENTS),
    ),
    billing_months=st.sampled_from([None, 1, 2, 3, 4, 6, 12]),
    valid_until=st.one_of(st.none(), st.dates(dt.date(2000, 1, 1))),
).map(taxed_once)
SWITCH = st.tuples(st.sampled_from(["base-2026", "tempo-2026"]), st.just("hphc-2026")).map(
    lambda two: {
        "kind": "switch",
        "steps": [{"tariff": two[0]}, {"start": dt.date(2040, 1, 1), "tariff": two[1]}],
    }
)
DEVICES = dict.fromkeys(("pv", "battery", "ev", "heat_pump", "electric_heat"), SHARE)
GROUPS = st.one_of(
    st.sampled_from(["none", "heating", "fuel", "tenure", "ev", "persons"]),
    tables(attribute=st.just("area_m2"), bounds=st.just([50.0, 80.5])),
    st.just(["house", {"attribute": "persons", "bounds": [3.0]}, "pv"]),
)
FILTER = tables(
    heating=st.sampled_from([None, "heat_pump", ["gas", "oil"]]),
    pv=st.sampled_from([None, True, False]),
    persons=st.sampled_from([None, 2, [1, 2], {"at_least": 3.0}, {"below": 4.0}]),
).filter(bool)
PROFILES = st.one_of(
    st.booleans(),
    tables(
        flows=st.sampled_from([None, ["net"], ["import", "export"]]),
        resolution_minutes=st.sampled_from([None, 60]),
        dtype=st.sampled_from([None, "int16"]),
        filter=st.one_of(st.none(), FILTER),
    ),
    tables(sample=st.integers(1, 500)),
)
ARM = tables(
    tariff=st.one_of(TARIFF, CONTRACT, SWITCH),
    label=WORDS,
    channel=st.sampled_from(["bill", "app", "display"]),
    export_price=st.one_of(st.none(), PRICE),
    devices=tables(**DEVICES),
    automation=tables(ev=SHARE, battery=st.sampled_from(["price", None]), hot_water=st.booleans()),
)
SCENARIO = tables(
    title=WORDS.filter(bool),
    question=WORDS,
    seed=st.integers(0, 2**63 - 1),
    period=tables(
        start=st.dates(dt.date(1971, 1, 1), dt.date(2039, 12, 31)),
        end=st.dates(dt.date(2040, 1, 2), dt.date(2050, 1, 1)),
        step_minutes=st.sampled_from([1, 5, 10, 15, 30, 60, None]),
    ),
    place=tables(
        name=st.sampled_from(names.places()),
        weather=st.sampled_from([None, "typical", "data:a b.epw", "/x/é.csv"]),
        carbon=st.one_of(st.none(), st.just("FR"), st.floats(0, 3000)),
    ),
    population=tables(homes=st.integers(1, 10_000_000), **DEVICES),
    arms=st.dictionaries(st.text("ab9_-", min_size=1, max_size=4), ARM, min_size=1, max_size=3),
    output=tables(
        follow=st.integers(0, 100),
        groups=GROUPS,
        uses=st.sampled_from([None, True, False, ["ev", "heating"]]),
        resolution_minutes=st.sampled_from([None, 60]),
        profiles=PROFILES,
    ),
)


@FEW
@given(SCENARIO)
def test_what_is_written_reads_the_same(raw: dict[str, Any]) -> None:
    before = Scenario.model_validate(raw)
    text = dump.dump(before)
    after = load.loads(text)
    assert after == before
    assert list(after.arms) == list(before.arms)
    assert dump.dump(after) == text


PERIOD = make_clock(dt.date(2023, 1, 9), dt.date(2023, 1, 10), 60, "Europe/Paris", "FR")
HOURS_HELD = PERIOD.steps
OUTSIDE = Weather(*(np.full(HOURS_HELD, 5.0) for _ in range(5)), label="mild", synthetic=True)


@FEW
@given(CONTRACT)
def test_what_a_scenario_takes_the_records_take(raw: dict[str, Any]) -> None:
    blue = Colours(int(PERIOD.local_day[0]) - 2, bytes(5))
    seen = Seen(blue, PERIOD, PERIOD, OUTSIDE, 1, np.full(HOURS_HELD, 50.0))
    contract = signing.contract(Contract.model_validate(raw), "EUR", seen)
    assert len(contract.parts.blocks) == len(raw["blocks"])
    assert len(contract.parts.demand) >= len(raw["demand"])
    assert np.isfinite(Whole(contract).price(PERIOD)).all()


@pytest.mark.parametrize("name", starter.shipped())
def test_shipped_scenarios_read_the_same(name: str) -> None:
    before = load.load(starter.shipped()[name])
    after = load.loads(dump.dump(before))
    assert after == before
    assert dump.fingerprint(after) == dump.fingerprint(before)


def test_every_default_is_written() -> None:
    text = dump.dump(load.load(starter.shipped()["quickstart"]))
    raw = tomllib.loads(text)
    assert raw["arms"]["flat"]["channel"] == "bill"
    machines = {"battery": "self_consumption", "hot_water": True, "curtail": False}
    assert raw["arms"]["flat"]["automation"] == machines
    told = {"follow": 20, "groups": "heating", "uses": True, "profiles": False, "causes": False}
    assert raw["output"] == told
    assert "pv" not in raw["population"]


def test_data_references_stay_as_written() -> None:
    found = load.load(starter.shipped()["quickstart"], ["place.weather=data:a/b.epw"])
    assert 'weather = "data:a/b.epw"' in dump.dump(found)


def in_folder(folder: Path, more: str = "") -> Scenario:
    """Return a scenario from a file in a folder, with a weather file beside it."""
    folder.mkdir()
    file = folder / "x.toml"
    text = starter.shipped()["quickstart"].read_text().replace('"typical"', '"w.epw"')
    file.write_text(text + more)
    return load.load(file)


def test_the_dump_of_a_file_finds_its_files_from_anywhere(tmp_path: Path) -> None:
    before = in_folder(tmp_path / "one")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "scenario.toml").write_text(dump.dump(before))
    assert load.load(tmp_path / "run" / "scenario.toml") == before


def test_the_fingerprint_does_not_know_folders(tmp_path: Path) -> None:
    one = in_folder(tmp_path / "one")
    two = in_folder(tmp_path / "two", '[output]\nfolder = "elsewhere"\n')
    assert one != two
    assert dump.fingerprint(one) == dump.fingerprint(two)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("seed", 99),
        ("population.homes", 501),
        ("place.weather", "data:other.epw"),
        ("arms.tempo.channel", "text"),
        ("arms.flat.tariff.price", 0.1941),
    ],
)
def test_the_fingerprint_knows_every_change(key: str, value: object) -> None:
    before = load.load(starter.shipped()["quickstart"])
    assert dump.fingerprint(before.set(key, value)) != dump.fingerprint(before)


def test_the_fingerprint_knows_the_order_of_the_arms() -> None:
    before = load.load(starter.shipped()["quickstart"])
    swapped = before.model_copy(update={"arms": dict(reversed(before.arms.items()))})
    assert dump.fingerprint(swapped) != dump.fingerprint(before)
