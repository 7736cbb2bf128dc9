"""How numba compiles kernels: what only kernels call is not made machine code for itself.

numba optimises each function across all that it calls, turns it into machine code and gives it to
the processor to run, and then links its text, not its machine code, into what calls it: there
the same is done again, at each level of calling. Here a function that only kernels call is
simplified for itself and linked with what it calls, and nothing more; the outermost function, which
Python calls, is optimised with all of them at once. The machine code is as fast, for a third
less time.

A kernel that kernels call takes it that what it writes through one of its arrays is not read
through another, and gives back none of them, so that loops need not look whether rows overlap
before they take several homes at a time; a test of the engine watches every call of a small town.

Three smaller things: what kind of number comes of an operation on kinds of numbers is looked up
once, not at each operation; a kernel that is called with a number in its place, like 0, is not
compiled anew for it; and a pass that joins operations on whole arrays is left out where no array is
made.

This leans on names of numba that it does not promise to keep: where one is missing, numba compiles
as it does by itself.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

from llvmlite import binding
from numba.core import types
from numba.core.codegen import JITCodeLibrary, RuntimeLinker
from numba.core.compiler import Compiler, CompileResult
from numba.core.errors import TypingError
from numba.core.typed_passes import NopythonRewrites
from numba.core.types.misc import unliteral

_KIND = "linked"
_NUMBERS = (types.IntegerLiteral, types.BooleanLiteral)
_LEANT_ON = {
    JITCodeLibrary: (
        "_optimize_final_module", "_finalize_final_module", "_finalize_dynamic_globals",
        "_get_module_for_linking",
    ),
    CompileResult: ("_rebuild", "_find_referenced_environments"),
    RuntimeLinker: ("PREFIX",),
    types.BaseFunction: ("get_call_type",),
}  # fmt: skip


def for_any_number(dispatcher: Any) -> None:
    """Let a kernel that is called with a number in its place, like 0, be compiled for any.

    Parameters
    ----------
    dispatcher : numba dispatcher
        Of a kernel. One that picks a field by such a number is compiled for the number still.
    """
    asked = dispatcher.get_call_template

    def plainly(args: Any, kws: Any) -> Any:
        if any(isinstance(arg, _NUMBERS) for arg in args):
            plain = tuple(unliteral(arg) if isinstance(arg, _NUMBERS) else arg for arg in args)
            with contextlib.suppress(TypingError):
                return asked(plain, kws)
        return asked(args, kws)

    dispatcher.get_call_template = plainly


def chosen(form: str) -> dict[str, Any]:
    """Return how numba should compile, as options of its decorator.

    Parameters
    ----------
    form : str
        "within" for what kernels call, "called" for what Python calls.
    """
    known = all(hasattr(place, name) for place, names in _LEANT_ON.items() for name in names)
    if not known:
        return {}
    return {"pipeline_class": _Within if form == "within" else _Called}


class _Linked(JITCodeLibrary):  # type: ignore[misc]
    """Code for callers to take in: linked with what it calls, and no machine code."""

    @property
    def codegen(self) -> Any:
        """What makes code; numba asks it to set what there is no place for yet."""
        return _Unplaced(self._codegen)

    def get_pointer_to_function(self, name: str) -> int:
        """Return where a function lies in memory, which is nowhere."""
        self._ensure_finalized()
        return 0

    def serialize_using_object_code(self) -> tuple[str, str, bytes]:
        """Return what a file holds of this."""
        self._ensure_finalized()
        return self.name, _KIND, self._get_module_for_linking().as_bitcode()

    def _optimize_final_module(self) -> None:
        """Leave it to the outermost caller."""

    def _finalize_final_module(self) -> None:
        """Be ready to be linked; a function that calls itself has to have an address."""
        names = [place.name for place in self._final_module.global_variables]
        if any(name.startswith(RuntimeLinker.PREFIX) for name in names):
            super()._finalize_final_module()
        self._finalize_dynamic_globals()
        self._finalized = True


class _Unplaced:
    """What makes code, for code that lies nowhere."""

    def __init__(self, codegen: Any) -> None:
        self._codegen = codegen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._codegen, name)

    def set_env(self, name: str, env: Any) -> None:
        """Do nothing: it is set when the outermost function lies somewhere."""


class _Within(Compiler):  # type: ignore[misc]
    """How what kernels call is compiled."""

    def define_pipelines(self) -> list[Any]:
        """Return the passes; called by numba."""
        state, pipelines = self.state, super().define_pipelines()
        if hasattr(state.flags, "noalias"):
            state.flags.noalias = True
        state.library = _Linked(state.targetctx.codegen(), state.func_id.func_qualname)
        for one in pipelines:
            one.passes = [step for step in one.passes if step[0] is not NopythonRewrites]
            one.finalize()
        return list(pipelines)

    def compile_extra(self, function: Any) -> Any:
        """Compile a function; called by numba."""
        with _remembering():
            return super().compile_extra(function)


class _Called(Compiler):  # type: ignore[misc]
    """How what Python calls is compiled."""

    def compile_extra(self, function: Any) -> Any:
        """Compile, then set for all that was linked what could not be set before."""
        with _remembering():
            made = super().compile_extra(function)
        for env in made._find_referenced_environments():
            made.library.codegen.set_env(env.env_name, env)
        return made


_OPERATIONS: Any = types.BaseFunction
_ASKED: Any = getattr(_OPERATIONS, "get_call_type", None)
_KNOWN: dict[tuple[Any, ...], Any] = {}
"""Signatures of operations and of functions of Python and numpy, for types of arguments."""


def _remembered(function: Any, context: Any, args: Any, kws: Any) -> Any:
    """Return what comes of an operation, looked up once; in place of numba's ``get_call_type``."""
    if kws:
        return _ASKED(function, context, args, kws)
    name = function, context, tuple(args)
    if name not in _KNOWN:
        _KNOWN[name] = _ASKED(function, context, args, kws)
    return _KNOWN[name]


@contextlib.contextmanager
def _remembering() -> Iterator[None]:
    """Let numba remember operations; meanwhile nobody else compiles, by numba's own lock."""
    before = _OPERATIONS.get_call_type
    _OPERATIONS.get_call_type = _remembered
    try:
        yield
    finally:
        _OPERATIONS.get_call_type = before


def rebuilt(context: Any, parts: tuple[Any, ...]) -> Any:
    """Return what numba made of a function, from the parts that a file holds.

    Parameters
    ----------
    context : numba target context
        Of this process.
    parts : tuple
        As numba reduced it, with what ``serialize_using_object_code`` told at first.
    """
    if parts[0][1] != _KIND:
        return CompileResult._rebuild(context, *parts)
    return CompileResult._rebuild(_Linking(context), *parts)._replace(target_context=context)


class _Linking:
    """A target context that reads what is only linked."""

    def __init__(self, context: Any) -> None:
        self._context = context

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def codegen(self) -> "_Linking":
        """Return what reads libraries; called by numba."""
        return self

    def unserialize_library(self, held: tuple[str, str, bytes]) -> _Linked:
        """Return a library; called by numba."""
        name, _, bitcode = held
        library = _Linked(self._context.codegen(), name)
        library._final_module = binding.parse_bitcode(bitcode)
        library._finalize_final_module()
        return library
