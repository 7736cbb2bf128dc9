"""A scenario says in a few words what differs between its arms."""

from gridsim.scenario import load, starter, words
from gridsim.scenario.models import Scenario


def quickstart(*sets: str) -> Scenario:
    return load.load(starter.shipped()["quickstart"], sets)


def test_the_first_line_says_who_where_and_when() -> None:
    first = words.describe(quickstart()).split("\n")[0]
    assert first == (
        "500 homes (france), Lyon, 2023-01-02 to 2023-01-16 (14 days), steps of 15 min"
    )
    assert words.summary(quickstart("population.homes=1")).startswith("1 home (")


def test_arms_are_told_by_what_they_change() -> None:
    told = words.describe(quickstart()).split("\n")
    assert told[1].startswith("flat (reference): one price, 0.1940 per kWh")
    assert told[2] == (
        "tempo: tempo-2026 instead of one price, 0.1940 per kWh;"
        " prices heard by an app instead of only on the bill"
    )


def test_equal_arms_are_called_equal() -> None:
    same = quickstart(
        "arms.tempo.channel=bill",
        'arms.tempo.tariff={kind="flat", price=0.194, standing_year=169.92, export_price=0.04}',
    )
    assert "the same as the reference" in words.describe(same)


def test_devices_and_machines_are_told() -> None:
    found = quickstart(
        "arms.tempo.devices={battery=0.5}",
        "arms.tempo.automation={ev=0.25, battery='price', hot_water=false, thermostat=1}",
        "arms.tempo.export_price=0.1",
        'arms.tempo.enrolment={kind="opt_out", leave=0.1}',
    )
    told = words.differences(found.arms["flat"], found.arms["tempo"])
    assert "home batteries in 50 % of homes" in told
    assert "25 % of chargers follow the price" in told
    assert "batteries follow the price" in told
    assert "hot-water tanks ignore the off-peak contact" in told
    assert "100 % of electric heating follows the price" in told
    assert "feed-in price 0.1000 per kWh" in told
    assert "enrolment: everyone is moved, 10% of homes leave" in told


def test_notebooks_see_the_scenario_and_no_markup_of_the_user() -> None:
    page = quickstart("title='<b>bold</b>'")._repr_html_()
    assert "&lt;b&gt;bold" in page
    assert "<b>" not in page
    assert "tempo-2026" in page
