"""Replicates: the scenarios that ask a scenario's question again, with the seeds that follow."""

from collections.abc import Iterator

from gridsim.scenario.models import Scenario
from gridsim.scenario.output import Output


def others(scenario: Scenario) -> Iterator[Scenario]:
    """Give the scenario with each seed after its own, ``replicates`` in all with itself.

    What is kept beside the metrics is left out, since a summary is all that is wanted of them.

    Parameters
    ----------
    scenario : Scenario
        That of the first seed.
    """
    output = Output(follow=scenario.output.follow, groups=scenario.output.groups)
    for place in range(1, scenario.replicates):
        changed = {"seed": scenario.seed + place, "replicates": 1, "output": output}
        yield scenario.model_copy(update=changed)
