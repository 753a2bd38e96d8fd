"""CSV as people save it: whichever encoding, whichever delimiter."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet program run a cell."""
_SAMPLE = 256 * 1024
_ROWS = 40
_CYRILLIC = "а-яёА-ЯЁ"
_TOGETHER = re.compile(f"[{_CYRILLIC}](?=[{_CYRILLIC}])")
_MIXED = re.compile(f"[{_CYRILLIC}](?=[a-zA-Z])|[a-zA-Z](?=[{_CYRILLIC}])")
_ODD = re.compile("[^\\x00-\\x7f\u0400-\u045f«»№–—“”„…•\xa0§°]")

csv.field_size_limit(1_000_000)


def decoded(content: bytes) -> str:
    """The text of a CSV file: by its byte order mark, as UTF-8, or else as whichever of windows-1251 and -1252 reads better.

    In Russian words Cyrillic letters stand together; French and German ones, read as windows-1251, mix them with Latin letters.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode()
    except UnicodeDecodeError:
        as_russian = content[:_SAMPLE].decode("cp1251", "replace")
        good, bad = len(_TOGETHER.findall(as_russian)), len(_MIXED.findall(as_russian)) + len(_ODD.findall(as_russian))
        return content.decode("cp1251" if good > bad else "cp1252", "replace")


def delimiter(text: str) -> str:
    """The sign between cells: the one under which most of the first rows have the same number of cells, more than one, and none is torn."""
    sample = text[:65_536]
    if len(text) > len(sample):
        sample = sample.rpartition("\n")[0] or sample

    def evenness(sign: str) -> tuple[int, int, int]:
        found = [row for row, _number in zip(_rows(sample, sign), range(_ROWS), strict=False) if len(row) > 1]
        rows, width = max(((rows, width) for width, rows in Counter(map(len, found)).items()), default=(0, 0))
        torn = sum(cell.count('"') % 2 for row in found for cell in row)
        return rows, -torn, width

    return max(",;\t", key=evenness)


def rows(text: str) -> Iterator[list[str]]:
    """The rows of a CSV file; a blank line is an empty row. Raises csv.Error when a cell never ends."""
    return _rows(text, delimiter(text))


def _rows(text: str, sign: str) -> Iterator[list[str]]:
    """Rows without NUL signs, and without the apostrophe that keeps a cell from being run as a formula."""
    for row in csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=sign):
        yield [plain(cell) if cell[:1] == "'" else cell for cell in row]


def plain(cell: str) -> str:
    """The text that `writing.safe` made safe."""
    return cell[1:] if cell[:1] == "'" and cell.lstrip("'").startswith(BEGINNINGS) else cell
