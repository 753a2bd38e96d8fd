"""A trainee's own profile."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.accounts import queries as accounts
from training.kernel.i18n import _
from training.kernel.pages import ACCOUNT, LEARNER, Noun
from training.kernel.web import bound_for
from training.trainees.consents import queries as consents
from training.trainees.disclosures import queries as disclosures
from training.trainees.engagements import queries as engagements
from training.trainees.passport import queries as passport
from training.trainees.profiles import policies, queries, services
from training.trainees.profiles.forms import ActForm, EditForm, EducationForm, MakeForm, PhotoForm
from training.trainees.profiles.models import Education, Trainee
from training.trainees.profiles.workflow import Schooling

bp = Noun("profiles", __name__)


@bp.page("/learning/new", doors=ACCOUNT, may=policies.can_make, methods=["GET", "POST"])
def make() -> ResponseReturnValue:
    """The first step of learning here: who one is."""
    form = MakeForm()
    if form.submitted():
        schooling = Schooling(form.schooling.data) if form.schooling.data else None
        services.make(g.actor, accounts.own(g.actor), **form.fields | {"schooling": schooling})
        going = bound_for()
        flash(_("Your profile is ready.") if going else _("Your profile is ready. Find a programme and take a seat."), "success")
        return redirect(going or url_for("insights.home.learner"))
    return render_template("trainees/profiles/make.html", form=form)


@bp.page("/profile", doors=LEARNER, may=policies.can_edit, subject=queries.own)
def own(trainee: Trainee) -> ResponseReturnValue:
    """One's profile: contacts, passport, who can see it, consents."""
    where = engagements.of(trainee.id)
    return render_template(
        "trainees/profiles/own.html",
        trainee=trainee,
        photo=queries.photo(trainee.id),
        educations=queries.educations(trainee.id),
        skills=passport.of(trainee.id),
        engagements=where,
        pages=engagements.pages(g.actor, where),
        consents=consents.of(trainee.id),
        watchers=disclosures.watchers(trainee),
    )


@bp.page("/profile/edit", doors=LEARNER, may=policies.can_edit, subject=queries.own, methods=["GET", "POST"])
def edit(trainee: Trainee) -> ResponseReturnValue:
    """Contacts and a few words."""
    form = EditForm(obj=trainee)
    if form.submitted():
        schooling = Schooling(form.schooling.data) if form.schooling.data else None
        services.edit(g.actor, trainee, **form.fields | {"schooling": schooling})
        flash(_("Saved."), "success")
        return redirect(url_for(".own"))
    return render_template("trainees/profiles/edit.html", form=form, trainee=trainee)


@bp.page("/profile/photo", doors=LEARNER, may=policies.can_keep_photo, subject=queries.own, methods=["GET", "POST"])
def keep_photo(trainee: Trainee) -> ResponseReturnValue:
    """A photograph for the card."""
    form = PhotoForm()
    if form.submitted():
        services.keep_photo(g.actor, trainee, source=form.photo.data.stream)
        flash(_("The photograph is on your card."), "success")
        return redirect(url_for(".own"))
    return render_template("trainees/profiles/keep_photo.html", form=form, trainee=trainee, photo=queries.photo(trainee.id))


@bp.page("/profile/photo/remove", doors=LEARNER, may=policies.can_remove_photo, subject=queries.own, methods=["POST"])
def remove_photo(trainee: Trainee) -> ResponseReturnValue:
    """No photograph any more."""
    services.remove_photo(g.actor, trainee)
    flash(_("The photograph is taken away."), "success")
    return redirect(url_for(".own"))


@bp.page("/profile/education/add", doors=LEARNER, may=policies.can_add_education, subject=queries.own, methods=["GET", "POST"])
def add_education(trainee: Trainee) -> ResponseReturnValue:
    """What one studied elsewhere."""
    form = EducationForm()
    if form.submitted():
        services.add_education(g.actor, trainee, **form.fields)
        flash(_("Added."), "success")
        return redirect(url_for(".own"))
    return render_template("trainees/profiles/add_education.html", form=form)


@bp.page(
    "/profile/education/<int:education_id>/remove",
    doors=LEARNER,
    may=policies.can_remove_education,
    subject=queries.education,
    methods=["GET", "POST"],
)
def remove_education(education: Education) -> ResponseReturnValue:
    """Takes a line of education away."""
    form = ActForm()
    if form.submitted():
        services.remove_education(g.actor, education)
        flash(_("Taken away."), "success")
        return redirect(url_for(".own"))
    return render_template("trainees/profiles/remove_education.html", form=form, education=education)
