"""The page of parts: every component is there, and only in the demonstration."""

from dataclasses import replace

import pytest
from jinja2.runtime import Macro

from tests.factories import make_member, make_organisation
from training.kernel.config import ROOT
from training.kernel.policy import OrganisationKind, Role

COMPONENTS = {path.stem for path in (ROOT / "templates" / "components").glob("*.html")}


@pytest.fixture
def desk(client):
    """The operator's browser, and the address of the page."""
    operator = make_organisation(OrganisationKind.OPERATOR)
    return client.sign_in(make_member(operator, Role.OPERATOR).account), f"/o/{operator.slug}/parts"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_component_is_shown(desk, monkeypatch, language):
    browser, page = desk
    called = set()
    usual = Macro._invoke

    def noted(self, arguments, autoescape):
        called.add(self.name)
        return usual(self, arguments, autoescape)

    monkeypatch.setattr(Macro, "_invoke", noted)
    shown = browser.get(page, headers={"Accept-Language": language})

    assert shown.status == 200
    assert called >= COMPONENTS, f"not on the page of parts: {sorted(COMPONENTS - called)}"


def test_a_real_installation_has_no_such_page(app, desk, monkeypatch):
    browser, page = desk
    monkeypatch.setitem(app.config, "CADRE", replace(app.config["CADRE"], mode="production"))

    assert browser.get(page).status == 404
