"""Signing up, in and out; one's own account."""

from flask import current_app, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import logout_user

from training.accounts import passwords, policies, queries, services
from training.accounts.arriving import opened, stay
from training.accounts.forms import ChangePasswordForm, CodeForm, ConfirmForm, ForgottenForm, NewPasswordForm, SignInForm, SignUpForm
from training.accounts.memberships import queries as memberships
from training.accounts.models import Account
from training.accounts.signing_in import signed_in
from training.accounts.workflow import Purpose
from training.kernel.config import Config
from training.kernel.db import NotFound
from training.kernel.i18n import LANGUAGES, _, _l, language
from training.kernel.keys import sort_key, typed_code
from training.kernel.limits import limiter
from training.kernel.pages import ACCOUNT, BEARER, PUBLIC, Noun
from training.kernel.policy import OrganisationKind, Role, Visitor, anyone, own_account
from training.kernel.web import inside, remember

bp = Noun("accounts", __name__)

PERSONAS = [
    (OrganisationKind.SCHOOL, Role.MANAGER),
    (OrganisationKind.SCHOOL, Role.TEACHER),
    (OrganisationKind.SCHOOL, Role.PLACEMENT_OFFICER),
    (OrganisationKind.EMPLOYER, Role.MANAGER),
    (OrganisationKind.EMPLOYER, Role.RECRUITER),
    (OrganisationKind.EMPLOYER, Role.MENTOR),
    (OrganisationKind.AUTHORITY, Role.COORDINATOR),
    (OrganisationKind.OPERATOR, Role.OPERATOR),
]


LEARNERS = {
    "trainee": _l("Trainee: in an internship"),
    "minor": _l("Trainee: under 18, asks for an internship"),
    "applicant": _l("Trainee: a seat is held for you"),
    "graduate": _l("Trainee: graduate with an offer"),
    "selected": _l("Trainee: a seat offered by a ranked list"),
}
"""The demonstration's trainees by their login names."""


def cost() -> tuple[int, int, int]:
    """The configured cost of hashing."""
    config: Config = current_app.config["CADRE"]
    return config.argon


def way_in() -> str:
    """Whose tries are counted together on the sign-in page: the name that was typed."""
    return "way in " + sort_key(request.form.get("way_in", "").replace("\0", ""))


@bp.page("/sign-up", doors=PUBLIC, may=anyone, methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])
def sign_up() -> ResponseReturnValue:
    """A new account; the answer is the same for known addresses."""
    form = SignUpForm()
    if form.submitted():
        weak = passwords.why_not(form.password.data or "", [form.name.data or "", form.email.data or ""])
        if not weak:
            password = passwords.hashed(form.password.data or "", cost())
            services.sign_up(g.actor, name=form.fields["name"], email=form.fields["email"], password=password, language=language())
            return redirect(url_for(".sent"))
        form.password.errors = weak
    return render_template("accounts/sign_up.html", form=form)


@bp.page("/sign-up/sent", doors=PUBLIC, may=anyone)
def sent() -> ResponseReturnValue:
    """What to do now that a letter is on its way."""
    return render_template("accounts/sent.html")


