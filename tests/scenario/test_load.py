"""A scenario file is read whole or refused whole, in the user's words, with every mistake told."""

from pathlib import Path

import pytest

from gridsim.core.errors import ScenarioError
from gridsim.scenario import load, names
from gridsim.scenario.models import Scenario
from gridsim.scenario.tariffs import Flat, Tempo, TimeOfUse

TEXT = """title = "Test"

[period]
start = 2023-01-09
end = 2023-01-23

[place]
name = "Lyon"

[population]
homes = 50

[arms.flat]
tariff = { kind = "flat", price = 0.1940 }

[arms.tempo]
tariff = "tempo-2026"
channel = "app"
"""
COORDINATES = """latitude = 45.76
longitude = 4.84
timezone = "Europe/Paris"
country = "FR"
weather = "lyon.epw\""""


def scenario(*changes: tuple[str, str], sets: tuple[str, ...] = ()) -> Scenario:
    """Return the text above as a scenario, with pieces of the text exchanged."""
    text = TEXT
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return load.loads(text, "x.toml", sets=sets)


def problems(*changes: tuple[str, str], sets: tuple[str, ...] = ()) -> list[str]:
    """Return what is wrong with it."""
    with pytest.raises(ScenarioError) as refused:
        scenario(*changes, sets=sets)
    return refused.value.problems


def of_file(path: Path) -> str:
    """Return what is wrong with a file."""
    with pytest.raises(ScenarioError) as refused:
        load.load(path)
    return str(refused.value)


def test_defaults_are_filled() -> None:
    found = scenario()
    assert found.seed == 1
    assert found.period.step_minutes == 15
    assert found.population.preset == "france"
    assert found.population.pv is None
    assert found.arms["flat"].channel == "bill"
    assert found.arms["tempo"].automation.hot_water is True
    assert found.output.follow == 20


def test_arms_keep_the_order_of_the_file() -> None:
    assert list(scenario().arms) == ["flat", "tempo"]
    swapped = scenario(("arms.flat", "arms.z"), ("arms.tempo", "arms.a"))
    assert list(swapped.arms) == ["z", "a"]


def test_a_tariff_is_a_name_or_one_of_three_tables() -> None:
    tempo = '{ kind = "tempo", blue = B, white = B, red = B }'.replace(
        "B", "{ off_peak = 0.1, peak = 0.2 }"
    )
    bands = '{ kind = "time_of_use", bands = [{ price = 0.2 }] }'
    assert isinstance(scenario().arms["flat"].tariff, Flat)
    assert scenario().arms["tempo"].tariff == "tempo-2026"
    assert isinstance(scenario(('"tempo-2026"', tempo)).arms["tempo"].tariff, Tempo)
    assert isinstance(scenario(('"tempo-2026"', bands)).arms["tempo"].tariff, TimeOfUse)


def test_a_scenario_cannot_be_changed_in_place() -> None:
    with pytest.raises(ValueError, match="frozen"):
        scenario().title = "Other"  # type: ignore[misc]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    found = problems(
        ("end = 2023-01-23", "end = 2023-01-02"),
        ('"Lyon"', '"Lion"'),
        ("homes = 50", "homs = 50"),
        ('"app"', '"apps"'),
    )
    places = [line.split(": ")[0:2] for line in found]
    assert places == [
        ["x.toml:5:7", "period.end"],
        ["x.toml:8:8", "place.name"],
        ["x.toml:10:2", "population.homes"],
        ["x.toml:11:1", "population.homs"],
        ["x.toml:18:11", "arms.tempo.channel"],
    ]
    assert "did you mean" in found[1]
    assert "did you mean" in found[4]


def test_coordinates_do_instead_of_a_name() -> None:
    place = scenario(('name = "Lyon"', COORDINATES)).place
    assert place.name is None
    assert place.latitude == 45.76


def test_tariff_names_are_those_of_the_signals_room() -> None:
    from gridsim.signals import presets

    assert names.tariffs() == presets.names()


@pytest.mark.parametrize("value", ["15.0", "true", "20", '"15"'])
def test_what_only_resembles_a_step_is_refused(value: str) -> None:
    (found,) = problems(("homes = 50", "homes = 50"), sets=(f"period.step_minutes={value}",))
    assert "period.step_minutes: must be" in found


def test_holidays_count_only_when_a_band_names_them() -> None:
    bands = (
        '{ kind = "time_of_use", bands = [{ price = 0.2 }, { price = 0.1, days = ["holiday"] }] }'
    )
    assert isinstance(scenario(('"tempo-2026"', bands)).arms["tempo"].tariff, TimeOfUse)


# Overrides


def test_overrides_take_toml_values_and_plain_words() -> None:
    found = scenario(
        sets=(
            "period.end=2023-03-06",
            "population.homes = 500",
            "arms.tempo.channel=display",
            'title="Other = title"',
            "place.weather=data:a/b.epw.gz",
            "output.profiles=true",
            'arms.tempo.enrolment={kind="opt_in", share=0.2}',
        )
    )
    assert found.period.end.isoformat() == "2023-03-06"
    assert found.population.homes == 500
    assert found.arms["tempo"].channel == "display"
    assert found.title == "Other = title"
    assert found.place.weather == "data:a/b.epw.gz"
    assert found.output.profiles is True


def test_the_last_of_two_overrides_counts() -> None:
    assert scenario(sets=("seed=2", "seed=3")).seed == 3


def test_an_override_may_add_a_whole_arm() -> None:
    found = scenario(sets=("arms.day.tariff=hphc-2026", "arms.day.channel=app"))
    assert list(found.arms) == ["flat", "tempo", "day"]


