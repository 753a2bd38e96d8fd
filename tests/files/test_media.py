import io

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from training.files import media


def of(folder, content, name=""):
    path = folder / "x"
    path.write_bytes(content)
    return media.media_type(path, name)


def workbook():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet().write(0, 0, "x")
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.7\n", "a.pdf", media.PDF),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 30, "a", media.PNG),
        (b"name;born\r\n", "a.csv", media.CSV),
        (b"\xef\xbb\xbfname", "a.csv", media.CSV),
        ("имя;год".encode("cp1251"), "a.CSV", media.CSV),
        ("имя\tгод".encode("utf-16"), "a.txt", media.TEXT),
        (b"<!DOCTYPE html><script>alert(1)</script>", "a.pdf", media.UNKNOWN),
        (b"  <HTML>", "a.csv", media.UNKNOWN),
        (b"x" * 4000 + b"<svg onload=alert(1)>", "a.csv", media.UNKNOWN),
        ("\ufeff<html>".encode("utf-16"), "a.txt", media.UNKNOWN),
        (b"MZ\x90\0\x03\0\0\0", "a.csv", "application/x-msdownload"),
        (b"\0\1\2\3", "a.csv", media.UNKNOWN),
    ],
)
def test_what_a_file_is_is_decided_by_its_content(tmp_path, content, name, kind):
    assert of(tmp_path, content, name) == kind


def test_a_workbook_is_told_from_other_archives(tmp_path):
    assert of(tmp_path, workbook(), "a.pdf") == media.XLSX


@pytest.mark.parametrize(
    ("name", "kind", "harmless"),
    [
        ("../../etc/passwd", media.TEXT, "passwd.txt"),
        ("C:\\Users\\me\\список групп.xlsx", media.XLSX, "список групп.xlsx"),
        ("a\r\nSet-Cookie: x=1.pdf", media.PDF, "aSet-Cookie x=1.pdf"),
        ("\u202egnp.exe.pdf", media.PDF, "gnp.exe.pdf"),
        ("evil.html", media.PDF, "evil.pdf"),
        ("photo.jpeg", media.JPEG, "photo.jpeg"),
        ("list.tsv", media.CSV, "list.tsv"),
        ("...", media.PDF, "file.pdf"),
        ("", media.CSV, "file.csv"),
        (".pdf", media.PDF, "pdf.pdf"),
        ("no suffix", media.PDF, "no suffix.pdf"),
    ],
)
def test_names_are_made_harmless(name, kind, harmless):
    assert media.harmless(name, kind) == harmless


@given(st.text(max_size=400))
def test_any_name_becomes_one_that_can_be_kept_and_sent(name):
    made = media.harmless(name, media.PDF)

    assert made.endswith(".pdf")
    assert 5 <= len(made) <= 120
    assert not set(made) & set('/\\\r\n\0"')
    made.encode()
