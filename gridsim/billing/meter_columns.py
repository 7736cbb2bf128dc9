"""Which column of a meter file is what: time, imports, exports, their unit and their clock."""

from dataclasses import dataclass
from enum import IntEnum

from gridsim.billing.meter_text import Sheet, is_time, plain
from gridsim.billing.mistakes import Mistakes

_IMPORT = {
    "import", "imports", "imported", "consumption", "conso", "cons", "consommation", "soutirage",
    "usage", "load",
}  # fmt: skip
_EXPORT = {"export", "exports", "exported", "injection", "injected", "feedin", "surplus"}
_VALUE = {
    "kwh", "wh", "kw", "w", "value", "valeur", "energy", "energie", "power", "puissance",
}  # fmt: skip
_ENDS = {"end", "to", "fin"}
_CLOCKS = ("time", "heure", "hour")
_SERIES = (
    "identifiant_prm",
    "grandeur_physique",
    "grandeur_metier",
    "etape_metier",
    "unite",
    "pas",
)
_FACTS = {
    "type_de_donnees": ("courbe_de_charge",),
    "grandeur_physique": ("ea", "pa", "energie_active", "puissance_active"),
    "grandeur_metier": ("cons", "consommation"),
}


class Unit(IntEnum):
    """What a value of a row is: mean power over the row, or its energy."""

    W = 0
    KW = 1
    WH = 2
    KWH = 3


class Stamp(IntEnum):
    """Which end of its interval the time of a row names."""

    START = 0
    END = 1


UNITS = {"w": Unit.W, "kw": Unit.KW, "wh": Unit.WH, "kwh": Unit.KWH}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user says about the columns; None where the file is to tell.

    Parameters
    ----------
    unit : Unit or None
        Of the values.
    stamp : Stamp or None
        Which end of its interval a row's time names.
    imports, exports : str or None
        Names of the columns of values.
    """

    unit: Unit | None = None
    stamp: Stamp | None = None
    imports: str | None = None
    exports: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands where.

    Parameters
    ----------
    time : tuple of int
        Places of the column of time, or of those of date and time.
    values : tuple of (int, Unit)
        Place and unit of the imports and, when there is one, of the column of exports.
    stamp : Stamp
        Which end of its interval a row's time names.
    utc : bool
        Whether the name of the column of time says UTC.
    enedis : bool
        Whether it is an export of Enedis.
    step_min : int or None
        Length of a row, where the file says it. [min]
    notes : tuple of str
        What was taken for granted.
    """

    time: tuple[int, ...]
    values: tuple[tuple[int, Unit], ...]
    stamp: Stamp
    utc: bool
    enedis: bool
    step_min: int | None
    notes: tuple[str, ...]


def layout(sheet: Sheet, wanted: Wanted, mistakes: Mistakes) -> Layout:
    """Return what stands where in a file.

    Raises
    ------
    DataError
        If columns are missing, stand there twice, or cannot be told from each other; if a unit is
        not known; if the rows are of more than one series.
    """
    names = [plain(name) for name in sheet.header]
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        mistakes.add(sheet.line, f"column {name!r} stands there twice")
    mistakes.stop()
    enedis = "horodate" in names and "valeur" in names
    facts = _facts(sheet, names, mistakes) if enedis else {}
    time = _time(names)
    places = _values(sheet, names, time, wanted, mistakes)
    words = set(names[time[0]].split("_"))
    notes: list[str] = []
    if enedis and wanted.unit is None and not facts.get("unite"):
        facts["unite"] = "w"
        notes.append("the file names no unit; watts are taken, as in load curves of Enedis")
    values = tuple((at, _unit(sheet, at, facts, wanted, mistakes)) for at in places)
    mistakes.stop()
    return Layout(
        time, values, _stamp(words, wanted, enedis=enedis), bool(words & {"utc", "gmt"}), enedis,
        _minutes(facts.get("pas_en_minutes") or facts.get("pas", "")), tuple(notes),
    )  # fmt: skip


