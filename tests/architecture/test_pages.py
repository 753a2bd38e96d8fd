"""Every page has doors and a rule, and every template belongs to a view."""

import ast
from pathlib import Path

import pytest
from flask import Flask

from training.kernel.config import ROOT
from training.kernel.pages import Door, Noun, registered

TEMPLATES = ROOT / "templates"
SHARED = {"components", "emails", "documents", "errors"}


def test_every_route_is_a_page_with_a_rule(application: Flask):
    pages = registered(application)
    stray = [rule.endpoint for rule in application.url_map.iter_rules() if rule.endpoint not in pages and rule.endpoint != "static"]

    assert stray == []
    assert all(page.doors for page in pages.values())


def test_a_page_without_a_rule_fails_at_start_up():
    with pytest.raises(TypeError, match="has no rule"):
        Noun("things", __name__).page("/things", doors=Door.PUBLIC, may=None)  # type: ignore[arg-type]


def test_pages_that_show_a_record_load_it_through_their_subject(application: Flask):
    naked = [page.endpoint for page in registered(application).values() if page.arguments and page.subject is None]

    assert set(naked) <= {
        "accounts.follow",
        "accounts.choose_language",
        "accounts.choose_theme",
        "accounts.sign_in_as",
        "accounts.end_session",
    }


def test_every_template_belongs_to_a_view(application: Flask):
    views = set()
    for path in (ROOT / "training").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith((".html", ".txt", ".typ")):
                views.add(node.value)
    found = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html") if not path.name.startswith("_")}

    orphans = {name for name in found if name.split("/")[0] not in SHARED and name != "skeleton.html"} - views
    missing = {name for name in views if name.endswith(".html") and not name.startswith("emails/")} - found
    missing = {name for name in missing if not Path(name).name.startswith("_")}
    assert orphans == set()
    assert missing == set()


def test_a_views_template_stands_where_its_endpoint_says(application: Flask):
    pages = registered(application)
    wrong = []
    for path in (ROOT / "training").rglob("views.py"):
        room = path.parent.relative_to(ROOT / "training").as_posix()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "render_template" and isinstance(node.args[0], ast.Constant):
                name = str(node.args[0].value)
                if not name.startswith(f"{room}/"):
                    wrong.append((room, name))

    assert wrong == []
    assert pages
