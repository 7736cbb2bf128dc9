"""The ``@kernel`` decorator: plain scalar Python that numba compiles and remembers.

The physics is written once as scalar functions. With ``NUMBA_DISABLE_JIT=1`` they run as ordinary
Python, which is how coverage and the textbook reader see them.

Compiled kernels are kept in the folder of :mod:`gridsim.core.cache`. A folder that cannot be
written leads to compiling in memory, never to an error.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial, update_wrapper
from pathlib import Path
from typing import Any

import numba
from numba.core import config
from numba.core.cpu import CPUTargetOptions

from gridsim.core import cache

_CALLED = {"no_cfunc_wrapper": True}
_WITHIN = _CALLED | {"no_cpython_wrapper": True}
if hasattr(CPUTargetOptions, "_nrt"):  # an option that numba does not promise to keep
    _WITHIN["_nrt"] = False


class Kernel:
    """A compiled function, as other kernels call it and as Python calls it.

    Most kernels are called by kernels only. What turns Python's objects into numbers and arrays
    takes a quarter of the time to compile one, so it is compiled when Python first calls. Kernels
    make no arrays, so those that kernels call count no references either.

    Parameters
    ----------
    function : callable
        Python function of scalars and arrays.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self.py_func = function
        self._within = _compiled(function, "within", _WITHIN)
        self._called = _compiled(function, "called")
        update_wrapper(self, function)

    @property
    def _numba_type_(self) -> Any:
        """What a kernel sees that calls this one; the name is numba's."""
        return self._within._numba_type_

    def __call__(self, *args: Any) -> Any:
        """Call the function from Python."""
        return self._called(*args)


def kernel(
    function: Callable[..., Any] | None = None, *, signature: Any = None
) -> Callable[..., Any]:
    """Compile a scalar function with numba: no Python objects, no lock, IEEE arithmetic as written.

    ``fastmath`` stays off so that results are the same bits on every CPU target and thread count.

    Parameters
    ----------
    function : callable
        Python function of scalars and arrays, which makes no arrays of its own.
    signature : optional
        Of numba: what the arguments are turned into. For functions that are called with many
        kinds of integers, each of which would be compiled anew.
    """
    if function is None:
        return partial(kernel, signature=signature)
    if config.DISABLE_JIT:
        return function
    if signature is not None:
        made: Callable[..., Any] = _compiled(function, "called", wanted=[signature])
        return made
    return Kernel(function)


def _compiled(
    function: Callable[..., Any],
    drawer: str,
    options: Mapping[str, bool] = _CALLED,
    wanted: Sequence[Any] = (),
) -> Any:
    """Hand a function to numba, which keeps what it compiles in a drawer of the cache folder."""
    make = partial(numba.njit, *wanted, nogil=True, error_model="numpy", **options)
    folder = cache.folder()
    before = config.CACHE_DIR
    config.CACHE_DIR = str(Path(folder) / drawer) if folder is not None else ""
    try:
        return make(cache=folder is not None)(function)
    except RuntimeError:  # a function typed at a prompt lies in no file: nothing to key a cache by
        return make(cache=False)(function)
    finally:
        config.CACHE_DIR = before
