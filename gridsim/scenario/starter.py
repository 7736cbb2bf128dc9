"""Texts to start from: a commented file with everything in it, and the shipped scenarios."""

from collections.abc import Iterator
from pathlib import Path

from gridsim.core.errors import ScenarioError
from gridsim.scenario import checks, dump, load, names, positions
from gridsim.scenario.problems import unknown

_TEXT = """\
# A scenario is one question: the same people, weather and chances, under two or more arms.
#   gridsim check FILE    tells what is wrong, if anything
#   gridsim run FILE      answers it
# What stands behind a "#" is optional, with its default.

title = {title}
# question = "What changes when ...?"
# description = "Anything a reader should know."
# seed = 1                     # the same seed gives the same homes, weather and choices
# replicates = 20              # asks again with the seeds that follow, and tells the spread

[period]
start = 2023-01-09             # local dates
end = 2023-01-23               # the day after the last
# step_minutes = 15            # 1, 5, 10, 15, 30 or 60

[place]
name = "Lyon"                  # a built-in place (gridsim list), or instead of a name:
# latitude = 45.76
# longitude = 4.84
# timezone = "Europe/Paris"
# elevation_m = 170
# country = "FR"               # whose public holidays count
# currency = "EUR"
# weather = "typical"          # made-up typical year, or an EPW, TMY3 or CSV file; "data:a/b.epw"
                               # is the file a/b.epw in the folder that GRIDSIM_DATA names
# carbon = "FR"                # a country, a CSV file, or g/kWh; default: the place's country

[population]
homes = 500
# preset = "france"            # gridsim list; every share left out is the preset's:
# pv = 0.15                    # share of homes with panels
# battery = 0.05               # ... a home battery
# ev = 0.12                    # ... an electric car that charges at home
# heat_pump = 0.10             # ... heated by a heat pump
# electric_heat = 0.30         # ... heated by resistance heaters
# air_conditioning = 0.25
# second_heater = 0.20         # of the electrically heated homes: a wood stove, say
# hot_water_electric = 0.45
# ev_smart = 0.20              # of the chargers: those that can follow prices
# thermostat = 0.10            # share of homes whose thermostat can follow prices
# pv_kwp_per_mwh = 1.0         # panels by expected yearly use without car, instead of by roof
# battery_kwh_per_mwh = 1.0    # batteries likewise

# [signals]
# tempo_colours = "real"       # those of 2014-09 to 2023-08-03, or a CSV; else the calendar rule
# tempo_load: a CSV of the national net load as forecast (time, load_mw); the rule goes by it
# tempo_forecast: "day_ahead" gives the rule on the temperature the error of a forecast

# The first arm is the reference: all effects are differences from it.
[arms.flat]
label = "One price"
tariff = "base-2026"           # a named tariff (gridsim list), or written out:
# tariff = {{ kind = "flat", price = 0.1940, standing_year = 169.92, export_price = 0.04 }}

# An arm should differ from the reference in what is under test, and in nothing else.
[arms.peak]
label = "Dear by day, cheap at night"
# channel = "bill"             # how people hear of prices: bill, letter, text, app, display
# enrolment = "everyone"       # or {{ kind = "opt_in", share = 0.2 }}
                               # or {{ kind = "opt_out", leave = 0.1 }}; without a share or leave
                               # it is up to the people
# export_price = 0.04          # instead of the tariff's
# rates_factor = 1.0           # every rate times this; gridsim tariff neutral finds it
# calls = [ {{ kind = "appeal", dates = [2023-01-17], hours = ["18:00-20:00"] }} ]
                               # or {{ kind = "control", rule = {{ coldest = 5 }}, setback_k = 1.5,
                               # ev = "pause", hot_water = "block" }}; notice = "day_ahead",
                               # "same_day" or "none"; a channel of its own; rules by price
                               # (above_price, dearest), by load (limit_kva, busiest); or
                               # {{ kind = "openadr", file = "events.json" }}
# rebates = [ {{ price = 0.5, dates = [2023-01-17], hours = ["18:00-20:00"] }} ]
                               # paid below baseline = "caiso_10_in_10"; gaming = 0.2 of the homes
                               # raise it
# information = [ {{ kind = "display" }} ]  # bill, audit, daily, display, appliance or report

[arms.peak.tariff]
kind = "time_of_use"           # every hour of every kind of day needs exactly one price
standing_year = 169.92
export_price = 0.04
bands = [
  {{ price = 0.2065, hours = ["06:00-22:00"] }},
  {{ price = 0.1579, hours = ["22:00-06:00"] }},
  # days = ["weekday", "saturday", "sunday", "holiday"] and months = [11, 12, 1] narrow a band
]

# Other kinds of tariff, in a line: day colours, calls, series, a name with what it leaves open:
#   {{ kind = "tempo", blue = {{ off_peak = 0.13, peak = 0.16 }}, white = ..., red = ... }}
#   {{ kind = "critical_peak", base = "base-2026", price = 0.9, rule = {{ coldest = 10 }},
#     hours = ["18:00-20:00"] }}
#   {{ kind = "dynamic", series = "prices.csv", factor = 1.2, adder = 0.08, cap = 1.0, floor = -0.1,
#     told = "13:00", surcharges = [ {{ price = 0.12, hours = ["16:00-19:00"] }} ] }}
#   {{ kind = "named", name = "hphc-2026", off_peak = ["01:00-07:00", "12:30-14:30"] }}
#   {{ kind = "switch", steps = [ {{ tariff = "base-2026" }},
#     {{ start = 2023-01-16, tariff = "hphc-2026" }} ] }}
# Every table may say valid_from and valid_until; a check tells when the period lies outside.

# A contract is an energy price (a name or any table but a switch) and what else stands on a bill.
# [arms.whole]
# label = "Everything that a bill can hold"

# [arms.whole.tariff]
# kind = "contract"
# energy = {{ kind = "flat", price = 0.12 }}
# taxes = {{ vat = 0.20, standing_vat = 0.055, per_kwh = 0.03 }}  # or included = true
# standing = [ {{ name = "meter", amount = 6.5, per = "month" }} ] # day, month or year
# network = [ {{ name = "grid", price = 0.05 }} ]                 # or a table, or prices = a table
# levies = [ {{ name = "renewables", price = 0.01 }} ]
# carbon = {{ price_t = 80 }}                                     # times the place's intensity;
                               # billed = false: a signal that is told and felt, never paid
# blocks = [ {{ bounds_kwh = [100, 300], adders = [0.0, 0.02, 0.05] }} ]  # or prices; per = "day"
# demand = [ {{ name = "peak", price = 4.5, hours = ["17:00-20:00"], days = ["weekday"] }} ]
                               # minutes = 15, highest = 1, one_a_day = false, over = "month",
                               # "season" or "year", rolling = 12, minimum_kw = 2.5, per = "year";
                               # steps = [ {{ to_kw = 2, price_month = 10 }} ] instead of a price
# subscribed = {{ kw = 6, price_kw_year = 12, overrun_kwh = 0.5, trips = false }}
# export = {{ kind = "net_billing", price = 0.05, cash_out = 0.5, cash_out_month = 3 }}
                               # or "feed_in", or "net_metering"; limit_kw = 5; prices = a table
# billing_months = 2
# currency = "EUR"             # the place's when left out

# [arms.peak.devices]          # shares of homes, instead of the population's
# battery = 0.20

# [arms.peak.automation]
# ev = 0.5                     # share of chargers that follow the price
# battery = "self_consumption" # or "price", or "peak"
# hot_water = true             # whether tanks obey the off-peak contact; "price": the price
# thermostat = 0.3             # share of homes whose thermostat follows the price
# timer = 0.2                  # share of homes whose washing machines start by price timers
# curtail = true               # whether panels hold back what is fed in at a loss

# [output]
# follow = 20                  # homes whose events are written down
# groups = "heating"           # or "income", "tenure", "ev" ...; ["house", "pv"] crosses; "none"
# uses = ["heating", "ev"]     # end uses that the series keep; all when left out
# resolution_minutes = 60      # of what is kept; the step of the run when left out
# causes = false               # true: tell causes apart, choice, machine, ... (five times longer)
# folder = "runs/first"        # named after the scenario and the moment when left out

# [output.profiles]            # time series home by home; profiles = true: of every home (large)
# sample = 500                 # or filter = {{ heating = "heat_pump", pv = true }}
# flows = ["net"]              # and "import", "export"
# resolution_minutes = 30      # the step of the run when left out
# dtype = "int16"              # whole watts: half the size of "float32"
"""


