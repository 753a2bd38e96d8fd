"""Rules of the house that a glance at the source can check."""

import ast
import re
import subprocess
import sys

from training.kernel.config import ROOT

SOURCES = [path for folder in ("training", "seeds") for path in sorted((ROOT / folder).rglob("*.py"))]
MOST_LINES = 400
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "process", "handle", "data", "info"}


def trees():
    return [(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())) for path in SOURCES]


def test_files_are_small():
    long = {path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines()) for path in SOURCES}

    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


def test_modules_are_named_for_what_they_hold():
    assert [str(path) for path in SOURCES if path.stem in FORBIDDEN_NAMES] == []


def test_nothing_is_imported_inside_a_function():
    inside = [
        f"{name}:{node.lineno}"
        for name, tree in trees()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert inside == []


def test_visible_to_ends_in_false():
    open_ended = []
    for name, tree in trees():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef) and function.name == "visible_to":
                matches = [node for node in function.body if isinstance(node, ast.Match)]
                last = ast.unparse(matches[-1].cases[-1]) if matches else ""
                if "false()" not in last or not last.startswith("case _"):
                    open_ended.append(name)

    assert open_ended == []


def test_queries_of_visible_to_compare_with_no_value_that_may_be_none():
    loose = [
        f"{name}:{node.lineno}"
        for name, tree in trees()
        if name.endswith("policies.py")
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and function.name == "visible_to"
        for node in ast.walk(function)
        if isinstance(node, ast.MatchClass) and ast.unparse(node).startswith("Visitor(account_id=") and "int(" not in ast.unparse(node)
    ]

    assert loose == []


def test_pages_and_templates_ask_no_roles():
    asked = [
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if path.name == "views.py" and re.search(r"\.roles\b|Role\.\w+ (in|==|is)", path.read_text())
    ]
    templates = [
        path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*.html") if re.search(r"\.roles\b", path.read_text())
    ]

    assert asked == []
    assert templates == []


def test_only_the_worker_and_the_error_page_catch_everything():
    catching = {
        name
        for name, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    }

    assert catching <= {"training/jobs/worker.py", "training/gate.py", "training/kernel/db/transaction.py"}


def test_a_flush_says_why():
    silent = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if "session.flush(" in line and "#" not in line
    ]

    assert silent == []


def test_no_service_takes_its_subject_loosely():
    loose = []
    for name, tree in trees():
        if not name.endswith("services.py"):
            continue
        for function in tree.body:
            if isinstance(function, ast.FunctionDef) and any(ast.unparse(one) == "transaction()" for one in function.decorator_list):
                positional = [argument.arg for argument in function.args.args]
                if len(positional) > 2:
                    loose.append(f"{name}:{function.name}{positional}")

    assert loose == []


def test_what_only_the_worker_needs_is_not_loaded_by_the_web_process():
    script = (
        "import sys, training.app; print(*(name for name in ('typst', 'python_calamine', 'xlsxwriter', 'numpy') if name in sys.modules))"
    )
    loaded = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()

    assert loaded == []
