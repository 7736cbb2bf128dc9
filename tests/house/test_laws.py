"""The house promises to keep its own laws; those that no linter knows are kept here."""

import ast
import os
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import gridsim
from gridsim.core import chance

PACKAGE = Path(gridsim.__file__).parent
PROJECT = Path(__file__).resolve().parents[2]
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
MOST_LINES = 420
MOST_REMEMBERED = 8
MOST_ARGUMENTS = 6
GENERATORS = {"random", "secrets"}
DRAWS = {"random", "default_rng", "RandomState", "random_state", "rvs", "urandom", "uuid4"}
VOICES = {"logging", "typer", "click"}
CLOCKS = {"now", "utcnow", "today", "localtime"}
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")
MACHINE_PATH = re.compile(r"(?<![\w.}])/(work|opt|tmp|home|root|Users|mnt)/|\b[A-Z]:\\\\?\w")
TEXTS = {".py", ".toml", ".md", ".j2", ".css", ".js", ".json", ".csv", ".txt", ".ipynb", ".yml"}
ROOMS = ("gridsim", "scenarios", "tests", "notebooks", "docs")

# Laws broken in the open. Who talks to the user must speak, and names a folder by the hour of the
# run; a figure that takes runs passes on what it is given; the engine's seams see all rooms; a
# command has as many arguments as options, and so has the library's front door.
MAY_SPEAK = {
    "cli.py", "cli_openadr.py", "cli_bill.py", "cli_run.py", "saying.py", "watch.py", "tariffs.py",
}  # fmt: skip
MAY_READ_THE_TIME = {"cli_run.py"}
MAY_PASS_ON_NAMES = {"figures.py"}
MAY_TAKE_MANY = {"cli_bill.py", "cli_run.py", "front.py", "engine/audit.py"}


@cache
def source(module):
    return (PACKAGE / module).read_text("utf-8")


@cache
def tree(module):
    return ast.parse(source(module))


def nodes(parsed, *kinds):
    return [node for node in walked(parsed) if isinstance(node, kinds)]


@cache
def walked(parsed):
    return list(ast.walk(parsed))


def name_of(node):
    """Return the last name of an expression such as ``np.random``, ``raised()`` or ``Of[T]``."""
    while isinstance(node, ast.Subscript | ast.Call):
        node = node.value if isinstance(node, ast.Subscript) else node.func
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def imported(parsed):
    """Return the full names of all that is imported, at the top or inside a function."""
    found = {alias.name for node in nodes(parsed, ast.Import) for alias in node.names}
    for node in nodes(parsed, ast.ImportFrom):
        found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def functions(parsed):
    return nodes(parsed, ast.FunctionDef, ast.AsyncFunctionDef)


def generators(parsed):
    """Return what is used of generators other than the named streams."""
    names = {node.attr for node in nodes(parsed, ast.Attribute)}
    names |= {node.id for node in nodes(parsed, ast.Name)}
    ways = imported(parsed)
    foreign = {way for way in ways if way.split(".")[0] in GENERATORS or "numpy.random" in way}
    return foreign | (names & DRAWS)


def speech(parsed):
    """Return what would be said to the user: prints, logs, writes to the terminal."""
    said = {name_of(node.func) for node in nodes(parsed, ast.Call)}
    ends = {node.attr for node in nodes(parsed, ast.Attribute) if name_of(node.value) == "sys"}
    ways = {way.split(".")[0] for way in imported(parsed)}
    return (said & {"print", "pprint", "Console"}) | (ends & {"stdout", "stderr"}) | (ways & VOICES)


def forgetful(parsed):
    """Return the classes whose methods put too many attributes on ``self``."""
    found = {}
    for cls in nodes(parsed, ast.ClassDef):
        stored = [node for node in nodes(cls, ast.Attribute) if isinstance(node.ctx, ast.Store)]
        found[cls.name] = len({node.attr for node in stored if name_of(node.value) == "self"})
    return {name for name, size in found.items() if size > MOST_REMEMBERED}


def crowded(parsed):
    """Return the functions that take too many arguments and are no kernels."""
    found = set()
    for function in functions(parsed):
        args = function.args
        names = [arg.arg for arg in args.posonlyargs + args.args + args.kwonlyargs]
        many = len([name for name in names if name not in {"self", "cls"}]) > MOST_ARGUMENTS
        if many and not any(name_of(mark) == "kernel" for mark in function.decorator_list):
            found.add(function.name)
    return found


def heirs(parsed):
    """Return the classes that inherit from a class of this package."""
    pairs = {(cls.name, name_of(b)) for cls in nodes(parsed, ast.ClassDef) for b in cls.bases}
    return {heir for heir, base in pairs if base in own_classes()}


@cache
def own_classes():
    return {cls.name for module in MODULES for cls in nodes(tree(module), ast.ClassDef)}


def unfinished(text, parsed):
    """Return what is left for later: notes, and errors that say so."""
    raised = {name_of(node.exc) for node in nodes(parsed, ast.Raise) if node.exc}
    return set(UNFINISHED.findall(text)) | (raised & {"NotImplementedError"})


def swallowing(parsed):
    """Return the functions that take any named argument there is."""
    return {function.name for function in functions(parsed) if function.args.kwarg}


def times(parsed):
    """Return the calls that read the time of day."""
    calls = {ast.unparse(node.func) for node in nodes(parsed, ast.Call)}
    return {call for call in calls if "." in call and call.split(".")[-1] in CLOCKS}


