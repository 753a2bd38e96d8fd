import io
import struct
import zipfile

import pytest

from tests.pace import paced
from training.files import archives
from training.kernel.policy import NotNow


def zipped(folder, entries, **options):
    path = folder / "file.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


def refused_at_once(path, check=archives.names):
    with paced() as taken, pytest.raises(NotNow):
        check(path)
    assert taken.floors < 5


def test_an_ordinary_archive_says_its_names(tmp_path):
    assert archives.names(zipped(tmp_path, {"a.txt": "a", "b/c.txt": "b" * 100})) == ["a.txt", "b/c.txt"]


def test_a_bomb_is_refused_by_its_directory(tmp_path):
    refused_at_once(zipped(tmp_path, {"xl/workbook.xml": b"0" * 300_000_000}, compresslevel=1))


def test_a_dense_entry_is_refused_by_its_ratio(tmp_path):
    refused_at_once(zipped(tmp_path, {"xl/workbook.xml": b"0" * 20_000_000}))


def test_too_many_entries_are_refused(tmp_path):
    refused_at_once(zipped(tmp_path, {f"{number}": "" for number in range(archives.ENTRIES + 1)}))


def test_a_directory_that_says_little_but_is_long_is_refused(tmp_path):
    path = zipped(tmp_path, {f"{number:0200}": "" for number in range(10_000)})
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x05\x06")
    struct.pack_into("<HH", content, at + 8, 1, 1)
    path.write_bytes(content)
    refused_at_once(path)


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "xl/../../evil", "a\\b"])
def test_entries_that_leave_their_folder_are_refused(tmp_path, name):
    refused_at_once(zipped(tmp_path, {name: "x"}))


def test_an_entry_that_holds_more_than_it_says_is_refused(tmp_path):
    path = zipped(tmp_path, {"a.xml": b"0" * 30_000_000})
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x01\x02")
    struct.pack_into("<L", content, at + 24, 1000)
    path.write_bytes(content)

    assert archives.names(path) == ["a.xml"]
    refused_at_once(path, archives.check_contents)


def test_honest_contents_pass(tmp_path):
    archives.check_contents(zipped(tmp_path, {"a.xml": b"0" * 3_000_000, "b.xml": b"", "c.xml": b"text"}))


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 100, b"", b"PK\x05\x06" + b"\xff" * 18, b"PK\x03\x04" + b"PK\x05\x06" + b"\1\0" * 9]
)
def test_damaged_archives_are_refused(tmp_path, content):
    path = tmp_path / "damaged.zip"
    path.write_bytes(content)
    refused_at_once(path)


def test_a_cut_archive_is_refused(tmp_path):
    whole = zipped(tmp_path, {"a.txt": "a" * 10_000}).read_bytes()
    path = tmp_path / "cut.zip"
    path.write_bytes(whole[: len(whole) // 2])
    refused_at_once(path)
    assert zipfile.ZipFile(io.BytesIO(whole)).namelist() == ["a.txt"]