@bp.page("/sign-in", doors=PUBLIC, may=anyone, methods=["GET", "POST"])
@limiter.limit("30 per hour", key_func=way_in, methods=["POST"])
@limiter.limit("300 per hour", methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """By e-mail or login name; unknown names and wrong passwords get one and the same answer."""
    form = SignInForm()
    if form.submitted():
        account = queries.by_way_in(form.way_in.data or "")
        if passwords.fits(form.password.data or "", account.password if account else None, cost()) and account and not account.blocked_at:
            return begun(account)
        form.form_errors = [_("No account has this name with this password. Check both, or ask for a new password.")]
    going = inside(request.args.get("next"))
    remember(going)
    return render_template("accounts/sign_in.html", form=form, personas=personas(), next=going)


def begun(account: Account) -> ResponseReturnValue:
    """Signed in: on to where one was going, or home."""
    token = services.sign_in(Visitor(), account, device=request.user_agent.string)
    stay(account, token)
    going = inside(request.args.get("next"))
    return redirect(url_for("insights.home.start") if remember(going) else going or url_for(".home"))


def personas() -> list[tuple[str, str]]:
    """In the demonstration only: the people one can be at one click, as (key, words)."""
    config: Config = current_app.config["CADRE"]
    if not config.demo:
        return []
    there = queries.logins(LEARNERS)
    learners = [(login, str(words)) for login, words in LEARNERS.items() if login in there]
    return learners + [(f"{kind.value}-{role.value}", said_as(kind, role)) for kind, role in PERSONAS]


def said_as(kind: OrganisationKind, role: Role) -> str:
    """What somebody is, at what kind of organisation; once where both are called alike."""
    return f"{kind.label}: {str(role.label).lower()}" if str(kind.label) != str(role.label) else str(kind.label)


@bp.page("/sign-in/as/<persona>", doors=PUBLIC, may=anyone, methods=["POST"])
def sign_in_as(persona: str) -> ResponseReturnValue:
    """In the demonstration only: sign in as one of its people."""
    config: Config = current_app.config["CADRE"]
    if not config.demo:
        raise NotFound
    found = {f"{kind.value}-{role.value}": (kind, role) for kind, role in PERSONAS}.get(persona)
    account = memberships.persona(*found) if found else queries.by_way_in(persona)
    if account is None or (found is None and not account.login_name):
        raise NotFound
    services.prefer(Visitor(account.id), account, language=language())
    return begun(account)


@bp.page("", doors=ACCOUNT, may=own_account, subject=queries.own)
def show(account: Account) -> ResponseReturnValue:
    """One's account: name, language, where one is signed in, and as whom one works here."""
    return render_template(
        "accounts/show.html",
        account=account,
        sessions=queries.open_sessions(account),
        here=queries.digest(g.account.token),
        languages=LANGUAGES,
        parts=memberships.current(account.id),
    )


@bp.page("/home", doors=ACCOUNT, may=own_account)
def home() -> ResponseReturnValue:
    """On to the first place where something can be done: an organisation, one's learning, or the account."""
    mine = memberships.current(g.account.id)
    if mine:
        return redirect(url_for("insights.home.member", organisation=mine[0].slug))
    return redirect(url_for("insights.home.start"))


@bp.page("/sign-out", doors=ACCOUNT, may=own_account, subject=queries.own, methods=["POST"])
def sign_out(account: Account) -> ResponseReturnValue:
    """Ends this session."""
    user = signed_in()
    services.sign_out(g.actor, account, token=user.token if user else "")
    logout_user()
    return redirect(url_for("insights.home.landing"))


@bp.page("/sessions/<int:session_id>/end", doors=ACCOUNT, may=own_account, methods=["POST"])
def end_session(session_id: int) -> ResponseReturnValue:
    """Ends one of one's sessions, on a device left somewhere."""
    services.end_session(g.actor, queries.own(g.actor), session_id=session_id)
    flash(_("That session has ended."), "success")
    return redirect(url_for(".show"))


@bp.page("/password", doors=ACCOUNT, may=policies.can_edit, subject=queries.own, methods=["GET", "POST"])
@limiter.limit("30 per hour", methods=["POST"])
def change_password(account: Account) -> ResponseReturnValue:
    """A new password; every session ends, this one begins anew."""
    form = ChangePasswordForm()
    if form.submitted():
        weak = passwords.why_not(form.password.data or "", [account.name, account.email or ""])
        if not passwords.fits(form.present.data or "", account.password, cost()):
            form.present.errors = [_("This is not your present password.")]
        elif weak:
            form.password.errors = weak
        else:
            services.change_password(g.actor, account, password=passwords.hashed(form.password.data or "", cost()))
            logout_user()
            flash(_("The password is changed. Sign in with the new one."), "success")
            return redirect(url_for(".sign_in"))
    return render_template("accounts/change_password.html", form=form)


@bp.page("/forgotten", doors=PUBLIC, may=anyone, methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])
def forgotten() -> ResponseReturnValue:
    """A letter with a link; the answer does not tell whether there is such an account."""
    form = ForgottenForm()
    if form.submitted():
        services.ask_reset(g.actor, way_in=form.fields["way_in"])
        return redirect(url_for(".sent"))
    return render_template("accounts/forgotten.html", form=form)