def test_an_override_reaches_into_a_list() -> None:
    bands = '{ kind = "time_of_use", bands = [{ price = 0.2 }] }'
    found = scenario(('"tempo-2026"', bands), sets=("arms.tempo.tariff.bands.0.price=0.3",))
    assert found.arms["tempo"].tariff.bands[0].price == 0.3  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("population.home=5", 'population.home: unknown key; .* did you mean "homes"'),
        ("populaton.homes=5", 'populaton: unknown key; .* did you mean "population"'),
        ("population.homes=lots", 'population.homes: must be a whole number .* got "lots"'),
        ("arms.temp.channel=app", 'there is no such arm; there are flat, tempo; .* "tempo"'),
        ("arms.tempo.tariff.price=1", 'arms.tempo.tariff is not a table here but "tempo-2026"'),
        ("arms.tempo.channel=ap", 'must be one of .* did you mean "app"'),
        ("homes", "must be key=value"),
        ("=5", "must be key=value"),
        ("a..b=5", "must be key=value"),
        ("title=2 homes", "is not a TOML value; text needs quotes"),
        ("seed=", "is not a TOML value"),
        ("period.end=2023-13-01", "is not a TOML value"),
        ("period.end=2023-01-01", "must be after period.start"),
    ],
)
def test_a_wrong_override_is_told_as_an_override(written: str, said: str) -> None:
    found = problems(sets=(written,))
    assert len(found) == 1
    assert found[0].startswith(f"--set {written}: ")
    with pytest.raises(ScenarioError, match=said):
        raise ScenarioError(found)


def test_wrong_overrides_are_told_together() -> None:
    assert len(problems(sets=("homes", "title=2 homes", "arms.temp.channel=app"))) == 3


def test_an_entry_beyond_the_list_is_told() -> None:
    bands = '{ kind = "time_of_use", bands = [{ price = 0.2 }] }'
    (found,) = problems(('"tempo-2026"', bands), sets=("arms.tempo.tariff.bands.1={price=1}",))
    assert "there is no entry 1; the list has 1" in found


# Changing a scenario in Python


def test_set_returns_another_scenario() -> None:
    before = scenario()
    after = before.set("population.homes", 500)
    assert (before.population.homes, after.population.homes) == (50, 500)
    assert after.set("population.homes", 50) == before


def test_set_takes_records_and_tables() -> None:
    found = scenario().set("arms.tempo.tariff", Flat(kind="flat", price=0.2))
    assert found.arms["tempo"].tariff == Flat(kind="flat", price=0.2)
    assert found.set("arms.tempo.tariff.price", 0.3).arms["tempo"].tariff.price == 0.3  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("population.home", 5, 'population.home: unknown key; .* did you mean "homes"'),
        ("population.homes", 0, "population.homes: must be a whole number from 1"),
        ("period.end", "2023-02-01", "period.end: must be a date"),
        ("arms.none.channel", "app", "there is no such arm"),
        ("a..b", 1, "is not a key"),
    ],
)
def test_set_refuses_what_the_file_would(key: str, value: object, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        scenario().set(key, value)


# Files


def test_relative_files_start_from_the_folder_of_the_scenario(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text(
        TEXT.replace('"Lyon"', '"Lyon"\nweather = "w/lyon.epw"\ncarbon = "co2.csv"')
        + '[signals]\ntempo_colours = "data:c.csv"\n[output]\nfolder = "out"\n'
    )
    found = load.load(file)
    assert found.place.weather == str(tmp_path / "w" / "lyon.epw")
    assert found.place.carbon == str(tmp_path / "co2.csv")
    assert found.signals.tempo_colours == "data:c.csv"
    assert found.output.folder == str(tmp_path / "out")


def test_words_and_absolute_files_stay(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_text(TEXT.replace('"Lyon"', '"Lyon"\nweather = "/w/lyon.epw"\ncarbon = "FR"'))
    found = load.load(file)
    assert found.place.weather == "/w/lyon.epw"
    assert found.place.carbon == "FR"


def test_a_missing_file_is_told_with_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "winter.toml").write_text(TEXT)
    assert 'there is no such file; did you mean "winter.toml"' in of_file(tmp_path / "wintr.toml")
    assert "not even the folder" in of_file(tmp_path / "none" / "x.toml")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "is a folder" in of_file(tmp_path)


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    with file.open("wb") as out:
        out.truncate(20_000_000)
    assert "larger than 10 MB" in of_file(file)


def test_a_name_no_system_takes_is_refused() -> None:
    assert "cannot be read" in of_file(Path("a\0b.toml"))


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    assert load.load(file) == scenario()


def test_line_ends_of_windows_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_bytes(TEXT.replace("\n", "\r\n").encode())
    assert load.load(file) == scenario()
    file.write_bytes(TEXT.replace("homes = 50", "homes = 0").replace("\n", "\r\n").encode())
    assert f"{file}:11:9: population.homes" in of_file(file)


def test_bytes_that_are_no_text_are_placed(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_bytes(b'title = "ok"\nquestion = "\xff"\n')
    assert f"{file}:2:13: is not UTF-8 text (byte 0xff)" in of_file(file)


def test_brackets_without_end_are_refused_not_a_crash() -> None:
    with pytest.raises(ScenarioError):
        load.loads("a = " + "[" * 100_000, "x.toml")


def test_loading_needs_no_heavy_library() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from gridsim.scenario import load, dump, words, starter, schema;"
        "heavy = {'pandas', 'pvlib', 'numba', 'numpy', 'matplotlib', 'simpy'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)
