"""Settings of the test run: no deadline, since the first call of a kernel compiles it."""

from hypothesis import settings

settings.register_profile("gridsim", deadline=None, derandomize=True)
settings.load_profile("gridsim")
