"""The three ways a user's input can be wrong, and the one way a run can fail."""


class GridsimError(Exception):
    """Base of the errors that are told to a user as one clear message, never as a traceback."""


class ScenarioError(GridsimError):
    """The user's scenario file is wrong; ``problems`` holds every mistake found, one line each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


class DataError(GridsimError):
    """A file that the scenario names is missing, unreadable or makes no sense."""


class AuditError(GridsimError):
    """Energy or money did not balance, so the run is refused rather than reported."""