def speechless(parsed):
    """Return what is wrong with the first line of a docstring: it is a sentence of its own."""
    first = (ast.get_docstring(parsed, clean=False) or "").split("\n")[0]
    return set() if len(first.split()) > 2 and first.endswith((".", "?", ":", "]")) else {first}


def broken(law):
    """Return the modules that break a law, each with what breaks it."""
    return {module: found for module in MODULES if (found := law(tree(module)))}


def test_there_is_no_generator_but_the_named_streams():
    assert broken(generators) == {}


def test_nothing_speaks_below_the_command_line():
    assert set(broken(speech)) == MAY_SPEAK


def test_a_module_is_short():
    sizes = {module: source(module).count("\n") for module in MODULES}
    assert {module: size for module, size in sizes.items() if size > MOST_LINES} == {}


def test_a_module_says_first_what_it_is_about():
    assert broken(speechless) == {}


def test_a_class_remembers_few_things():
    assert broken(forgetful) == {}


def test_no_class_inherits_from_one_of_our_own_but_errors():
    assert set(broken(heirs)) == {"core/errors.py"}


def test_nothing_is_left_for_later():
    left = {module: unfinished(source(module), tree(module)) for module in MODULES}
    assert {module: found for module, found in left.items() if found} == {}


def test_only_kernels_take_many_arguments_unless_it_is_said_above():
    assert set(broken(crowded)) == MAY_TAKE_MANY


def test_no_function_takes_any_name_unless_it_is_said_above():
    assert set(broken(swallowing)) == MAY_PASS_ON_NAMES


def test_time_comes_from_the_clock():
    assert set(broken(times)) == MAY_READ_THE_TIME


@pytest.mark.parametrize(
    ("law", "code"),
    [
        (generators, "import random"),
        (generators, "from random import gauss"),
        (generators, "import numpy.random as r"),
        (generators, "from numpy import random"),
        (generators, "from numpy.random import Philox"),
        (generators, "np.random.rand()"),
        (generators, "stats.norm.rvs(3)"),
        (generators, "def draw():\n    import secrets"),
        (speech, "print(1)"),
        (speech, "from logging import getLogger"),
        (speech, "sys.stderr.write('a')"),
        (speech, "rich.console.Console()"),
        (speechless, "import os"),
        (speechless, '"""Things."""'),
        (speechless, '"""\nA line too late."""'),
        (
            forgetful,
            "class A:\n" + "".join(f"    def f{k}(self): self.a{k} = 1\n" for k in range(9)),
        ),
        (heirs, "class Sunny(Weather): pass"),
        (heirs, "class Mine(scenario.Scenario[int]): pass"),
        (crowded, "def f(a, b, c, d, *, e, g, h): pass"),
        (swallowing, "def f(**names): pass"),
        (times, "dt.datetime.now()"),
    ],
)
def test_a_breach_would_be_seen(law, code):
    assert law(ast.parse(code))


@pytest.mark.parametrize(
    ("law", "code"),
    [
        (generators, "chance.uniforms(seed, asked, homes)"),
        (speech, "table.printed(1)"),
        (forgetful, "class A:\n    def f(self): self.a = self.b + 1"),
        (heirs, "class Town(NamedTuple): pass"),
        (heirs, "class Kind(IntEnum): pass"),
        (crowded, "@kernel\ndef f(a, b, c, d, e, g, h): pass"),
        (crowded, "@kernel(signature=S)\ndef f(a, b, c, d, e, g, h): pass"),
        (crowded, "def f(self, a, b, c, d, e, g): pass"),
        (times, "clock.time_s()"),
    ],
)
def test_what_the_law_allows_is_let_through(law, code):
    assert not law(ast.parse(code))


@pytest.mark.parametrize(
    "code", ["x = 1  # TODO", "# FIXME: sum", "def f():\n    raise NotImplementedError"]
)
def test_unfinished_work_would_be_seen(code):
    assert unfinished(code, ast.parse(code))


def questions():
    """Return the names of all questions of the package that are written out, in full."""
    calls = [node for module in MODULES for node in nodes(tree(module), ast.Call)]
    asked = [node.args for node in calls if name_of(node.func) == "question" and node.args]
    return [
        ".".join(arg.value for arg in args)
        for args in asked
        if all(isinstance(arg, ast.Constant) for arg in args)
    ]


def test_no_question_is_asked_under_the_same_name_twice():
    asked = Counter(questions())
    assert len(asked) > 50
    assert [name for name, count in asked.items() if count > 1] == []


def test_no_two_questions_share_a_number():
    asked = set(questions())
    assert len({chance.question(name) for name in asked}) == len(asked)


def shipped():
    """Return the text files of the project that everybody gets, but this one."""
    found = [path for path in PROJECT.iterdir() if path.is_file()]
    found += [path for room in ROOMS for path in (PROJECT / room).rglob("*")]
    return [path for path in found if path.suffix in TEXTS and path != Path(__file__).resolve()]


def test_no_file_knows_the_machine_that_it_was_written_on():
    found = {
        path.relative_to(PROJECT).as_posix(): hit.group()
        for path in shipped()
        if (hit := MACHINE_PATH.search(path.read_text("utf-8", errors="replace")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "path", [f"{os.sep}work/x", "open('/opt/some/y')", "/home/me/z", r"C:\\town"]
)
def test_a_machine_path_would_be_seen(path):
    assert MACHINE_PATH.search(path)


@pytest.mark.parametrize("path", ["population/stock/", "data:home/x", "https://a.org/home/b"])
def test_other_paths_are_no_machine_paths(path):
    assert not MACHINE_PATH.search(path)
