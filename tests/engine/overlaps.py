"""A script: run a small town as plain Python, and tell which kernels get arrays that overlap.

Compiled kernels take it that what they write through one argument is not read through another
(``core.kernel``). Here every call is looked at: the program ends with the kernels in which that
would not be so, one to a line.
"""

# ruff: noqa: T201 - a script that prints

import collections
import itertools
import os
import sys

os.environ["NUMBA_DISABLE_JIT"] = "1"

import numpy as np

from gridsim.core import kernel as kernels

WRITTEN: collections.Counter[tuple[str, str, str]] = collections.Counter()


def arrays(names, values):
    """Give the arrays among some values and within their tuples, by name."""
    for name, value in zip(names, values, strict=False):
        if isinstance(value, np.ndarray) and value.size:
            yield name, value
        elif isinstance(value, tuple):
            fields = getattr(value, "_fields", map(str, range(len(value))))
            yield from arrays([f"{name}.{field}" for field in fields], value)


def kernel(function=None, *, signature=None, inline=False):
    """Stand in for the decorator: a function that looks at what it is given."""
    if function is None:
        return lambda found: kernel(found, signature=signature, inline=inline)
    if inline:  # its text is taken in: nothing is known of its arguments
        return function
    code = function.__code__
    names = code.co_varnames[: code.co_argcount]

    def watched(*args):
        pairs = [
            (a, b)
            for a, b in itertools.combinations(arrays(names, args), 2)
            if np.may_share_memory(a[1], b[1])
        ]
        before = [(a[1].copy(), b[1].copy()) for a, b in pairs]
        found = function(*args)
        for (a, b), (was_a, was_b) in zip(pairs, before, strict=True):
            if not (np.array_equal(a[1], was_a) and np.array_equal(b[1], was_b)):
                WRITTEN[f"{function.__module__}.{function.__qualname__}", a[0], b[0]] += 1
        return found

    watched.py_func = function
    return watched


kernels.kernel = kernel

if __name__ == "__main__":
    from gridsim.engine import run
    from gridsim.scenario import load, resolve

    run.run(resolve.resolve(load.load(sys.argv[1])))
    for (name, first, second), times in WRITTEN.items():
        print(f"{name}: {first} and {second}, {times} times")
