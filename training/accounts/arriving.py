"""Coming in: a new session on this device, and a link's token exchanged for its cookie."""

from flask import current_app, g, make_response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user

from training.accounts import services
from training.accounts.models import Account, Link
from training.accounts.signing_in import SignedIn
from training.accounts.workflow import Purpose
from training.kernel.config import Config
from training.kernel.policy import Visitor

PAGES_OF = {
    Purpose.CONFIRM: "accounts.confirm",
    Purpose.RESET: "accounts.reset",
    Purpose.INVITATION: "accounts.invitations.accept",
    Purpose.CONSENT: "trainees.consents.answer",
    Purpose.SIGNING: "internships.agreements.sign_by_link",
    Purpose.CLAIM: "trainees.claims.accept",
    Purpose.CARD: "trainees.cards.use",
}
"""Where a link of each purpose leads."""


def stay(account: Account, token: str) -> None:
    """This device keeps the session that has begun."""
    g.account = SignedIn(account.id, account.name, account.language, account.theme, token)
    login_user(g.account)


def opened(link: Link) -> ResponseReturnValue:
    """On to a link's page, with a cookie that only the link's own pages see; the token stands in no address any more."""
    cookie = services.exchange(Visitor(), link)
    answer = make_response(redirect(url_for(PAGES_OF[link.purpose], link=link.id)))
    config: Config = current_app.config["CADRE"]
    answer.set_cookie("link", cookie, path=f"/l/{link.id}/", httponly=True, samesite="Lax", secure=config.secure_cookies, max_age=86400)
    return answer
