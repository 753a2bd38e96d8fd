"""Inviting the people of a roster, and taking one's record over."""

from flask import current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.accounts import passwords
from training.accounts import queries as accounts
from training.kernel.config import Config
from training.kernel.i18n import LANGUAGES, _, language, ngettext
from training.kernel.pages import BEARER, MEMBER, Noun
from training.organisations import queries as organisations
from training.organisations.models import Organisation
from training.saved_views.pages import opened
from training.trainees.claims import policies, queries, services
from training.trainees.claims.forms import AcceptForm, JoinForm
from training.trainees.claims.models import Claim
from training.trainees.profiles import queries as profiles
from training.trainees.profiles.models import Trainee

bp = Noun("claims", __name__)


@bp.page("/trainees/claims", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees the people of the school's roster who have no account yet, and the letters to them."""
    return render_template(
        "trainees/claims/listed.html",
        asked=opened("claims"),
        counts=queries.counts(g.actor),
        why_not=policies.why_not_send_all(organisations.own(g.actor)),
        letters_in=LANGUAGES[language()],
        most=services.AT_ONCE,
    )


@bp.page("/trainees/<int:trainee_id>/invite", doors=MEMBER, may=policies.can_send, subject=queries.person, methods=["POST"])
def send(trainee: Trainee) -> ResponseReturnValue:
    """Invites one person of the roster to an account."""
    services.send(g.actor, trainee, language=language())
    flash(_("A letter is on its way to %(email)s.", email=trainee.email), "success")
    return redirect(url_for(".listed"))


@bp.page("/trainees/claims/send", doors=MEMBER, may=policies.can_send_all, subject=organisations.own, methods=["POST"])
def send_all(school: Organisation) -> ResponseReturnValue:
    """Invites everybody of the roster who can be invited."""
    count = services.send_all(g.actor, school, language=language())
    flash(ngettext("%(num)s letter is on its way.", "%(num)s letters are on their way.", count), "success")
    return redirect(url_for(".listed"))


@bp.page("/trainees/claims/<int:claim_id>/revoke", doors=MEMBER, may=policies.can_revoke, subject=queries.claim, methods=["POST"])
def revoke(claim: Claim) -> ResponseReturnValue:
    """Takes the invitation of somebody on the roster back."""
    services.revoke(g.actor, claim)
    flash(_("The invitation of %(email)s is taken back; its link works no more.", email=claim.email), "success")
    return redirect(url_for(".listed"))


@bp.page("/claim", doors=BEARER, may=policies.can_accept, subject=queries.mine, methods=["GET", "POST"])
def accept(claim: Claim) -> ResponseReturnValue:
    """Takes the record over: with the account that is signed in, the account of the address, or a new one."""
    here = g.account
    known = here is not None or accounts.by_way_in(claim.email) is not None
    form = AcceptForm() if known else JoinForm(name=f"{claim.trainee.given_name} {claim.trainee.family_name}")
    if form.submitted():
        given: dict[str, str] = {}
        if isinstance(form, JoinForm):
            if weak := passwords.why_not(form.password.data or "", [form.name.data or "", claim.email]):
                form.password.errors = weak
                return shown(claim, form)
            config: Config = current_app.config["CADRE"]
            given = {"name": form.fields["name"], "password": passwords.hashed(form.password.data or "", config.argon)}
        services.accept(g.actor, claim, account_id=here.id if here else None, language=language(), **given)
        if here is not None:
            flash(_("The record is yours now."), "success")
            return redirect(url_for("insights.home.learner"))
        flash(_("The record is yours now. Sign in to begin."), "success")
        return redirect(url_for("accounts.sign_in", next=url_for("insights.home.learner")))
    return shown(claim, form)


def shown(claim: Claim, form: AcceptForm) -> ResponseReturnValue:
    """The page with its form, or with the reason why the account that is signed in cannot take the record."""
    profile_id = profiles.id_of(g.account.id) if g.account is not None else None
    reasons = policies.why_not_accept(claim.trainee, profile_id=profile_id, blocked=False)
    return render_template("trainees/claims/accept.html", form=form, claim=claim, account=g.account, reasons=reasons)
