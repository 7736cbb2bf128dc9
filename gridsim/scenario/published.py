"""What a scenario says of signals that are published besides the tariffs."""

from typing import Literal, Self

from pydantic import BaseModel, model_validator

from gridsim.scenario import checks
from gridsim.scenario.problems import Problem, refusal


class Signals(BaseModel):
    """What is published besides the tariffs."""

    model_config = checks.CONFIG

    tempo_colours: checks.Text | None = None
    """CSV of Tempo day colours (date, BLEU/BLANC/ROUGE); the calendar rule when left out."""
    tempo_load: checks.Text | None = None
    """CSV of the national net load as forecast the day before (time, load_mw), from a year before
    the season's 1 September on: the rule then goes by it, as the grid operator does."""
    tempo_forecast: Literal["perfect", "day_ahead"] | None = None
    """What the rule knows of a day's temperature: the day as it will be ("perfect", when left out)
    or a forecast of the day before with its error."""

    @model_validator(mode="after")
    def _one_rule(self) -> Self:
        rules = [n for n in ("tempo_load", "tempo_forecast") if getattr(self, n) is not None]
        if self.tempo_colours is not None and rules:
            text = "says how colours are made, but tempo_colours has them: keep one"
            raise refusal(*(Problem((name,), text, at_key=True) for name in rules))
        if len(rules) == 2:
            text = "is about the temperature; with tempo_load the rule does not look at it"
            raise refusal(Problem(("tempo_forecast",), text, at_key=True))
        return self
