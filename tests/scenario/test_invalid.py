"""Each file of scenarios/invalid is refused with the message that its first line announces."""

from pathlib import Path

import pytest

from gridsim.core.errors import ScenarioError
from gridsim.scenario import load

FOLDER = Path(__file__).resolve().parents[2] / "scenarios" / "invalid"
FILES = sorted(FOLDER.glob("*.toml"))


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= 30


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_it_is_refused_as_announced(file: Path) -> None:
    first = file.read_bytes().split(b"\n", 1)[0].decode()
    assert first.startswith("# expect: ")
    with pytest.raises(ScenarioError) as refused:
        load.load(file)
    assert f"{file}:{first.removeprefix('# expect: ')}" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "mistakes"), [("many_mistakes", 5), ("contract_of_many_mistakes", 4)]
)
def test_many_mistakes_are_told_together(name: str, mistakes: int) -> None:
    with pytest.raises(ScenarioError) as refused:
        load.load(FOLDER / f"{name}.toml")
    assert len(refused.value.problems) == mistakes
