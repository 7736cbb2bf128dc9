"""The audit closes for a run as it is, and fails for every kind of energy or money gone astray."""

import dataclasses

import numpy as np
import pytest

from gridsim.core.arrays import BLOCK
from gridsim.core.errors import AuditError
from gridsim.engine import arm as arms
from gridsim.engine import audit, outcome
from gridsim.engine import layout as at
from gridsim.engine import run as running
from gridsim.engine.blocks import Crew
from gridsim.scenario import load, resolve

TEXT = """
title = "Test"
[period]
start = 2023-01-16
end = 2023-01-18
[place]
name = "Lyon"
[population]
homes = 30
pv = 0.5
battery = 0.5
ev = 0.5
[arms.only]
tariff = "tempo-2026"
channel = "app"
"""


@pytest.fixture(scope="module")
def played():
    case = resolve.resolve(load.loads(TEXT, "test.toml"))
    extras = running.Extras()
    stage = running.make_stage(case, extras, Crew(1))
    arm = running.make_arm(case, case.arms[0], extras, {})
    return case, arm, arms.play(arm, stage), stage


def checked(played, kw=None, meters=None, state=None):
    case, arm, done, stage = played
    after = done.after
    if meters is not None:
        after = dataclasses.replace(after, meters=meters)
    if state is not None:
        after = dataclasses.replace(after, state=state)
    recorder = done.recorder
    if kw is not None:
        recorder = dataclasses.replace(recorder, kw=kw)
    told = dataclasses.replace(done, after=after, recorder=recorder)
    return outcome.arm_result(case.arms[0], arm, told, stage, ["only"]).audit


def test_a_run_closes_to_1e_9(played):
    found = checked(played)
    assert found.passed
    assert max(found.energy_step, found.energy_run, found.stores, found.money) < 1e-12


def test_energy_that_no_meter_sees_is_found_in_its_step(played):
    kw = played[2].recorder.kw.copy()
    kw[50, 0, at.F_HEATING // BLOCK] += 0.001
    assert checked(played, kw=kw).energy_step > 1e-9


def test_a_meter_that_runs_too_fast_is_found(played):
    meters = played[2].after.meters.copy()
    meters[0, at.M_IMPORT] *= 1.0001
    assert checked(played, meters=meters).energy_run > 1e-9


@pytest.mark.parametrize("field", [at.BATTERY_E, at.CAR_E, at.TANK_C])
def test_a_store_that_gains_from_nothing_is_found(played, field):
    state = played[2].after.state.copy()
    state[0, field : field + 30] += 0.01
    assert checked(played, state=state).stores > 1e-9


def test_a_bill_that_does_not_fit_the_meter_is_found(played):
    meters = played[2].after.meters.copy()
    meters[0, at.M_COST + 3] += 0.001
    assert checked(played, meters=meters).money > 1e-9


def test_a_number_that_is_none_never_passes(played):
    kw = played[2].recorder.kw.copy()
    kw[3] = np.nan
    assert not checked(played, kw=kw).passed


def test_nothing_against_nothing_is_no_error():
    assert audit.relative(0.0, 0.0, 0.0) == 0.0


def test_a_failed_audit_fails_the_run(monkeypatch):
    case = resolve.resolve(load.loads(TEXT, "test.toml"))
    real = outcome.audit.audit

    def wrong(*args, **named):
        return dataclasses.replace(real(*args, **named), money=1e-6)

    monkeypatch.setattr(outcome.audit, "audit", wrong)
    with pytest.raises(AuditError, match="arm 'only': the audit failed"):
        running.run(case)
