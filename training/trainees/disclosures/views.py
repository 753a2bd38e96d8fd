"""The trainees one may see, and the trainee's own choice of who that is."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.kernel.i18n import _
from training.kernel.pages import LEARNER, MEMBER, Noun
from training.saved_views.pages import opened
from training.trainees.consents import queries as consents
from training.trainees.disclosures import policies, queries, services
from training.trainees.disclosures.forms import VisibilityForm
from training.trainees.engagements import queries as engagements
from training.trainees.passport import queries as passport
from training.trainees.profiles import policies as profile_policies
from training.trainees.profiles import queries as profiles
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.workflow import Visibility

bp = Noun("disclosures", __name__)


@bp.page("/trainees", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """A school's trainees, and whoever asked it for a seat."""
    return render_template("trainees/disclosures/listed.html", asked=opened("trainees"))


@bp.page("/trainees/<int:trainee_id>", doors=MEMBER, may=policies.can_see, subject=queries.trainee, shows=lambda trainee: trainee)
def card(trainee: Trainee) -> ResponseReturnValue:
    """One trainee: contacts, passport, where they are, consents."""
    return render_template(
        "trainees/disclosures/card.html",
        trainee=trainee,
        skills=passport.of(trainee.id),
        engagements=engagements.of(trainee.id),
        consent=consents.open_of(trainee.id),
        events=history(trainee),
    )


@bp.page("/profile/visibility", doors=LEARNER, may=profile_policies.can_edit, subject=profiles.own, methods=["GET", "POST"])
def choose_visibility(trainee: Trainee) -> ResponseReturnValue:
    """The trainee decides who may find them."""
    form = VisibilityForm(visibility=trainee.visibility.value)
    if form.submitted():
        services.choose_visibility(g.actor, trainee, visibility=Visibility(form.visibility.data))
        flash(_("Saved: %(who)s can find you.", who=str(Visibility(form.visibility.data).label).lower()), "success")
        return redirect(url_for("trainees.profiles.own"))
    return render_template("trainees/disclosures/choose_visibility.html", form=form, trainee=trainee)
