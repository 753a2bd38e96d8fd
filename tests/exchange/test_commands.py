import subprocess
import sys
from dataclasses import replace

import pytest

from tests.exchange.conftest import names, table
from training.exchange import commands
from training.exchange.models import ImportBatch
from training.exchange.workflow import State
from training.jobs.models import Job
from training.kernel.db import db


@pytest.fixture
def run(app, school, manager, tmp_path):
    wiring = app.extensions["wiring"]
    app.extensions["wiring"] = replace(wiring, addresses={**wiring.addresses, "organisation_manager": lambda slug: manager})
    path = tmp_path / "people.csv"

    def start(content, *more, kind="people"):
        path.write_bytes(content)
        return app.test_cli_runner().invoke(commands.group, ["import", kind, str(path), "--for", school.slug, *more])

    return start


def test_imports_what_is_ready_and_names_what_is_not(run):
    result = run(table(("Anna", "anna@import.example", "", ""), ("Belov", "x", "", "")))

    assert result.exit_code == 0, result.output
    assert "2 rows: 1 ready, 0 already there, 1 bad." in result.output
    assert "row 3 B3: This is not an e-mail address." in result.output
    assert "1 rows imported." in result.output
    assert names() == ["Anna"]
    assert db.session.query(Job).filter(Job.task.startswith("exchange.")).count() == 0


def test_only_checks(run):
    result = run(table(("Anna", "anna@import.example", "", "")), "--only-check")

    assert "1 ready" in result.output
    assert names() == []
    assert [batch.state for batch in db.session.query(ImportBatch)] == [State.CANCELLED]


@pytest.mark.parametrize(
    ("content", "kind", "says"),
    [(b"%PDF-1.7", "people", "This kind of file"), (b"x;y", "people", "column headings"), (b"x;y", "secrets", "no importer of")],
)
def test_says_why_not(run, content, kind, says):
    result = run(content, kind=kind)

    assert result.exit_code != 0
    assert says in " ".join(result.output.split())


def test_what_reads_spreadsheets_is_not_loaded_with_the_application():
    code = "import training.app, sys; assert not {'python_calamine', 'xlsxwriter', 'training.exchange.reading'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
