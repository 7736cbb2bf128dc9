"""What a scenario says of peak-time rebates: what is paid, when, and against which baseline."""

from typing import Annotated, Self

from pydantic import BaseModel, Field, model_validator

from gridsim.scenario import checks, names, programmes


class Rebate(BaseModel):
    """A peak-time rebate: so much for each kWh below a baseline in called hours."""

    model_config = checks.CONFIG

    price: Annotated[float, Field(ge=0.0001, le=1000)]
    """Paid for each kWh below the baseline [currency/kWh]."""
    dates: programmes.Dates | None = None
    """The called local dates; instead of a rule."""
    rule: programmes.Rule | None = None
    """How the called days are chosen; instead of dates."""
    hours: programmes.Called
    """Called local times such as ["17:00-20:00"], within a day."""
    notice: programmes.Notice = "day_ahead"
    """When it is told: at 17:00 the day before, three hours before, or only at its start."""
    channel: checks.Channel | None = None
    """How people hear of it; as they hear of prices when left out."""
    label: checks.Text = "rebate"
    """What it is called."""
    baseline: Annotated[str, checks.known("baseline", names.baselines)] = "caiso_10_in_10"
    """How what a home would have used is reckoned, such as "caiso_10_in_10"."""
    gaming: checks.Share = 0.0
    """Share of the homes on the tariff that raise their baseline once a call is told."""

    _own_keys = model_validator(mode="before")(programmes.beside_rule)

    @model_validator(mode="after")
    def _together(self) -> Self:
        programmes.one_choice(self.dates, self.rule)
        programmes.fitting(self.rule, self.hours)
        programmes.settled(self.rule)
        return self
