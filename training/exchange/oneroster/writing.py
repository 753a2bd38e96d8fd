"""Writing a bundle: every file with the columns of its version, no cell of which runs as a formula, and a manifest of what is there."""

import csv
import io
from collections.abc import Iterable, Mapping
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from training.exchange.oneroster import standard
from training.exchange.oneroster.standard import ABSENT, BULK
from training.exchange.writing import safe

SYSTEM = "Cadre"
Lines = Iterable[Mapping[str, str]]


def made(version: str, files: Mapping[str, Lines]) -> IO[bytes]:
    """A bundle in a temporary file, at its beginning; `files` are the rows of each by heading, whatever is not said stays empty."""
    target: IO[bytes] = TemporaryFile()  # noqa: SIM115 -- whoever sends it closes it
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("manifest.csv", _table(("propertyName", "value"), _manifest(version, files)))
        for name, lines in files.items():
            archive.writestr(f"{name}.csv", _table([one.name for one in standard.FILES[version][name]], lines))
    target.seek(0)
    return target


def _manifest(version: str, files: Mapping[str, Lines]) -> Lines:
    said = {"manifest.version": "1.0", "oneroster.version": version}
    for name in sorted((*standard.FILES[version], *standard.UNREAD[version])):
        said[f"file.{name}"] = BULK if name in files else ABSENT
    said |= {"source.systemName": SYSTEM, "source.systemCode": SYSTEM.lower()}
    return [{"propertyName": name, "value": value} for name, value in said.items()]


def _table(heading: Iterable[str], lines: Lines) -> bytes:
    labels = list(heading)
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(labels)
    table.writerows([safe(" ".join(line.get(label, "").split())) for label in labels] for line in lines)
    return written.getvalue().encode("utf-8", "replace")
