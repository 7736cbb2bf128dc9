"""The page of trials: whole in itself, says what is outside, and trusts no text."""

import math

from gridsim.metrics.effects import Effect
from gridsim.report import verdicts as page
from gridsim.results.verdicts import Figure, PartVerdict, RowVerdict, Slope, Told, Verdicts

HOSTILE = '<script>alert("1")</script>'


def part(value, key="peak", high=8.1):
    """Return a part that was simulated to a value."""
    trial = Effect(value + 0.2, value - 1.0, value + 1.4)
    effect = Effect(value, value - 0.5, value + 0.5)
    return PartVerdict(key, f"{key} {HOSTILE}", "%", 3.1, high, effect, trial, ("A031",))


def made(*values, slopes=()):
    """Return verdicts on a row with such values."""
    figure = Figure(
        "A031", "Arcturus", "peak", 10.1, None, None, "%", "", "Faruqui 2017", "DERIVED"
    )
    told = Told("trials/t01", "T1", "...", 100, 30, ("flat", "tou"))
    parts = tuple(part(value, f"part{i}") for i, value in enumerate(values))
    row = RowVerdict("T1", HOSTILE, parts, (figure,), (told,), ("homes are all alike",), 1.5)
    return Verdicts((row,), True, tuple(slopes))


def test_the_page_shows_values_bands_sources_and_assumptions():
    text = page.page(made(5.6, 9.0), "0.1")
    for said in ("5.60", "3.10 … 8.10", "A031", "Faruqui 2017", "DERIVED", "homes are all alike",
                 "gridsim run trials/t01", "Quick run", "5.80 (4.60 … 7.00)"):  # fmt: skip
        assert said in text


def test_the_page_needs_nothing_else_and_trusts_no_text():
    text = page.page(made(5.6), "0.1")
    assert "http" not in text.replace("http-equiv", "")
    assert "<script" not in text
    assert "data:image/svg+xml;base64," in text


def test_the_page_is_the_same_each_time():
    assert page.page(made(5.6, 9.0), "1") == page.page(made(5.6, 9.0), "1")


def test_a_row_outside_is_named_at_the_top():
    assert "Outside: T1." in page.page(made(5.6, 9.0), "1")
    assert "Outside: T1." not in page.page(made(5.6), "1")


def test_the_terminal_marks_what_lies_outside():
    lines = page.table_text(made(5.6, 9.0), 110).splitlines()
    assert lines[0].startswith("T1   OUTSIDE")
    assert [line[2] for line in lines[1:-1]] == [" ", "!"]
    assert lines[-1] == "0 of 1 rows inside their band"


def test_a_narrow_terminal_gets_no_intervals_and_no_wide_lines():
    lines = page.table_text(made(5.6), 80).splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert "5.10" not in lines[1]


def test_a_value_without_interval_and_a_band_without_end_are_written_as_such():
    line = page.line(
        PartVerdict("h", "hours", "h", 12.0, math.inf, Effect(24.0, math.nan, math.nan), None, ())
    )
    assert (line.band, line.interval, line.trial, line.verdict) == ("> 12.0", "–", "–", "inside")


def test_what_moves_a_row_most_comes_first():
    slopes = [Slope("T1", "part0", name, 1.2, change) for name, change in (("a", 0.1), ("b", -2.0))]
    found = page.steepest(tuple(slopes), made(5.6).rows[0])
    assert [line[0] for line in found] == ["b x 1.2", "a x 1.2"]
    assert "b x 1.2" in page.page(made(5.6, slopes=slopes), "1")
