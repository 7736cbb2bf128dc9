"""Information without a price: what people learn of their own use, and for how long."""

from dataclasses import dataclass

KINDS = ("bill", "audit", "daily", "display", "appliance", "report")
"""Kinds of feedback: informative bills, advice on the home, daily figures on a portal or by
message, a live display, figures for each appliance, a home report that compares with neighbours."""


@dataclass(frozen=True, slots=True)
class Information:
    """Feedback that an arm gives its homes.

    Parameters
    ----------
    kind : str
        One of :data:`KINDS`.
    from_s, until_s : int
        UTC seconds from which, and until which, it is given. [s]

    Raises
    ------
    ValueError
        If the kind is unknown, or it ends before it starts.
    """

    kind: str
    from_s: int
    until_s: int

    def __post_init__(self) -> None:
        """Refuse an unknown kind and a time that is none."""
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {self.kind!r}")
        if self.until_s <= self.from_s:
            raise ValueError(f"until_s must come after from_s, {self.from_s}, got {self.until_s}")
