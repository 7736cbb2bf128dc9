"""Enrolling: who of a town is on the tariff of an arm, and how they came to it."""

import dataclasses

import numpy as np

from gridsim.citizens import enrol
from gridsim.citizens.parameters import Parameters
from gridsim.core.chance import Crowd
from gridsim.engine import people, review
from gridsim.engine.board import Board
from gridsim.engine.people import Offer
from gridsim.population.town import Town
from gridsim.scenario.resolve import ArmCase, Case
from gridsim.signals.contract import Contract


def offer(
    case: Case, arm: ArmCase, town: Town, contracts: tuple[Contract, Contract],
    settings: Parameters,
) -> Offer:  # fmt: skip
    """Return who is on the tariff of an arm, and how they came to it.

    Parameters
    ----------
    case : Case
        The scenario, resolved.
    arm : ArmCase
        Which arm of it.
    town : Town
        Its homes.
    contracts : tuple of Contract
        Of those who keep the reference tariff, and of the arm.
    settings : Parameters
        Of the citizen chain.
    """
    seed, said = case.scenario.seed, arm.enrolment
    everyone = Offer(arm.channel, np.ones(len(town), dtype=bool), False, arm.information)
    if said.kind == "everyone":
        return everyone
    crowd = Crowd(seed, town.homes)
    citizens = people.citizens_of(
        town, town, seed, everyone, currency=contracts[1].currency, settings=settings
    )
    if said.share is not None:
        saving = np.zeros(len(town))
    else:
        board = Board(case.horizon, contracts, settings)
        saving = review.expected_saving(citizens, board, float(case.sky.air_c.mean()))
    leans = enrol.leaning(citizens.traits.engagement, saving, crowd, settings.enrolment)
    if said.share is not None:
        enrolled = enrol.recruited(said.share, leans, settings.enrolment)
    elif said.kind == "opt_in":
        enrolled = enrol.joins(leans, settings.enrolment)
    else:
        enrolled = ~enrol.leaves(leans, settings.enrolment)
    return dataclasses.replace(everyone, enrolled=enrolled, chose=said.kind == "opt_in")
