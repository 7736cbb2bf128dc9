"""The scenarios of the benchmark: a town with every device, under the prices that are compared."""

import datetime as dt

FLAT = 'tariff = { kind = "flat", price = 0.194, export_price = 0.04 }'
TEMPO = 'tariff = "tempo-2026"\nchannel = "app"'
DYNAMIC = (
    'tariff = { kind = "dynamic", adder = 0.075, factor = 1.2, export_price = 0.04 }\n'
    'channel = "app"\n'
    'automation = { ev = 1.0, thermostat = 0.5, battery = "price" }'
)
AUTOMATED = FLAT + '\nautomation = { ev = 1.0, thermostat = 0.5, battery = "price" }'
CASES = {
    "flat": {"flat": FLAT},
    "tempo": {"flat": FLAT, "tempo": TEMPO},
    "dynamic": {"flat": FLAT, "dynamic": DYNAMIC},
    "loop": {"flat": FLAT, "loop": AUTOMATED},
    "all": {"flat": FLAT, "tempo": TEMPO, "dynamic": DYNAMIC},
}
"""Arms of each case. Two arms share what chance draws, as those of a study do."""

_START = dt.date(2023, 1, 1)
_TEXT = """
title = "Benchmark"
seed = 1
[period]
start = {start}
end = {end}
step_minutes = {minutes}
[place]
name = "Lyon"
[population]
homes = {homes}
preset = "france"
pv = 0.3
battery = 0.15
ev = 0.3
heat_pump = 0.2
air_conditioning = 0.3
[output]
follow = 0
profiles = {profiles}
"""


def text(
    case: str, homes: int, days: int, *, minutes: int = 15, first_day: int = 0,
    profiles: bool = False,
) -> str:  # fmt: skip
    """Return the scenario of a case; ``first_day`` counts from the start of 2023."""
    start = _START + dt.timedelta(days=first_day)
    head = _TEXT.format(
        start=start, end=start + dt.timedelta(days=days), minutes=minutes, homes=homes,
        profiles=str(profiles).lower(),
    )  # fmt: skip
    return head + "".join(f"[arms.{name}]\n{arm}\n" for name, arm in CASES[case].items())