@bp.page("/l/<token>", doors=PUBLIC, may=anyone)
def follow(token: str) -> ResponseReturnValue:
    """A letter's link: its token is exchanged at once for a cookie that only the link's own pages see."""
    link = queries.by_token(token)
    if link is None:
        return render_template("accounts/link_over.html"), 404
    return opened(link)


@bp.page("/card", doors=PUBLIC, may=anyone, methods=["GET", "POST"])
@limiter.limit("30 per hour", methods=["POST"])
def enter_code() -> ResponseReturnValue:
    """The code of a printed card, typed by hand."""
    form = CodeForm()
    if form.submitted():
        link = queries.by_token(typed_code(form.code.data or ""))
        if link is not None and link.purpose is Purpose.CARD:
            return opened(link)
        form.code.errors = [_("No card has this code, or it works no more: used, expired, or replaced by a newer one. Check every letter.")]
    return render_template("accounts/enter_code.html", form=form)


@bp.page("/confirm", doors=BEARER, may=policies.can_confirm, subject=queries.own, methods=["GET", "POST"])
def confirm(account: Account) -> ResponseReturnValue:
    """The address is confirmed by a button, because mail scanners follow links."""
    form = ConfirmForm()
    if form.submitted():
        services.confirm(g.actor, account)
        flash(_("Your address is confirmed. Sign in to begin."), "success")
        return redirect(url_for(".sign_in"))
    return render_template("accounts/confirm.html", form=form, account=account)


@bp.page("/reset", doors=BEARER, may=policies.can_reset, subject=queries.own, methods=["GET", "POST"])
def reset(account: Account) -> ResponseReturnValue:
    """A new password by letter."""
    form = NewPasswordForm()
    if form.submitted():
        weak = passwords.why_not(form.password.data or "", [account.name, account.email or ""])
        if not weak:
            services.reset(g.actor, account, password=passwords.hashed(form.password.data or "", cost()))
            flash(_("The password is changed. Sign in with the new one."), "success")
            return redirect(url_for(".sign_in"))
        form.password.errors = weak
    return render_template("accounts/reset.html", form=form, account=account)


@bp.page("/language/<code>", doors=PUBLIC, may=anyone)
def choose_language(code: str) -> ResponseReturnValue:
    """Keeps the language on this device, and with the account of whoever is signed in."""
    if code not in LANGUAGES:
        raise NotFound
    return preferred("language", code)


@bp.page("/theme/<code>", doors=PUBLIC, may=anyone)
def choose_theme(code: str) -> ResponseReturnValue:
    """Keeps light or dark on this device, and with the account of whoever is signed in."""
    if code not in ("light", "dark"):
        raise NotFound
    return preferred("theme", code)


def preferred(name: str, value: str) -> ResponseReturnValue:
    """Back to where one was, with the choice kept for a year."""
    if g.account is not None:
        services.prefer(g.actor, queries.own(Visitor(g.account.id)), **{name: value})
    answer = make_response(redirect(inside(request.args.get("next")) or url_for("insights.home.landing")))
    config: Config = current_app.config["CADRE"]
    answer.set_cookie(name, value, max_age=31_536_000, samesite="Lax", httponly=True, secure=config.secure_cookies)
    return answer
