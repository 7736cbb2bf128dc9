"""What the report shows besides the summary: days, kinds of home, stories."""

from gridsim.metrics import effects
from gridsim.results.findings import Findings
from gridsim.results.results import Results
from gridsim.studies import days, groups, story

ATTRIBUTES = ("income", "house", "heating", "tenure")
"""Attributes that are asked about, where the run has them."""

SPLIT = ("bill", "demand_kwh", "event_reduction", "discomfort_kh")
"""Metrics that are split by attribute."""


def findings(results: Results) -> Findings:
    """Return days and groups of every arm but the reference, and stories, for the report."""
    arms = [arm.name for arm in results.arms[1:]]
    profiled = min(len(arm.profile_kw) for arm in results.arms) > 0
    seasons = days.seasons_of(results) if profiled else ()
    asked = [name for name in ATTRIBUTES if name in results.attributes]
    return Findings(
        days=tuple(days.profile_effect(results, arm, season) for arm in arms for season in seasons),
        groups=tuple(e for name in asked for e in groups.effects_by(results, name, SPLIT)),
        stories=story.typical(results),
        confidence=effects.LEVEL,
    )
