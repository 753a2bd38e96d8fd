"""The figures as they are printed."""

from collections.abc import Iterable

from tests.bench.rows import Line


def table(title: str, lines: Iterable[Line]) -> str:
    """A table of the lines under a title."""
    rows = [("row", "what", "req/s", "ratio to", "", "must", "", "aim", "", ""), *map(_cells, lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(9)]
    right = {2, 4}
    printed = [
        "  ".join(
            cell.rjust(width) if at in right else cell.ljust(width) for at, (cell, width) in enumerate(zip(row, widths, strict=False))
        )
        + "  "
        + row[9]
        for row in rows
    ]
    return "\n".join([title, *(one.rstrip() for one in printed)])


def _cells(line: Line) -> tuple[str, ...]:
    return (
        line.row,
        line.what,
        f"{line.rate:,.0f}" if line.rate is not None else "",
        line.against,
        f"{line.ratio:.2f}" if line.ratio is not None else "",
        line.must,
        _verdict(line.passed, "pass", "FAIL"),
        line.aim,
        _verdict(line.reached, "reached", "not yet"),
        "; ".join(line.notes),
    )


def _verdict(said: bool | None, yes: str, no: str) -> str:
    return "" if said is None else yes if said else no


def failed(lines: Iterable[Line]) -> list[Line]:
    """The lines that are not as they must be."""
    return [line for line in lines if line.passed is False]
