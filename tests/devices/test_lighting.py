"""Lighting promises light for people awake in the dark, shared between them."""

import pytest

from gridsim.devices import lighting


def test_one_person_awake_in_the_dark_has_all_the_light():
    assert lighting.step(1.0, 0.0, 0.12) == pytest.approx(0.12)


def test_nobody_awake_means_no_light():
    assert lighting.step(0.0, 0.0, 0.12) == 0.0


def test_bright_days_leave_only_rooms_without_windows():
    assert lighting.step(1.0, 800.0, 0.12) == pytest.approx(0.12 * lighting.DAY_SHARE)


def test_dusk_lies_between():
    assert lighting.step(1.0, 60.0, 0.12) == pytest.approx(0.06)


@pytest.mark.parametrize(
    ("people", "published"), [(1, 1.0), (2, 1.528), (3, 1.694), (4, 1.983), (5, 2.094)]
)
def test_sharing_follows_richardson_2009(people, published):
    assert lighting.effective(float(people)) == pytest.approx(published, rel=0.04)


def test_half_a_step_at_home_counts_half():
    assert lighting.effective(0.5) == pytest.approx(0.5)


def test_more_people_never_use_less_light():
    used = [lighting.effective(0.1 * i) for i in range(60)]
    assert used == sorted(used)