def starter(title: str, source: str | None = None) -> str:
    """Return the text of a new scenario.

    Parameters
    ----------
    title : str
        Its title.
    source : str, optional
        Name of a shipped scenario, or a scenario file, to start from; its comments are kept and
        files that it names stay the same files.

    Raises
    ------
    ScenarioError
        If there is no such scenario, or it is wrong itself.
    """
    if source is None:
        return _TEXT.format(title=dump.quoted(title))
    file = shipped().get(source, Path(source))
    if not file.exists() and Path(source).suffix != ".toml":
        raise ScenarioError([unknown("scenario", source, shipped())])
    text = load.read(file)
    scenario = load.loads(text, name=str(file), base=file.absolute().parent)
    changed: dict[positions.Path, str] = {("title",): title}
    tables = dump.plain(scenario)
    for path in checks.file_keys(tables):
        value = checks.held(tables, path)
        if checks.is_file(value) and not value.startswith("data:"):
            changed[path] = value
    return positions.replaced(text, {path: dump.quoted(value) for path, value in changed.items()})


def shipped() -> dict[str, Path]:
    """Return the scenarios that come with gridsim by name, installed or in a source checkout.

    Those of field trials come last, as ``"trials/<name>"``.
    """
    here = Path(__file__).resolve()
    folder = here.parent / "shipped"
    if not folder.is_dir():
        folder = here.parents[2] / "scenarios"
    found = {file.stem: file for file in sorted(folder.glob("*.toml"))}
    trials = sorted((folder / "trials").glob("*.toml"))
    return found | {f"trials/{file.stem}": file for file in trials}


def listing() -> Iterator[str]:
    """Yield the lines that tell which towns, places, tariffs and scenarios there are."""
    yield from _block("Towns (population.preset)", names.towns())
    yield from _block("Places (place.name)", names.places())
    yield "Tariffs (arms.<name>.tariff)"
    for country, found in names.tariffs_by_country().items():
        yield f"  {country}"
        yield from (f"    {name:<30} {told}" for name, told in found)
    yield from _block("Shipped scenarios (gridsim run NAME)", tuple(shipped()))


def _block(heading: str, found: tuple[str, ...]) -> Iterator[str]:
    """Yield a heading and the names below it."""
    yield heading
    yield from (f"  {name}" for name in found)
