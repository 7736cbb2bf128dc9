"""Every kind of tariff that a scenario file can say runs, and its bills are those of the loads."""

from functools import cache

import numpy as np
import pytest

import gridsim as gs
from gridsim.billing.settle import settle
from gridsim.scenario import load, resolve
from gridsim.signals.whole import Whole

FLAT = 'energy = { kind = "flat", price = 0.15, standing_year = 60.0, export_price = 0.03 }'
CONTRACTS = {
    "added": """
        taxes = { vat = 0.2, standing_vat = 0.055, per_kwh = 0.03 }
        standing = [ { name = "meter", amount = 0.4, per = "day" } ]
        network = [ { name = "grid", price = 0.05 } ]
        levies = [ { name = "green", price = 0.01 } ]
        carbon = { price_t = 90 }""",
    "plain": "",
    "signal": """
        carbon = { price_t = 3000, billed = false }""",
    "network": """
        network = { kind = "dynamic", factor = 0.5, floor = 0.0, cap = 0.06 }""",
    "blocks": """
        blocks = [ { bounds_kwh = [5, 25], prices = [0.10, 0.2, 0.3] } ]
        billing_months = 2""",
    "daily_blocks": """
        blocks = [ { bounds_kwh = [4], adders = [0.0, 0.05], per = "day", months = [4] } ]""",
    "demand": """
        demand = [ { name = "peak", price = 60, per = "year", minutes = 60, highest = 3,
            one_a_day = true, minimum_kw = 1.0 },
          { name = "evening", price = 2.5, hours = ["17:00-21:00"], days = ["weekday"] },
          { name = "steps", steps = [ { to_kw = 2, price_month = 10 },
            { to_kw = 5, price_month = 20 } ], rolling = 12 } ]""".replace("\n            ", " "),
    "subscribed": """
        subscribed = { kw = 3, price_kw_year = 12, overrun_kwh = 0.5, trips = true }""",
    "net_metering": """
        export = { kind = "net_metering", cash_out = 0.05 }""",
    "net_billing": """
        export = { kind = "net_billing", prices = { kind = "dynamic" }, cash_out = 1.0 }""",
    "limited": """
        export = { kind = "feed_in", price = -0.02, limit_kw = 1.0 }""",
}
TARIFFS = {
    "switch": """{ kind = "switch", steps = [
      { tariff = "base-2026" },
      { start = 2023-04-29, tariff = "tempo-2026" },
      { start = 2023-05-02, tariff = { kind = "contract", energy = "hphc-2026",
        demand = [ { name = "peak", price = 5.0 } ] } } ] }""".replace(",\n        ", ", "),
    "named": '{ kind = "named", name = "hphc-2026", off_peak = ["02:00-07:00", "13:00-16:00"] }',
    "dynamic": """{ kind = "dynamic", factor = 2.2, cap = 0.4, floor = -0.05, told = "16:00",
      surcharges = [ { price = 0.12, hours = ["16:00-19:00"] } ] }""".replace(",\n     ", ","),
    "critical": """{ kind = "contract", energy = { kind = "critical_peak", base = "base-2026",
      price = 0.9, dates = [2023-05-01], hours = ["18:00-20:00"] },
      demand = [ { name = "peak", price = 5.0, minutes = 30 } ] }""".replace(",\n     ", ","),
}
HEAD = """
title = "Kinds"
seed = 7
[period]
start = 2023-04-28
end = 2023-05-04
step_minutes = 30
[place]
name = "Lyon"
[population]
homes = 12
preset = "france"
pv = 0.5
battery = 0.3
ev = 0.4
[output]
follow = 0
profiles = true
[arms.base]
tariff = "base-2026"
"""


def text() -> str:
    """Write one scenario with an arm for each kind."""
    whole = [
        f'[arms.{name}.tariff]\nkind = "contract"\n{FLAT}\n{parts}'
        for name, parts in CONTRACTS.items()
    ]
    short = [f"[arms.{name}]\ntariff = {tariff}" for name, tariff in TARIFFS.items()]
    return "\n".join([HEAD, *whole, *short])


@cache
def played() -> tuple[resolve.Case, gs.Run]:
    scenario = load.loads(text())
    return resolve.resolve(scenario), gs.run(scenario)


@pytest.mark.parametrize("name", ["base", *CONTRACTS, *TARIFFS])
def test_the_bills_of_a_run_are_those_of_its_loads(name: str) -> None:
    case, run = played()
    (contract,) = [arm.contract for arm in case.arms if arm.name == name]
    kwh = run.results.loads[name].astype(np.float64) * case.clock.dt_h
    bill = settle(contract, case.clock, np.maximum(kwh, 0.0), np.maximum(-kwh, 0.0))
    homes = run.results.arm(name).homes
    np.testing.assert_allclose(homes["bill"], bill.total, atol=1e-5)
    assert run.results.arm(name).audit.passed


@pytest.mark.parametrize("name", [*CONTRACTS, *TARIFFS])
def test_every_kind_makes_another_bill_than_the_reference(name: str) -> None:
    _, run = played()
    other, base = run.results.arm(name).homes["bill"], run.results.arm("base").homes["bill"]
    assert (other != base).all()


def test_a_carbon_signal_moves_loads_and_no_money() -> None:
    case, run = played()
    plain, signal = run.results.arm("plain").homes, run.results.arm("signal").homes
    assert (run.results.loads["plain"] != run.results.loads["signal"]).any()
    assert signal["co2_kg"].sum() < plain["co2_kg"].sum()
    (contract,) = [arm.contract for arm in case.arms if arm.name == "signal"]
    assert (Whole(contract).price(case.clock) == 0.15).all()
