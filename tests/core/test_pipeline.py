"""Compiling with less work promises the numbers of numba by itself, and to work without."""

import math
from typing import NamedTuple

import numba
import numpy as np
import pytest
from numba.core import types

from gridsim.core import kernel, pipeline

pytestmark = pytest.mark.skipif(kernel.config.DISABLE_JIT, reason="nothing is compiled")


class Pair(NamedTuple):
    """Two unlike things."""

    share: float
    count: int


def soften(x, power):
    return math.exp(-abs(x)) ** power if x < 0.0 else math.log1p(x) / 3.0


def wave(row, power):
    total = 0.0
    for i in range(len(row)):
        total += softened(row[i], power) * math.sin(i)
        row[i] = total / (i + 1)
    return total


softened = kernel.kernel(soften)


def own():
    """Return the function as numba compiles it by itself."""
    space = {"softened": numba.njit(error_model="numpy")(soften), "math": math}
    alone = type(wave)(wave.__code__, space)
    return numba.njit(error_model="numpy")(alone)


def drawn():
    return np.random.default_rng(1).normal(size=999)


def test_numbers_are_those_of_numba_by_itself_to_the_last_bit():
    ours, others = drawn(), drawn()
    assert kernel.kernel(wave)(ours, 2) == own()(others, 2)
    np.testing.assert_array_equal(ours, others)


def test_what_only_kernels_call_is_not_made_machine_code():
    kernel.kernel(wave)(drawn(), 1.5)
    [*_, made] = softened._within.overloads.values()
    assert isinstance(made.library, pipeline._Linked)
    assert made.library.get_pointer_to_function(made.fndesc.llvm_func_name) == 0


def test_without_what_it_leans_on_numba_compiles_by_itself(monkeypatch):
    monkeypatch.setitem(pipeline._LEANT_ON, pipeline.JITCodeLibrary, ("_gone",))
    assert pipeline.chosen("within") == {}
    inner = kernel.kernel(soften)
    monkeypatch.setitem(wave.__globals__, "softened", inner)
    ours, others = drawn(), drawn()
    assert kernel.kernel(wave)(ours, 2) == own()(others, 2)
    [made] = inner._within.overloads.values()
    assert not isinstance(made.library, pipeline._Linked)


def half(x, times):
    return x / 2.0**times


halved = kernel.kernel(half)


def halves(x):
    return halved(x, 1) + halved(x, 2) + halved(x, int(x))


def test_a_number_in_its_place_is_not_compiled_for_itself():
    assert kernel.kernel(halves)(3.0) == 1.5 + 0.75 + 0.375
    assert len(halved._within.signatures) == 1


def field(pair, which):
    return pair[which]


picked = kernel.kernel(field)


def both(x):
    pair = Pair(x, 3)
    return picked(pair, 0) + picked(pair, 1)


def test_a_field_is_still_picked_by_a_number_in_its_place():
    assert kernel.kernel(both)(0.5) == 3.5


def ways(n):
    return 1 if n <= 1 else n * counted(n - 1)


counted = kernel.kernel(ways)


def more_ways(n):
    return counted(n) + 1


def test_a_kernel_may_call_itself():
    assert kernel.kernel(more_ways)(5) == 121


def tell(n):
    if n > 9:
        raise ValueError("too many")
    print("there are", n)  # noqa: T201
    return n


told = kernel.kernel(tell)


def tells(n):
    return told(n) + 1


def test_a_kernel_that_kernels_call_may_print_and_refuse(capfd):
    outer = kernel.kernel(tells)
    assert outer(4) == 5
    assert capfd.readouterr().out == "there are 4\n"
    with pytest.raises(ValueError, match="too many"):
        outer(10)


def test_numba_is_left_as_it_was():
    asked = types.BaseFunction.get_call_type
    assert kernel.kernel(soften)(0.5, 3.5) > 0.0
    assert types.BaseFunction.get_call_type is asked
    with pytest.raises(numba.TypingError):
        kernel.kernel(soften)("a", 1)
    assert types.BaseFunction.get_call_type is asked
