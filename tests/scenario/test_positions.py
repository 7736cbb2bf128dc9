"""The scanner knows where each key and value of any TOML text stands, as tomllib reads it."""

import datetime as dt
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridsim.scenario import positions
from gridsim.scenario.positions import Mark

FEW = settings(max_examples=40, deadline=None)
BARE = st.text("abcXYZ019_-", min_size=1, max_size=4)
ANY = st.text("aé😀 .=#,'\"\\[]{}", max_size=5)
SPACE = st.sampled_from(["", " ", "  ", "\t"])
BREAK = st.sampled_from(["\n", "\n\n", " # note = [\n", '\n# "quoted\n'])


def basic(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@st.composite
def keys(draw: st.DrawFn) -> tuple[str, str]:
    """Make a key and one way to write it."""
    if draw(st.booleans()):
        name = draw(BARE)
        return name, name
    name = draw(ANY)
    return name, f"'{name}'" if "'" not in name and draw(st.booleans()) else basic(name)


@st.composite
def scalars(draw: st.DrawFn) -> str:
    """Make a value that is no table and no list."""
    simple = st.sampled_from([
        "1", "-17", "1_000", "0xff", "3.5", "1e-7", "inf", "-nan", "true", "false",
        "2023-01-09", "2023-01-09T10:00:00Z", "2023-01-09 10:00:00", "06:30:00",
        '""', "''", '"""a\n"b" ]"""', "'''x\n'y' }'''", '"""z"""""', '"""\\\n  joined"""',
        '"# no comment"', "'[no table]'", '"a, b = {c}"',
    ])  # fmt: skip
    return draw(st.one_of(simple, ANY.map(basic)))


@st.composite
def values(draw: st.DrawFn, depth: int = 2) -> str:
    """Make a value of any kind."""
    kind = draw(st.sampled_from(["scalar", "array", "inline"] if depth else ["scalar"]))
    if kind == "scalar":
        return draw(scalars())
    if kind == "array":
        items = draw(st.lists(values(depth=depth - 1), max_size=3))
        gap = draw(st.one_of(SPACE, BREAK))
        comma = "," if items and draw(st.booleans()) else ""
        return "[" + gap + f",{gap}".join(items) + comma + gap + "]"
    found = draw(st.lists(keys(), max_size=3, unique_by=lambda key: key[0]))
    pairs = [f"{key} = {draw(values(depth=0))}" for _, key in found]
    return "{ " + ", ".join(pairs) + " }"


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Make a TOML text of headers, arrays of tables, dotted keys, comments and blank lines."""
    lines = []
    for number in range(draw(st.integers(0, 4))):
        _, header = draw(keys())
        gap = draw(SPACE)
        inner = f"t{number}{gap}.{gap}{header}" if draw(st.booleans()) else f"t{number}"
        opening, closing = draw(st.sampled_from([("[", "]"), ("[[", "]]")]))
        again = draw(st.integers(1, 2)) if opening == "[[" else 1
        for _ in range(again):
            lines.append(f"{draw(SPACE)}{opening}{gap}{inner}{gap}{closing}")
            found = draw(st.lists(keys(), max_size=3, unique_by=lambda key: key[0]))
            for name, key in found:
                dotted = f"{key}{gap}. x" if draw(st.booleans()) else key
                lines.append(f"{draw(SPACE)}{dotted}{gap}={gap}{draw(values())}")
                assert name is not None
    return "".join(line + draw(BREAK) for line in lines)


def walk(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, Any]]:
    """Yield each path with its value."""
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, held in value.items():
            yield from walk(held, (*path, key))
    elif isinstance(value, list):
        for number, held in enumerate(value):
            yield from walk(held, (*path, number))


def rest_of(text: str, mark: Mark) -> str:
    """Return the text from a mark on."""
    return "\n".join([text.split("\n")[mark.line - 1][mark.column - 1 :],
                      *text.split("\n")[mark.line :]])  # fmt: skip


@FEW
@given(texts())
def test_every_path_of_tomllib_has_a_place_and_no_other_does(text: str) -> None:
    found = positions.find(text)
    wanted = {path for path, _ in walk(tomllib.loads(text))}
    assert set(found.values) == wanted
    assert set(found.keys) == wanted
    assert found.again == ()


@FEW
@given(texts())
def test_the_text_at_a_value_reads_as_the_value(text: str) -> None:
    found = positions.find(text)
    for path, value in walk(tomllib.loads(text)):
        if isinstance(value, dict | list | float):
            continue
        rest = rest_of(text, found.values[path])
        read = next(
            (
                v["k"]
                for v in (parse(rest[:end]) for end in range(1, min(len(rest), 60) + 1))
                if fits(v, value)
            ),
            None,
        )
        assert read == value


def parse(piece: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(f"k = {piece}")
    except tomllib.TOMLDecodeError:
        return None


def fits(read: dict[str, Any] | None, value: Any) -> bool:
    return read is not None and read["k"] == value and type(read["k"]) is type(value)


@FEW
@given(texts())
def test_the_text_at_a_key_reads_as_the_key(text: str) -> None:
    for path, mark in positions.find(text).keys.items():
        if isinstance(path[-1], str):
            key = rest_of(text, mark)
            assert any(
                split == (path[-1],)
                for split in (splits(key[:end]) for end in range(min(len(key), 30) + 1))
            )


def splits(piece: str) -> tuple[str, ...] | None:
    try:
        return positions.split_key(piece)
    except ValueError:
        return None


@FEW
@given(texts())
def test_line_ends_of_windows_change_nothing(text: str) -> None:
    assert positions.find(text.replace("\n", "\r\n")) == positions.find(text)


def test_places_are_those_an_editor_shows() -> None:
    text = '# note\ntitle = "x"\n[ a . "b c" ]\n  n.m = [1, {z = 2}]\n'
    found = positions.find(text)
    assert found.values["title",] == Mark(2, 9)
    assert found.keys["a", "b c"] == Mark(3, 7)
    assert found.keys["a", "b c", "n", "m"] == Mark(4, 5)
    assert found.values["a", "b c", "n", "m", 1, "z"] == Mark(4, 18)


def test_what_stands_nowhere_is_where_its_table_is() -> None:
    found = positions.find("[a]\nb = 1\n")
    assert found.of_value(("a", "c", "d")) == Mark(1, 2)
    assert found.of_key(("z",)) == Mark(1, 1)


@pytest.mark.parametrize(
    ("text", "path", "first", "later"),
    [
        ("a = 1\nb = 2\na = 3\n", ("a",), Mark(1, 1), Mark(3, 1)),
        ("[t]\nx = 1\n[t]\n", ("t",), Mark(1, 2), Mark(3, 2)),
        ("k = {a = 1, a = 2}\n", ("k", "a"), Mark(1, 6), Mark(1, 13)),
    ],
)
def test_what_is_written_twice_is_found(
    text: str, path: tuple[str, ...], first: Mark, later: Mark
) -> None:
    assert positions.find(text).again == ((path, first, later),)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a", ("a",)),
        ("a.b-c.d_1", ("a", "b-c", "d_1")),
        ('arms."my arm".label', ("arms", "my arm", "label")),
        (" a . 'b.c' ", ("a", "b.c")),
        ('""', ("",)),
    ],
)
def test_dotted_keys_come_apart(text: str, parts: tuple[str, ...]) -> None:
    assert positions.split_key(text) == parts


@pytest.mark.parametrize("text", ["", "a..b", ".a", "a.", "a b", "a=1", "é"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        positions.split_key(text)


@FEW
@given(texts(), st.integers(0, 200))
def test_a_text_cut_anywhere_is_scanned_to_its_end(text: str, cut: int) -> None:
    positions.find(text[:cut])


@FEW
@given(texts())
def test_a_replaced_value_is_the_only_change(text: str) -> None:
    before = tomllib.loads(text)
    paths = [
        path
        for path, value in walk(before)
        if isinstance(value, int | str | dt.date) and not any(isinstance(p, int) for p in path)
    ]
    after = tomllib.loads(positions.replaced(text, dict.fromkeys(paths, '"new"')))
    changed = {path for path, value in walk(after) if value == "new"}
    assert set(paths) <= changed
    assert {path for path, _ in walk(after)} == {path for path, _ in walk(before)}
