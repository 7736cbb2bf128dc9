"""A run keeps what its scenario asks: loads of some homes, split series; and nothing else moves."""

import numpy as np
import pytest

import gridsim as gs
from gridsim.core.errors import DataError
from gridsim.engine import run as engine
from gridsim.population.attributes import ATTRIBUTES
from gridsim.results import loads
from gridsim.scenario import resolve

SETS = (
    "population.homes=300", "period.start=2023-01-09", "period.end=2023-01-11", "output.follow=0",
)  # fmt: skip

AREAS = 'output.groups={ attribute = "area_m2", bounds = [60, 100] }'


def run(*sets):
    return gs.run(gs.load("quickstart", [*SETS, *sets]))


@pytest.fixture(scope="module")
def everyone():
    return run("output.profiles=true")


@pytest.mark.usefixtures("blind")
def test_a_sample_is_kept_as_it_is_among_all_and_saved_in_files(everyone, tmp_path):
    few = run("output.profiles.sample=12", 'output.profiles.dtype="int16"')
    numbers = few.results.loads_of
    assert len(numbers) == 12
    for arm, kw in everyone.results.loads.items():
        np.testing.assert_array_equal(few.results.loads[arm], kw[:, numbers])
    opened = gs.open(few.save(tmp_path / "run"))
    assert list(opened.profiles("2023-01-10", "tempo").index) == list(numbers)
    found = opened.profile(int(numbers[5]))
    np.testing.assert_allclose(found, few.profile(int(numbers[5])), atol=0.000501)
    assert found.shape == (192, 2)
    missing = min(set(range(300)) - set(numbers.tolist()))
    with pytest.raises(DataError, match=f"no loads of home {missing} are kept"):
        opened.profile(missing)


def test_a_town_in_parts_keeps_the_same_homes_and_groups():
    case = resolve.resolve(gs.load("quickstart", [*SETS, "output.profiles.sample=40", AREAS]))
    whole, dealt = engine.run(case), engine.run(case, part_homes=256)
    np.testing.assert_array_equal(whole.loads_of, dealt.loads_of)
    assert whole.loads_of[0] < 256 <= whole.loads_of[-1]
    assert whole.reference.series.groups == dealt.reference.series.groups
    for arm in whole.loads:
        np.testing.assert_array_equal(whole.loads[arm], dealt.loads[arm])


def test_a_filter_keeps_the_homes_whose_table_says_so(everyone):
    some = run('output.profiles.filter={ heating = "gas", house = "house" }')
    who = everyone.results.attributes
    wanted = np.flatnonzero((who["heating"] == "gas") & (who["house"] == "house"))
    assert 0 < len(wanted) < 150
    np.testing.assert_array_equal(some.results.loads_of, wanted)
    for arm, kw in everyone.results.loads.items():
        np.testing.assert_array_equal(some.results.loads[arm], kw[:, wanted])


@pytest.mark.usefixtures("blind")
def test_loads_are_saved_and_read_to_the_bit(everyone, tmp_path):
    folder = everyone.save(tmp_path / "run")
    day = loads.of_day(folder, "tempo", "2023-01-09")
    np.testing.assert_array_equal(day.kw["net"], everyone.results.loads["tempo"][:96])


@pytest.mark.parametrize("attribute", ["tenure", "persons", "ev"])
def test_series_are_the_means_of_the_homes_of_each_group(everyone, attribute):
    split = run(f"output.groups={attribute}")
    series = split.results.reference.series
    assert series.groups == ("all", *ATTRIBUTES[attribute].words)
    who = everyone.results.attributes[attribute]
    kw = everyone.results.loads["flat"]
    for number, group in enumerate(series.groups[1:]):
        value = number + 1 if attribute == "persons" else (False, True)[number]
        members = who == (value if attribute != "tenure" else group)
        assert series.sizes[number + 1] == members.sum()
        if members.any():
            mean = kw[:, members].astype(np.float64).mean(axis=1)
            np.testing.assert_allclose(series.flow("net", group), mean, atol=1e-6)


def test_what_is_kept_does_not_move_what_people_do(everyone):
    other = run('output.groups=["house", "pv"]', "output.profiles.sample=3")
    for one, two in zip(everyone.results.arms, other.results.arms, strict=True):
        np.testing.assert_array_equal(one.homes["import_kwh"], two.homes["import_kwh"])


@pytest.mark.usefixtures("blind")
def test_a_folder_of_longer_steps_and_fewer_uses_opens_and_reports(tmp_path):
    made = run("output.resolution_minutes=60", 'output.uses=["heating"]')
    opened = gs.open(made.save(tmp_path / "run"))
    assert opened.summary["effects"] == made.summary["effects"]
    assert opened.results.clock.steps == 48
    both = opened.series.query("arm == 'tempo' and group == 'all'")
    assert both["net"].mean() == pytest.approx(made.results.arm("tempo").series.flow("net").mean())
    assert "<html" in opened.report()
