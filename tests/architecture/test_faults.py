"""Safety 17: the suite can fail. Each fault is planted in a copy of the project, and the tests that it names must notice.

In every run the places are looked up, so that no fault is lost when the code around it moves, and one fault is tried;
`--full` tries all.
"""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from training.kernel.config import ROOT

COPIED = ("training", "templates", "tests", "seeds", "migrations", "docs", "tools", "stubs", "setup.cfg", "pyproject.toml", "wsgi.py")


@dataclass(frozen=True)
class Fault:
    """What is done to a file, and the tests that catch it."""

    name: str
    file: str
    right: str
    wrong: str
    tests: str
    named: str = ""

    def planted(self, text: str) -> str:
        """The file with the fault."""
        assert text.count(self.right) == 1, f"{self.name}: “{self.right}” stands {text.count(self.right)} times in {self.file}"
        return text.replace(self.right, self.wrong)


GATE, VALUES, ACCOUNTS = "tests/test_gate.py", "tests/kernel/test_values.py", "tests/accounts/test_services.py"
FAULTS = [
    Fault("a rule is not asked", "training/gate.py", "if not allowed(page, g.actor, subject):", "if not page:", GATE, "role_that_may_not"),
    Fault("forms need no token", "training/kernel/web.py", "csrf.init_app(app)", "csrf._exempt_views = set()", GATE, "without_its_token"),
    Fault("a form sent twice acts twice", "training/gate.py", "receipts.bind(key, fields)", "receipts.unbind()", GATE, "acts_once"),
    Fault("no stale form is noticed", "training/kernel/db/transaction.py", 'get("version") != version', 'get("version") is None', GATE, "overwritten"),
    Fault("scripts from anywhere", "training/kernel/web.py", "default-src 'none'", "default-src *", GATE, "every_answer"),
    Fault("private pages are stored", "training/kernel/web.py", '"] = "no-store"', '"] = "public"', GATE, "stored_nowhere"),
    Fault("guesses are not stopped", "training/accounts/views.py", '"30 per hour", key_func=way_in', '"9000 per hour", key_func=way_in', GATE, "guesses"),
    Fault("next= leaves the site", "training/kernel/web.py", 'ord(sign) < 33 or sign == "\\\\"', "ord(sign) < 33", VALUES, "never_leaves"),
    Fault("a sentence is HTML", "training/kernel/i18n.py", "return escape(str(self))", "return Markup(str(self))", VALUES, "text_on_a_page"),
    Fault("keys of any size", "training/kernel/pages.py", "max=2**31 - 1", "max=None", VALUES, "no_database_holds"),
    Fault("pages of any number", "training/kernel/lists.py", "len(page) < 7 and ", "", VALUES, "cannot_be"),
    Fault("sessions never end", "training/accounts/queries.py", '        Session.expires_at > bindparam("now"),\n', "", ACCOUNTS, "session_ends"),
    Fault("links never expire", "training/accounts/queries.py", "where(condition, Link.expires_at > clock.now(), ", "where(condition, ", ACCOUNTS, "link_expires"),
    Fault("former members stay", "training/accounts/memberships/queries.py", "Membership.ended_on.is_(None), Organisation.state", "Organisation.state", GATE, "lost_membership"),
    Fault("tokens in the clear", "training/accounts/queries.py", 'return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()', "return token[:64]", "tests/accounts/test_tokens.py", "in_the_clear"),
    Fault("tokens in the log", "training/kernel/web.py", "app.logger.addFilter(masked)", "app.logger.filters.clear()", "tests/accounts/test_tokens.py", "log"),
    Fault("formulas go out", "training/exchange/writing.py", "if text.lstrip(\"'\").startswith(BEGINNINGS) else text", 'if text == "=" else text', "tests/exchange/test_writing.py"),
    Fault("bombs are unpacked", "training/files/archives.py", "unpacked > UNPACKED or (unpacked > _SMALL and unpacked > packed * RATIO)", "unpacked < 0", "tests/files/test_archives.py"),
    Fault("archives leave their folder", "training/files/archives.py", ' or ".." in entry.filename.split("/")', "", "tests/files/test_archives.py"),
    Fault("forms of any length", "training/gate.py", 'request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]', "pass", "tests/files/test_uploads.py", "sooner"),
    Fault("a NUL is kept", "training/kernel/forms.py", '"\\0" in field.data and', "not field.data and", "tests/kernel/test_forms.py"),
    Fault("blanks fill a field", "training/kernel/forms.py", "not field.raw_data[0].strip()", "field.raw_data[0] is None", "tests/kernel/test_forms.py"),
    Fault("schools see each other", "training/internships/placements/policies.py", "return select(Placement).where(Placement.school_id == mine)", "return select(Placement)", "tests/internships/placements"),
    Fault("errors tell what there is", "training/gate.py", "if member is None:\n                raise NotFound", 'if member is None:\n                raise NotAllowed("x")', GATE, "look_the_same"),
]  # fmt: skip


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """A copy of the project that faults are planted in."""
    folder: Path = tmp_path_factory.mktemp("planted")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "pictures"))
        elif source.exists():
            shutil.copy(source, folder / name)
    return folder


def noticed(copy: Path, fault: Fault, kind: str) -> subprocess.CompletedProcess[str]:
    """The run of the fault's tests with the fault planted."""
    path = copy / fault.file
    before = path.read_text()
    path.write_text(fault.planted(before))
    chosen = ["-k", fault.named] if fault.named else []
    command = [
        sys.executable,
        "-m",
        "pytest",
        fault.tests,
        *chosen,
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        "--db",
        kind,
    ]
    try:
        return subprocess.run(command, cwd=copy, capture_output=True, text=True, timeout=300, check=False)
    finally:
        path.write_text(before)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_fault_has_its_place(fault: Fault):
    assert fault.planted((ROOT / fault.file).read_text())
    assert (ROOT / fault.tests).exists()


@pytest.mark.torture
@pytest.mark.timeout(3600)
def test_planted_faults_are_caught(request, copy: Path, figure):
    kind = request.config.getoption("--db")
    tried = FAULTS if request.config.getoption("--full") else FAULTS[8:9]
    runs = {fault.name: noticed(copy, fault, kind) for fault in tried}
    missed = [name for name, run in runs.items() if run.returncode != 1 or " failed" not in run.stdout]

    figure("17 the suite can fail", f"{len(tried)} planted faults of {len(FAULTS)}", f"{len(missed)} missed", promised="all of ≥ 20")
    assert not missed, "\n\n".join(
        f"{name}: {runs[name].returncode}\n{runs[name].stdout[-1500:]}{runs[name].stderr[-500:]}" for name in missed
    )
