"""A file of parameters of one's own holds every number, and is written with its comments kept."""

import pytest

from gridsim.citizens import parameter_text
from gridsim.citizens.parameters import parameters, read, values, with_values

OURS = parameter_text.own_text()


def written(tmp_path, text):
    file = tmp_path / "mine.toml"
    file.write_text(text)
    return file


def test_the_packages_own_text_reads_as_its_parameters(tmp_path):
    assert read(written(tmp_path, OURS)) == parameters()


@pytest.mark.parametrize("changes", [{"call.glow": 2.0}, {"traits.bother.1": 0.75}])
def test_what_is_rewritten_reads_as_what_is_changed(tmp_path, changes):
    text = parameter_text.rewritten(OURS, changes, "tried")
    assert read(written(tmp_path, text)) == with_values(parameters(), changes)
    assert text.count("# tried; was ") == 1


def test_a_place_of_a_list_that_no_file_has_is_refused():
    with pytest.raises(ValueError, match=r"has no traits\.zeal\.0"):
        parameter_text.rewritten(OURS, {"traits.zeal.0": 1.0}, "x")


def test_a_file_that_misses_a_number_or_knows_one_more_is_refused(tmp_path):
    without = "\n".join(line for line in OURS.splitlines() if not line.startswith("glow ="))
    with pytest.raises(ValueError, match=r"missing \['call\.glow'\], unknown -"):
        read(written(tmp_path, without))
    with pytest.raises(ValueError, match=r"missing nothing, unknown \['call\.zeal'\]"):
        read(written(tmp_path, OURS.replace("\nglow =", "\nzeal = 1.0\nglow =")))


def test_currencies_of_ones_own_are_welcome(tmp_path):
    found = read(written(tmp_path, OURS + "\nPLN = 4.0\n"))
    assert found.euro("PLN") == 4.0
    assert "money.PLN" in values(found)
