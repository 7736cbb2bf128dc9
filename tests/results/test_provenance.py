"""Provenance tells what made the numbers, and invents nothing where there is nothing to tell."""

import json
import shutil
import subprocess

import numpy as np
import pytest

from gridsim.results import provenance


def test_provenance_is_plain_and_complete():
    found = provenance.provenance(7, "abc", 20, 96, wall_s=1.5, cpu_s=2.0)
    assert json.loads(json.dumps(found)) == found
    assert found["seed"] == 7
    assert found["homes"] == 20
    assert found["libraries"]["numpy"] == np.__version__


def test_a_package_that_is_not_installed_has_no_version():
    assert provenance.version("no-such-package-anywhere") is None


def test_a_folder_that_is_no_checkout_has_no_commit(tmp_path):
    assert provenance.checkout(tmp_path) == (None, None)


def test_a_damaged_checkout_has_no_commit(tmp_path):
    (tmp_path / ".git").write_text("nonsense")
    assert provenance.checkout(tmp_path) == (None, None)


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_checkout_tells_its_commit_and_whether_it_was_changed(tmp_path):
    def git(*words):
        who = ["-c", "user.name=n", "-c", "user.email=n@example.org"]
        command = ["git", "-C", str(tmp_path), *who, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    git("init", "-q")
    (tmp_path / "file").write_text("one")
    git("add", "file")
    git("commit", "-q", "-m", "first")
    assert provenance.checkout(tmp_path) == (git("rev-parse", "HEAD"), False)
    (tmp_path / "file").write_text("two")
    assert provenance.checkout(tmp_path)[1] is True
