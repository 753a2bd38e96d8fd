"""A guardian's way: the link, the page behind it, an answer."""

import re
from typing import Any

from sqlalchemy import select

from tests.client import Browser, Page
from training.accounts.models import Link
from training.accounts.services import mint
from training.kernel.db import db
from training.kernel.policy import System


def token_of_newest() -> str:
    """The token of the newest link to a guardian's page."""
    query = select(Link).where(Link.purpose == "consent").order_by(Link.id.desc()).limit(1)
    token = mint(System("tests"), db.session.scalars(query).one())
    db.session.commit()
    return token


def answer(guardian: Browser, page: str, verb: str, **values: Any) -> Page:
    """Gives, refuses or withdraws what a guardian's page asks."""
    found = re.search(rf"/consent/(\d+)/{verb}", guardian.get(page).text)
    assert found, f"{page} does not offer to {verb}"
    url = f"{page.partition('/consent')[0]}/consent/{found[1]}/{verb}"
    return guardian.submit(url, **values) if verb == "refuse" else guardian.press(url, page=page)
