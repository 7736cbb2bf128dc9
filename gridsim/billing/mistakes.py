"""What is wrong with a meter file: collected line by line and told together."""

from dataclasses import dataclass, field

from gridsim.core.errors import DataError

MOST_TOLD = 10
"""How many mistakes a message tells; the others are counted."""


@dataclass(frozen=True, slots=True)
class Mistakes:
    """The mistakes of a file so far.

    Parameters
    ----------
    name : str
        The file, as the user wrote it.
    found : list of (int, str)
        Line of the file, 0 for the file as a whole, and what is wrong there.
    advice : list of str
        What helps, told once at the end.
    """

    name: str
    found: list[tuple[int, str]] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)

    def add(self, line: int, text: str) -> None:
        """Note what is wrong with a line."""
        self.found.append((line, text))

    def advise(self, text: str) -> None:
        """Note what helps, once."""
        if text not in self.advice:
            self.advice.append(text)

    def stop(self) -> None:
        """Refuse the file if anything is wrong with it.

        Raises
        ------
        DataError
            With the first ten mistakes in the order of their lines, and a count of the others.
        """
        if not self.found:
            return
        ordered = sorted(self.found, key=lambda mistake: mistake[0])
        told = [refusal(self.name, line, text) for line, text in ordered[:MOST_TOLD]]
        if len(ordered) > MOST_TOLD:
            told.append(f"{self.name}: and {len(ordered) - MOST_TOLD} more mistakes")
        raise DataError("\n".join([*told, *self.advice]))


def refusal(name: str, line: int, text: str) -> str:
    """Return a mistake as it is told: file, line, what is wrong."""
    return f"{name}:{line}: {text}" if line else f"{name}: {text}"
