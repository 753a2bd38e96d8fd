"""Login cards: the school has them made and prints them; whoever holds one comes in by it."""

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.accounts import passwords
from training.accounts.arriving import stay
from training.files.sending import send
from training.kernel.config import Config
from training.kernel.db import NotFound
from training.kernel.i18n import _, language
from training.kernel.pages import BEARER, MEMBER, Noun
from training.organisations import queries as organisations
from training.organisations.models import Organisation
from training.saved_views.pages import opened
from training.trainees.cards import policies, queries, services
from training.trainees.cards.forms import GiveForm, UseForm
from training.trainees.cards.models import CardSheet, LoginCard

bp = Noun("cards", __name__)

ONE = "/trainees/cards/<int:sheet_id>"


@bp.page("/trainees/cards", doors=MEMBER, may=policies.can_list, subject=organisations.own)
def listed(school: Organisation) -> ResponseReturnValue:
    """The sheets that were made, and what became of their cards."""
    return render_template("trainees/cards/listed.html", asked=opened("cards", school), groups=queries.groups(school))


@bp.page("/trainees/cards/new", doors=MEMBER, may=policies.can_give, subject=organisations.own, methods=["GET", "POST"])
def give(school: Organisation) -> ResponseReturnValue:
    """Gives login cards to those who were chosen on a list, or to a group: who gets one, who does not and why."""
    group = request.args.get("group", "").replace("\0", "")[:60] or None
    ids = [int(one) for one in request.args.getlist("chosen") if one.isascii() and one.isdigit() and len(one) < 10][: policies.MOST]
    found = queries.candidates(school, ids=ids, group=group)
    form = GiveForm()
    if form.submitted():
        sheet = services.give(g.actor, school, trainee_ids=[one.trainee.id for one in found], language=language())
        flash(_("The cards are being made. Print them from here in a moment."), "success")
        return redirect(url_for(".show", sheet_id=sheet.id))
    return render_template("trainees/cards/give.html", form=form, found=found, group=group, groups=queries.groups(school))


@bp.page(ONE, doors=MEMBER, may=policies.can_show, subject=queries.sheet)
def show(sheet: CardSheet) -> ResponseReturnValue:
    """One sheet: to be printed, and where each card stands."""
    return render_template("trainees/cards/show.html", sheet=sheet, kept=services.KEPT.days)


@bp.page(f"{ONE}/pdf", doors=MEMBER, may=policies.can_show, subject=queries.printed)
def fetch(sheet: CardSheet) -> ResponseReturnValue:
    """The document with the cards."""
    if sheet.file is None:
        raise NotFound
    return send(sheet.file)


@bp.page("/card", doors=BEARER, may=policies.can_use, subject=queries.mine, methods=["GET", "POST"])
def use(card: LoginCard) -> ResponseReturnValue:
    """Sets a password by the card, and is in."""
    form = UseForm()
    if form.submitted():
        account = card.account
        weak = passwords.why_not(form.password.data or "", [account.name, account.login_name or "", card.sheet.school.short_name])
        if not weak:
            config: Config = current_app.config["CADRE"]
            hashed = passwords.hashed(form.password.data or "", config.argon)
            token = services.use(g.actor, card, password=hashed, device=request.user_agent.string)
            stay(account, token)
            flash(_("Welcome. Next time you sign in as %(login)s with your password.", login=account.login_name or ""), "success")
            return redirect(url_for("insights.home.learner"))
        form.password.errors = weak
    return render_template("trainees/cards/use.html", form=form, card=card)
