"""The gate: finds out who acts, loads the subject, asks the page's rule, and lets the view speak."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager
from flask_wtf.csrf import CSRFError
from sqlalchemy import func, select
from werkzeug.exceptions import HTTPException

from training import shell, visitor
from training.accounts import queries as accounts
from training.accounts.memberships import queries as memberships
from training.accounts.models import Account
from training.accounts.signing_in import SignedIn, signed_in
from training.accounts.workflow import Event
from training.audit.models import Happening
from training.audit.services import record
from training.kernel import clock, receipts
from training.kernel.db import READING, Contended, NotFound, Stale, db, writing
from training.kernel.i18n import _, language
from training.kernel.pages import Door, Page, allowed, arguments_for, registered
from training.kernel.policy import Actor, Bearer, Learner, Member, NotAllowed, NotNow, Visitor
from training.kernel.web import tag
from training.trainees.disclosures.services import note_look
from training.trainees.profiles import queries as profiles

login = LoginManager()

_WHO = accounts.SIGNED_IN.add_columns(profiles.OF_ACCOUNT, memberships.IS_MEMBER)
"""Asked on every page of somebody who is signed in, so it is built once."""


def set_up(app: Flask) -> None:
    """Puts the gate into the application: sign-in, errors, the shell around pages, addresses that keep the door."""
    login.init_app(app)
    login.session_protection = None
    login.user_loader(load)
    app.extensions["gate"] = enter
    app.before_request(begin)
    app.url_defaults(same_door)
    app.context_processor(lambda: {"shell": shell.around(), "actor": g.get("actor", Visitor()), "may": may, "told": shell.told})
    app.register_error_handler(HTTPException, failed)
    app.register_error_handler(
        CSRFError, lambda error: page_of(400, _("This form is too old"), _("Go back, load the page again and send it once more."))
    )
    app.register_error_handler(NotFound, lambda error: missing())
    app.register_error_handler(NotAllowed, refused)
    app.register_error_handler(
        Stale,
        lambda error: page_of(
            409, _("Somebody else was quicker"), _("This was changed while you were writing. Go back and look at it as it is now.")
        ),
    )
    app.register_error_handler(
        receipts.SentTwice, lambda error: page_of(409, _("Sent already"), _("This form has been sent before with other entries."))
    )


def load(token: str) -> SignedIn | None:
    """Whoever the cookie's token belongs to, while the session is open."""
    found = accounts.session(token, _WHO)
    if found is None:
        return None
    who, (trainee_id, is_member) = found
    visitor.know(trainee_id, is_member)
    return who


def begin() -> None:
    """Who is signed in, if anybody; static files ask nothing. A form without files, read as a whole, may not be as long as a file."""
    if request.mimetype == "application/x-www-form-urlencoded":
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]
    g.actor = Visitor()
    g.account = None
    db.session.info[READING] = True
    if request.endpoint != "static" and "cadre" in request.cookies:
        g.account = signed_in()


def enter(page: Page, arguments: Mapping[str, Any]) -> ResponseReturnValue:
    """One visit of a page."""
    door = next(door for door in page.doors if request.url_rule is not None and request.url_rule.rule == door.value + page.path)
    if door not in (Door.PUBLIC, Door.BEARER) and g.account is None:
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?") if request.method == "GET" else None))
    g.actor = actor_at(door, arguments)
    if page.cacheable and g.account is None and request.method in ("GET", "HEAD"):
        return revalidated(page, arguments)
    if request.method == "POST":
        return acted(page, arguments)
    return visit(page, arguments)


def actor_at(door: Door, arguments: Mapping[str, Any]) -> Actor:
    """Who comes through this door; NotFound when they have no business there."""
    account: SignedIn | None = g.account
    match door:
        case Door.MEMBER:
            assert account is not None
            member = memberships.member(visitor.own_memberships(), arguments["organisation"])
            if member is None:
                raise NotFound
            return member
        case Door.LEARNER:
            assert account is not None
            trainee_id = visitor.own_trainee_id()
            if trainee_id is None:
                raise NotFound
            return Learner(account.id, trainee_id)
        case Door.BEARER:
            link = (
                accounts.by_cookie(int(arguments["link"]), request.cookies.get("link", ""))
                if arguments["link"].isdecimal() and len(arguments["link"]) < 10
                else None
            )
            if link is None:
                raise NotFound
            return Bearer(link.id, link.purpose.value, link.subject_id)
        case _:
            return Visitor(account.id if account else None)


def visit(page: Page, arguments: Mapping[str, Any]) -> ResponseReturnValue:
    """Loads the subject, asks the rule, and calls the view."""
    own = arguments_for(page, arguments)
    if page.subject is None:
        if not page.may(g.actor):
            raise NotAllowed(page.endpoint)
        return page.view(**own)
    subject = page.subject(g.actor, **own)
    if not allowed(page, g.actor, subject):
        raise NotAllowed(page.endpoint)
    if page.shows is not None:
        note_look(g.actor, page.shows(subject))
    return page.view(subject)


