"""A trainee's own profile."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.accounts import queries as accounts
from training.kernel.i18n import _
from training.kernel.pages import ACCOUNT, LEARNER, Noun
from training.trainees.consents import queries as consents
from training.trainees.disclosures import queries as disclosures
from training.trainees.engagements import queries as engagements
from training.trainees.passport import queries as passport
from training.trainees.profiles import policies, queries, services
from training.trainees.profiles.forms import EditForm, MakeForm
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.workflow import Schooling

bp = Noun("profiles", __name__)


@bp.page("/learning/new", doors=ACCOUNT, may=policies.can_make, methods=["GET", "POST"])
def make() -> ResponseReturnValue:
    """The first step of learning here: who one is."""
    form = MakeForm()
    if form.submitted():
        schooling = Schooling(form.schooling.data) if form.schooling.data else None
        services.make(g.actor, accounts.own(g.actor), **form.fields | {"schooling": schooling})
        flash(_("Your profile is ready. Find a programme and take a seat."), "success")
        return redirect(url_for("insights.home.learner"))
    return render_template("trainees/profiles/make.html", form=form)


@bp.page("/profile", doors=LEARNER, may=policies.can_edit, subject=queries.own)
def own(trainee: Trainee) -> ResponseReturnValue:
    """One's profile: contacts, passport, who can see it, consents."""
    return render_template(
        "trainees/profiles/own.html",
        trainee=trainee,
        skills=passport.of(trainee.id),
        engagements=engagements.of(trainee.id),
        consents=consents.of(trainee.id),
        disclosures=disclosures.of(trainee),
    )


@bp.page("/profile/edit", doors=LEARNER, may=policies.can_edit, subject=queries.own, methods=["GET", "POST"])
def edit(trainee: Trainee) -> ResponseReturnValue:
    """Contacts and a few words."""
    form = EditForm(obj=trainee)
    if form.submitted():
        services.edit(g.actor, trainee, **form.fields)
        flash(_("Saved."), "success")
        return redirect(url_for(".own"))
    return render_template("trainees/profiles/edit.html", form=form, trainee=trainee)
