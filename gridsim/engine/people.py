"""The people of an arm: who they are, what they could do, and how they came to its tariff."""

from dataclasses import dataclass

import numpy as np

from gridsim.citizens import ability, attention
from gridsim.citizens.information import Information
from gridsim.citizens.parameters import Parameters
from gridsim.citizens.traits import Places, Traits, traits
from gridsim.core.arrays import B1, F8, I8
from gridsim.core.chance import Crowd
from gridsim.population.town import HEAT_PUMP, NOT_ELECTRIC, Town


@dataclass(frozen=True, slots=True)
class Links:
    """Which links of the chain are at work; all but in replays that tell causes apart.

    Parameters
    ----------
    information, curtailment, choice, machine, production : bool
        Savings by feedback; uses given up and set points moved by hand; times chosen; what
        machines do; living by one's own panels.
    """

    information: bool = True
    curtailment: bool = True
    choice: bool = True
    machine: bool = True
    production: bool = True


ALL = Links()
"""Every link at work."""


@dataclass(frozen=True, slots=True)
class Offer:
    """How the people of an arm come to its tariff, and what they get with it.

    Parameters
    ----------
    channel : str
        How they hear of prices.
    enrolled : B1
        Who is on the arm's tariff, shape (n,).
    chose : bool
        Whether those joined of their own will: they know what they signed.
    feedback : tuple of Information
        What information those who are enrolled get.
    links : Links
        Which links of the chain are at work.
    games : B1 or None
        Who raises the baseline of a rebate once a call is told, shape (n,); None: nobody.
    """

    channel: str
    enrolled: B1
    chose: bool = False
    feedback: tuple[Information, ...] = ()
    links: Links = ALL
    games: B1 | None = None


@dataclass(frozen=True, slots=True)
class Stakes:
    """What could move in each home, shape (n,).

    Parameters
    ----------
    runs_kwh, car_kwh : F8
        Daily energy of runs that can wait and of the car. [kWh]
    cop : F8
        Heat per unit of electricity, infinite without electric heating.
    cooled, second, solar, fresh : B1
        Whether it has air conditioning, a second heater, panels, and panels that it does not have
        in the reference arm.
    """

    runs_kwh: F8
    car_kwh: F8
    cop: F8
    cooled: B1
    second: B1
    solar: B1
    fresh: B1


@dataclass(frozen=True, slots=True)
class Citizens:
    """What decides how the people of an arm answer, fixed for the run.

    Parameters
    ----------
    town : Town
        Who they are.
    crowd : Crowd
        Their numbers and the seed.
    traits : Traits
        How they answer.
    reached : F8
        How surely an ordinary notice reaches each home, shape (n,).
    offer : Offer
        How they come to the tariff and what they get with it.
    stakes : Stakes
        What could move.
    euro : float
        Currency of the arm that weighs like one euro.
    settings : Parameters
        The one set of parameters.
    """

    town: Town
    crowd: Crowd
    traits: Traits
    reached: F8
    offer: Offer
    stakes: Stakes
    euro: float
    settings: Parameters

    @property
    def enrolled(self) -> B1:
        """Who is on the arm's tariff, shape (n,)."""
        return self.offer.enrolled


def traits_of(town: Town, settings: Parameters) -> Traits:
    """Return how the people of a town answer."""
    drawn = town.traits
    places = Places(
        drawn.engagement, drawn.attention, drawn.money, drawn.bother, drawn.slope, drawn.tolerance,
        drawn.delay,
    )  # fmt: skip
    return traits(places, town.people.income, settings.traits)


def citizens_of(
    town: Town, before: Town, seed: int, offer: Offer, *, currency: str, settings: Parameters
) -> Citizens:
    """Return how the people of an arm answer.

    Parameters
    ----------
    town, before : Town
        Who they are and what they own in this arm, and in the reference arm.
    seed : int
        Seed of the scenario.
    offer : Offer
        How they come to the tariff.
    currency : str
        Of the arm's contract.
    settings : Parameters
        The one set of parameters.
    """
    who = traits_of(town, settings)
    reached = attention.reach(who.attention, town.people.digital, offer.channel, settings.attention)
    reached = attention.signed(reached, offer.chose, settings.attention)
    return Citizens(
        town, Crowd(seed, town.homes), who, reached, offer, stakes_of(town, before),
        settings.euro(currency), settings,
    )  # fmt: skip


def stakes_of(town: Town, before: Town) -> Stakes:
    """Return what could move in each home."""
    goods = town.appliances
    runs = (
        goods.wash * goods.wash_kwh * goods.wash_week
        + goods.dish * goods.dish_kwh * goods.dish_week
        + goods.dryer * goods.dryer_kwh * goods.dryer_week
    ) / 7.0
    kinds = (town.heating.kind == NOT_ELECTRIC, town.heating.kind == HEAT_PUMP)
    cop = np.select(kinds, (np.inf, 3.0), 1.0)  # assumed: people think of three to one
    solar = town.producers.pv_kwp > 0.0
    return Stakes(
        runs, town.car.owns * town.car.km_day * town.car.kwh_km, cop,
        town.heating.cool_kw > 0.0, town.heating.second_kw > 0.0, solar,
        solar & ~(before.producers.pv_kwp > 0.0),
    )  # fmt: skip


def movable(people: Citizens, outdoor_c: float, dear_h: float, who: I8 | None = None) -> F8:
    """Return what homes could move out of the dear hours of a day, shape (n,). [kWh]

    ``who`` tells of which homes, by their places; of all when left out.
    """
    chosen = slice(None) if who is None else who
    stakes, h_out_kw_k = people.stakes, people.town.envelope.h_out_kw_k[chosen]
    heat = ability.heat_kwh(outdoor_c, h_out_kw_k, stakes.cop[chosen])
    cold = ability.cool_kwh(outdoor_c, h_out_kw_k, stakes.cooled[chosen])
    there = min(dear_h, 24.0) / 24.0
    return ability.movable_kwh(
        stakes.runs_kwh[chosen], stakes.car_kwh[chosen], (heat + cold) * there,
        stakes.second[chosen].astype(np.float64), dear_h=dear_h,
        settings=people.settings.call,
    )  # fmt: skip