def acted(page: Page, arguments: Mapping[str, Any]) -> ResponseReturnValue:
    """A form was sent: once is once, and a refusal by the service is shown on the form as it was typed."""
    key = f"{g.account.id if g.account else 0}:{page.endpoint}:{request.form.get('receipt_key', '')}".replace("\0", "")[:240]
    fields = receipts.digest(request.form.to_dict(flat=False))
    try:
        answer = attempted(page, arguments, key, fields)
    except receipts.SentTwice:
        return repeated(key, fields)
    except NotNow as refusal:
        return shown_again(page, arguments, refusal)
    finally:
        receipts.unbind()
    response = make_response(answer)
    if response.location:
        receipts.answer(key, response.location)
    return response


def attempted(page: Page, arguments: Mapping[str, Any], key: str, fields: str, tries: int = 3) -> ResponseReturnValue:
    """The view, bound to its receipt; visited again when two requests waited for each other and the database ended this one."""
    receipts.bind(key, fields)
    try:
        return visit(page, arguments)
    except Contended:
        if tries == 1:
            raise
        fresh()
        return attempted(page, arguments, key, fields, tries - 1)


def fresh() -> None:
    """Nothing loaded so far is used again."""
    receipts.unbind()
    db.session.rollback()
    db.session.expunge_all()


def repeated(key: str, fields: str) -> ResponseReturnValue:
    """What a duplicate gets: the answer of the first, or one's home when that is not known yet."""
    found = receipts.find(key)
    if found is None or found.fields != fields:
        raise receipts.SentTwice
    return redirect(found.answer or visitor.home_url())


def shown_again(page: Page, arguments: Mapping[str, Any], refusal: NotNow) -> ResponseReturnValue:
    """The form with what was typed and the sentences that say why not; without a form, a page with the sentences."""
    fresh()
    if "GET" not in page.methods:
        return page_of(409, _("That is not possible now"), " ".join(map(str, refusal.sentences)))
    g.refusal = refusal
    response = make_response(visit(page, arguments))
    response.status_code = 409
    return response


def revalidated(page: Page, arguments: Mapping[str, Any]) -> ResponseReturnValue:
    """A public page for somebody who is not signed in: unchanged since the newest event means 304."""
    newest = db.session.scalar(select(func.max(Happening.id)))
    etag = tag(
        current_app.extensions["build"],
        newest,
        request.full_path,
        language(),
        clock.today(),
        request.cookies.get("theme"),
    )
    unchanged = request.if_none_match.contains(etag)
    response = Response(status=304) if unchanged else make_response(visit(page, arguments))
    response.set_etag(etag)
    response.headers["Cache-Control"] = "no-cache"
    response.vary.update(["Cookie", "Accept-Language", "HX-Request"])
    return response


def same_door(endpoint: str, values: dict[str, Any]) -> None:
    """Addresses made on a page keep its organisation or link unless they name another."""
    page = registered(current_app).get(endpoint)
    if page is None:
        return
    match g.get("actor"):
        case Member() if Door.MEMBER in page.doors and "organisation" not in values and request.view_args:
            values["organisation"] = request.view_args.get("organisation")
        case Bearer(link_id=link) if Door.BEARER in page.doors:
            values.setdefault("link", link)


def may(endpoint: str, subject: Any = None) -> bool:
    """Whether the actor may use the page of that endpoint on a subject, so that a link that shows is a link that works."""
    page = registered(current_app)[endpoint]
    return page.may(g.actor) if page.subject is None else page.may(g.actor, subject)


def failed(error: HTTPException) -> ResponseReturnValue:
    """The page for an HTTP error."""
    if error.code is None or error.code < 400:
        return error.get_response()
    match error.code:
        case 404:
            return missing()
        case 405:
            return page_of(405, _("Not like this"), _("This address takes no such request."))
        case 413:
            return page_of(413, _("Too large"), _("Files up to 20 MB fit here. Make it smaller or split it."))
        case 429:
            return page_of(429, _("Too many tries"), _("Wait a while, then try again."))
        case 500:
            return page_of(500, _("Something broke here"), _("It is not your doing. Nothing was half-saved; try again in a minute."))
        case code:
            return page_of(code, _("That did not work"), _("The address or what was sent does not fit. Go back and try again."))


def missing() -> ResponseReturnValue:
    """The page for what is not there, and, exactly alike, for what is not this reader's."""
    return page_of(404, _("There is nothing here"), _("It may have been moved, or it is not yours to see."))


def refused(error: NotAllowed) -> ResponseReturnValue:
    """The page for a refusal, which leaves a row in the trail."""
    db.session.rollback()
    if g.account is not None:
        with writing():
            record(g.actor, Event.REFUSED, db.session.get_one(Account, g.account.id))
    return page_of(403, _("This is not yours to do"), _("Your role does not include it. Ask a manager of your organisation."))


def page_of(code: int, title: str, text: str) -> ResponseReturnValue:
    """An error page."""
    db.session.rollback()
    return render_template("errors/error.html", code=code, title=title, text=text, links=[(_("To the start"), visitor.home_url())]), code
