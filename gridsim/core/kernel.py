"""The ``@kernel`` decorator: plain scalar Python that numba compiles and remembers.

The physics is written once as scalar functions. With ``NUMBA_DISABLE_JIT=1`` they run as ordinary
Python, which is how coverage and the textbook reader see them.

Compiled kernels of this package are kept in the folder of :mod:`gridsim.core.cache`. A folder that
cannot be written leads to compiling in memory, never to an error; so do kernels of other packages,
whose sources the folder does not answer for.
"""

from collections.abc import Callable, Mapping
from functools import cached_property, partial, update_wrapper
from pathlib import Path
from typing import Any

import numba
from numba.core import config
from numba.core.cpu import CPUTargetOptions

from gridsim.core import cache, pipeline
from gridsim.core.shelf import Shelf

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
    signature : optional
        Of numba: what the arguments are turned into.
    inline : bool
        Whether kernels that call this one take in its text.
    """

    def __init__(
        self, function: Callable[..., Any], signature: Any = None, *, inline: bool = False
    ) -> None:
        self.py_func = function
        self.signature = signature
        self.inline = inline
        update_wrapper(self, function)

    @cached_property
    def _within(self) -> Any:
        """The form that kernels call, made when one does."""
        return _compiled(self.py_func, "within", _WITHIN, self.signature)

    @cached_property
    def _called(self) -> Any:
        """The form that Python calls."""
        return _compiled(self.py_func, "called", _CALLED, self.signature)

    @property
    def targetoptions(self) -> Mapping[str, str]:
        """What numba asks before it takes in the text of a function; the name is numba's."""
        return {"inline": "always" if self.inline else "never"}

    @property
    def _numba_type_(self) -> Any:
        """What a kernel sees that calls this one; the name is numba's."""
        return self._within._numba_type_

    def __call__(self, *args: Any) -> Any:
        """Call the function from Python."""
        return self._called(*args)


def kernel(
    function: Callable[..., Any] | None = None, *, signature: Any = None, inline: bool = False
) -> Callable[..., Any]:
    """Compile a scalar function with numba: no Python objects, no lock, IEEE arithmetic as written.

    ``fastmath`` stays off so that results are the same bits on every CPU target and thread count.

    Parameters
    ----------
    function : callable
        Python function of scalars and arrays, which makes no arrays of its own. If kernels call it,
        it gives back no array that it was given, nor a part of one, and what it writes through one
        argument it reads through no other: the compiler counts on both.
    signature : optional
        Of numba: what the arguments are turned into. For functions that are called with many
        kinds of integers, each of which would be compiled anew.
    inline : bool
        Whether kernels that call this one take in its text instead of its compiled form. For long
        functions with one caller, which would be compiled twice.
    """
    if function is None:
        return partial(kernel, signature=signature, inline=inline)
    if config.DISABLE_JIT:
        return function
    return Kernel(function, signature, inline=inline)


def prepare(function: Callable[..., Any], *args: Any) -> None:
    """Compile what other kernels take in of a kernel, for arguments like these; call nothing.

    Parameters
    ----------
    function : callable
        A kernel; anything else is left alone, as kernels are where nothing is compiled.
    *args
        Numbers and arrays of the kinds that it will be called with.
    """
    if isinstance(function, Kernel):
        function._within.compile(tuple(numba.typeof(arg) for arg in args))


def _compiled(
    function: Callable[..., Any], form: str, options: Mapping[str, Any], signature: Any
) -> Any:
    """Hand a function to numba, and what numba makes of it to a shelf of the cache folder."""
    how = pipeline.chosen(form)
    made = numba.njit(nogil=True, error_model="numpy", **how, **options)(function)
    pipeline.for_any_number(made)
    folder = cache.folder()
    if folder is not None and cache.answers_for(function.__code__.co_filename):
        name = f"{function.__module__}.{function.__qualname__}.{form}"
        made._cache = Shelf(Path(folder), name)
    if signature is not None:
        made.compile(signature)
        made.disable_compile()
    return made
