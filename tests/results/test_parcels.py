"""A parcel gives back what was put in, or says that it cannot; there is never half of one."""

import errno
import resource
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest

from gridsim.core.errors import DataError
from gridsim.results import folders, parcels

ARRAYS = {
    "home.bill": np.arange(12.0).reshape(3, 4),
    "columns": np.asfortranarray(np.arange(12, dtype=np.float32).reshape(3, 4)),
    "words": np.array(["gas", "électrique", ""]),
    "one": np.array(3),
    "none": np.empty((0, 5)),
    "moments": np.array(["2025-01-13T06:00"], "datetime64[s]"),
    "flags": np.array([True, False, True]),
    "every second": np.arange(8, dtype=np.int16)[::2],
    "codes": np.array([0, 255], np.uint8),
    "not a number": np.array([np.nan, np.inf, -0.0]),
}
FACTS = {"day": 17, "words": ["é", None], "error": 1e-17, "deep": {"passed": True}}


def written(folder: Path) -> Path:
    """Write a small parcel and return its path."""
    path = folder / "part.npz"
    parcels.write(path, ARRAYS, FACTS)
    return path


def names(folder: Path) -> list[str]:
    """Return what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_what_is_put_in_comes_out_to_the_bit(tmp_path):
    arrays, facts = parcels.read(written(tmp_path))
    assert facts == FACTS
    assert list(arrays) == list(ARRAYS)
    for name, array in ARRAYS.items():
        assert arrays[name].dtype == array.dtype
        assert arrays[name].shape == array.shape
        assert arrays[name].tobytes() == array.tobytes()


def test_numbers_that_are_none_are_facts_too(tmp_path):
    parcels.write(tmp_path / "a", {}, {"error": float("nan"), "most": float("inf")})
    arrays, facts = parcels.read(tmp_path / "a")
    assert arrays == {}
    assert np.isnan(facts["error"])
    assert facts["most"] == np.inf


def test_the_same_content_is_the_same_bytes(tmp_path):
    first = written(tmp_path).read_bytes()
    assert written(tmp_path).read_bytes() == first


def test_numpy_opens_a_parcel_without_gridsim(tmp_path):
    with np.load(written(tmp_path)) as found:
        assert np.array_equal(found["home.bill"], ARRAYS["home.bill"])


def test_any_byte_that_changed_is_noticed_whatever_it_belongs_to(tmp_path):
    path = tmp_path / "small"
    parcels.write(path, {"a": np.arange(3.0)}, {"b": 1})
    whole = path.read_bytes()
    for region in (b"PK\x03\x04", b"\x93NUMPY", b"parcel.json", b"PK\x01\x02", b"PK\x05\x06"):
        assert region in whole
    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << place % 8
        path.write_bytes(flipped)
        with pytest.raises(DataError, match="small: "):
            parcels.read(path)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99, "one byte less", "one byte more"])
def test_a_parcel_of_another_length_is_refused(tmp_path, share):
    path = written(tmp_path)
    whole = path.read_bytes()
    cut = {"one byte less": whole[:-1], "one byte more": whole + b"0"}
    path.write_bytes(cut[share] if share in cut else whole[: int(share * len(whole))])
    with pytest.raises(DataError, match=r"part\.npz: is no parcel of gridsim, or was cut short"):
        parcels.read(path)


def test_another_archive_is_no_parcel(tmp_path):
    np.savez(tmp_path / "other.npz", a=np.arange(3))
    with pytest.raises(DataError, match="is no parcel of gridsim"):
        parcels.read(tmp_path / "other.npz")


def test_a_parcel_of_a_later_layout_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(parcels, "FORMAT", 2)
    path = written(tmp_path)
    monkeypatch.undo()
    with pytest.raises(DataError, match="not a layout this version reads"):
        parcels.read(path)


def test_a_missing_file_and_a_folder_are_told(tmp_path):
    with pytest.raises(DataError, match="gone: cannot be read: No such file"):
        parcels.read(tmp_path / "gone")
    with pytest.raises(DataError, match="cannot be read: Is a directory"):
        parcels.read(tmp_path)


def test_a_full_disk_is_told_and_leaves_the_older_parcel_alone(tmp_path, monkeypatch):
    path = written(tmp_path)
    before = path.read_bytes()
    write = parcels._Summed.write

    def full(self: parcels._Summed, content: bytes) -> int:
        if len(content) > 4096:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(self, content)

    monkeypatch.setattr(parcels._Summed, "write", full)
    with pytest.raises(DataError, match=r"part\.npz: cannot be written: No space left on device"):
        parcels.write(path, {"a": np.zeros(5000)}, {})
    assert path.read_bytes() == before
    assert names(tmp_path) == ["part.npz"]


def test_a_file_that_may_not_grow_is_told_by_the_system_itself(tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, hard))
    try:
        with pytest.raises(DataError, match="cannot be written: File too large"):
            parcels.write(tmp_path / "big", {"a": np.zeros(1 << 20), "b": np.zeros(9)}, {})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert names(tmp_path) == []


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(DataError, match="part: cannot be written: No such file"):
        parcels.write(tmp_path / "gone" / "part", ARRAYS, FACTS)


def test_an_interrupt_leaves_nothing(tmp_path, monkeypatch):
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(parcels, "_told", stop)
    with pytest.raises(KeyboardInterrupt):
        written(tmp_path)
    assert names(tmp_path) == []


def test_a_writer_that_is_killed_leaves_the_older_parcel_whole(tmp_path):
    path = written(tmp_path)
    code = (
        "import sys, numpy as np; from pathlib import Path; from gridsim.results import parcels\n"
        "print('go', flush=True)\n"
        "while True: parcels.write(Path(sys.argv[1]), {'a': np.zeros(300_000)}, {'new': True})"
    )
    with subprocess.Popen([sys.executable, "-c", code, path], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(0.05)
        child.kill()
    arrays, facts = parcels.read(path)
    assert facts in (FACTS, {"new": True})
    assert len(arrays) == (1 if "new" in facts else len(ARRAYS))
    left = [name for name in names(tmp_path) if name != "part.npz"]
    assert all(name.startswith(folders.PARTIAL) for name in left)


def test_objects_are_refused_for_they_would_be_pickled(tmp_path):
    with pytest.raises(ValueError, match="does not hold objects"):
        parcels.write(tmp_path / "a", {"a": np.array([None, "b"])}, {})
    with pytest.raises(TypeError, match="not JSON serializable"):
        parcels.write(tmp_path / "a", {}, {"b": object()})
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["", "a\0b"])
def test_a_name_that_an_archive_would_change_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match="cannot be called"):
        parcels.write(tmp_path / "a", {name: np.zeros(1)}, {})


def test_a_parcel_is_plain_bytes_without_compression(tmp_path):
    with zipfile.ZipFile(written(tmp_path)) as archive:
        assert {one.compress_type for one in archive.infolist()} == {zipfile.ZIP_STORED}