def _facts(sheet: Sheet, names: list[str], mistakes: Mistakes) -> dict[str, str]:
    """Return what a file of Enedis says of its series, which must be one, and of what is taken."""
    held = {name: names.index(name) for name in _SERIES if name in names}
    first_line, first = sheet.rows[0]
    facts = dict(sheet.meta)
    lines = dict.fromkeys(facts, 2)
    for name, at in held.items():
        facts[name] = first[at] if at < len(first) else ""
        lines[name] = first_line
        for line, cells in sheet.rows:
            if at < len(cells) and cells[at] != facts[name]:
                mistakes.add(
                    line,
                    f"{sheet.header[at]} is {cells[at]!r}, in the rows above {facts[name]!r};"
                    " a file must hold one series with one step",
                )
                break
    facts = {name: plain(value) for name, value in facts.items()}
    for name, allowed in _FACTS.items():
        if facts.get(name) and facts[name] not in allowed:
            mistakes.add(
                lines[name],
                f"the rows are of {facts[name]!r}; wanted is the load curve of what was taken from"
                f" the grid ({name}: {' or '.join(allowed)})",
            )
    mistakes.stop()
    return facts


def _time(names: list[str]) -> tuple[int, ...]:
    """Return where the time stands: the start before the end, UTC before local time."""
    clock = next((name for name in _CLOCKS if name in names), None)
    if "date" in names and clock is not None:
        return names.index("date"), names.index(clock)

    def last(name: str) -> tuple[bool, bool]:
        words = set(name.split("_"))
        return bool(words & _ENDS), not words & {"utc", "gmt"}

    return (names.index(min((name for name in names if is_time(name)), key=last)),)


def _values(
    sheet: Sheet, names: list[str], time: tuple[int, ...], wanted: Wanted, mistakes: Mistakes
) -> tuple[int, ...]:
    """Return where imports and, if they are there, exports stand."""
    places: list[int] = []
    free = [at for at, name in enumerate(names) if not is_time(name) and at not in time]
    taken = [at for at in free if _IMPORT & set(names[at].split("_"))]
    sent = [at for at in free if _EXPORT & set(names[at].split("_"))]
    taken = taken or [at for at in free if at not in sent and _VALUE & set(names[at].split("_"))]
    for kind, given, found in (
        ("import", wanted.imports, taken), ("export", wanted.exports, sent),
    ):  # fmt: skip
        named = [at for at, name in enumerate(names) if given and name == plain(given)]
        could = found if given is None else named
        if len(could) == 1:
            places += could
        elif could or given is not None or kind == "import":
            there = f"{len(could)} columns could be it" if could else "none is there"
            what = f"one column of {kind}s is needed, {there}"
            if given is not None and not could:
                what = f"no column of values is called {given!r} (--{kind})"
            mistakes.add(
                sheet.line,
                f"{what}; the file has {', '.join(map(repr, sheet.header))}"
                f"{'' if given else f' (name it with --{kind})'}",
            )
    if len(places) != len(set(places)):
        mistakes.add(sheet.line, f"{sheet.header[places[0]]!r} cannot be imports and exports both")
    mistakes.stop()
    return tuple(places)


def _unit(sheet: Sheet, at: int, facts: dict[str, str], wanted: Wanted, mistakes: Mistakes) -> Unit:
    """Return the unit of a column: as the user says, as its name says, as the file says."""
    if wanted.unit is not None:
        return wanted.unit
    named = [word for word in plain(sheet.header[at]).split("_") if word in UNITS]
    said = named[0] if len(named) == 1 else facts.get("unite", "")
    if said not in UNITS:
        mistakes.add(
            sheet.line,
            f"the unit of column {sheet.header[at]!r} is not known"
            f"{f' ({said!r} is neither power nor energy)' if said else ''}; say --unit w, kw, wh"
            " or kwh",
        )
        return Unit.KWH
    return UNITS[said]


def _stamp(words: set[str], wanted: Wanted, *, enedis: bool) -> Stamp:
    """Return which end of its interval a row's time names: its start, where nothing is said."""
    if wanted.stamp is not None:
        return wanted.stamp
    return Stamp.END if enedis or words & _ENDS else Stamp.START


def _minutes(said: str) -> int | None:
    """Return the length of a row that the file says, as 30 or pt30m. [min]"""
    digits = "".join(letter for letter in said if letter.isdigit())
    if not digits:
        return None
    return int(digits) * (60 if said.startswith("pt") and said.endswith("h") else 1)
