"""A contract holds any tariff and refuses charges that are none."""

import pytest

from gridsim.signals.contract import Contract
from gridsim.signals.tariff import Flat


def test_a_contract_needs_a_tariff_only():
    contract = Contract(Flat(0.2))
    assert (contract.standing_year, contract.export_price, contract.currency) == (0.0, 0.0, "EUR")


def test_equal_contracts_are_equal():
    assert Contract(Flat(0.2), 100.0) == Contract(Flat(0.2), 100.0)
    assert Contract(Flat(0.2), 100.0) != Contract(Flat(0.3), 100.0)


def test_exports_may_cost_money():
    assert Contract(Flat(0.2), export_price=-0.01).export_price == -0.01


@pytest.mark.parametrize("charge", [-1.0, float("nan"), float("inf")])
def test_a_standing_charge_that_is_none_is_refused(charge):
    with pytest.raises(ValueError, match=r"^standing_year"):
        Contract(Flat(0.2), charge)


def test_an_export_price_that_is_none_is_refused():
    with pytest.raises(ValueError, match=r"^export_price"):
        Contract(Flat(0.2), export_price=float("nan"))


@pytest.mark.parametrize("code", ["", "eur", "EURO", "E1R", "É€R"])
def test_a_currency_that_is_no_code_is_refused(code):
    with pytest.raises(ValueError, match=r"^currency"):
        Contract(Flat(0.2), currency=code)
