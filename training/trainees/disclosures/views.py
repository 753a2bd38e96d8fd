"""The trainees one may see, and the trainee's own choice of who that is."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.audit import queries as audit
from training.audit.queries import history
from training.files.sending import send
from training.kernel.db import NotFound
from training.kernel.i18n import _
from training.kernel.lists import Wanted
from training.kernel.pages import LEARNER, MEMBER, Noun
from training.kernel.policy import OrganisationKind
from training.organisations import queries as organisations
from training.saved_views.pages import opened
from training.trainees.consents import queries as consents
from training.trainees.disclosures import policies, queries, services
from training.trainees.disclosures.forms import VisibilityForm
from training.trainees.engagements import queries as engagements
from training.trainees.passport import queries as passport
from training.trainees.profiles import policies as profile_policies
from training.trainees.profiles import queries as profiles
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.workflow import Event as ProfileEvent
from training.trainees.profiles.workflow import Visibility

bp = Noun("disclosures", __name__)


@bp.page("/trainees", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees the school's trainees, and whoever asked it for a seat."""
    return render_template("trainees/disclosures/listed.html", asked=opened("trainees"), school=organisations.own(g.actor))


@bp.page("/trainees/<int:trainee_id>", doors=MEMBER, may=policies.can_see, subject=queries.trainee, shows=lambda trainee: trainee)
def card(trainee: Trainee) -> ResponseReturnValue:
    """One trainee: contacts, passport, where they are, consents."""
    shown = seen(trainee)
    return render_template(
        "trainees/disclosures/card.html",
        consent=consents.open_of(trainee.id),
        events=history(trainee) if policies.can_see_history(g.actor, trainee) else None,
        **shown | {"pages": engagements.pages(g.actor, shown["engagements"])},
    )


def seen(trainee: Trainee) -> dict[str, Any]:
    """What the card shows of a trainee, to an organisation and in the trainee's own preview."""
    return {
        "trainee": trainee,
        "photo": profiles.photo(trainee.id),
        "educations": profiles.educations(trainee.id),
        "skills": passport.of(trainee.id),
        "engagements": engagements.of(trainee.id),
        "pages": {},
    }


@bp.page(
    "/trainees/<int:trainee_id>/photo",
    doors=(MEMBER, LEARNER),
    may=policies.can_see_photo,
    subject=queries.pictured,
    shows=lambda trainee: trainee,
)
def photo(trainee: Trainee) -> ResponseReturnValue:
    """The photograph, for whoever sees the card."""
    found = profiles.photo(trainee.id)
    if found is None:
        raise NotFound
    return send(found.file, inline=True)


@bp.page("/profile/preview", doors=LEARNER, may=policies.can_preview, subject=profiles.own)
def preview(trainee: Trainee) -> ResponseReturnValue:
    """One's card as an employer sees it: the same query, the same words."""
    known = [one for one in queries.watchers(trainee) if one.kind is OrganisationKind.EMPLOYER]
    asked = request.args.get("employer", type=int)
    chosen = next((one for one in known if one.id == asked), None)
    viewer = chosen.id if chosen is not None else queries.stranger_to(trainee)
    shown = queries.as_seen_by(viewer, trainee.id) if viewer is not None else None
    return render_template(
        "trainees/disclosures/preview.html",
        known=known,
        chosen=chosen,
        shown=seen(shown) if shown is not None else None,
        reasons=policies.why_unseen(trainee, consented=consents.is_given(trainee.id), disclosed=chosen is not None),
    )


@bp.page("/profile/looks", doors=LEARNER, may=policies.can_see_looks, subject=profiles.own)
def looks(trainee: Trainee) -> ResponseReturnValue:
    """Which organisations have looked at one's card, and when."""
    wanted = Wanted.read(request.args)
    found = audit.listed(trainee, ProfileEvent.VIEWED, wanted)
    places = organisations.names({one.organisation_id for one in found.rows if one.organisation_id})
    return render_template("trainees/disclosures/looks.html", found=found, wanted=wanted, places=places)


@bp.page("/profile/visibility", doors=LEARNER, may=profile_policies.can_edit, subject=profiles.own, methods=["GET", "POST"])
def choose_visibility(trainee: Trainee) -> ResponseReturnValue:
    """The trainee decides who may find them."""
    form = VisibilityForm(visibility=trainee.visibility.value)
    if form.submitted():
        services.choose_visibility(g.actor, trainee, visibility=Visibility(form.visibility.data))
        flash(_("Saved: %(who)s can find you.", who=str(Visibility(form.visibility.data).label).lower()), "success")
        return redirect(url_for("trainees.profiles.own"))
    return render_template("trainees/disclosures/choose_visibility.html", form=form, trainee=trainee)
