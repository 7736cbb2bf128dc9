"""Notices: from a moment on, the price of some steps is known."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """From ``published_s`` on, the price of the steps ``first`` to ``last - 1`` is known.

    Parameters
    ----------
    published_s : int
        UTC second of the announcement; it may lie before the clock's start. [s]
    first, last : int
        Steps on the clock that the tariff was asked for: [first, last), never empty.
    label : str
        What is announced, in a word or two: ``"red"``.
    """

    published_s: int
    first: int
    last: int
    label: str

    def __post_init__(self) -> None:
        """Refuse a notice about no step."""
        if not 0 <= self.first < self.last:
            raise ValueError(f"notice.first must lie in [0, last), got [{self.first}, {self.last})")
