"""Pages of waivers: a school lets one person in without prerequisites, or takes that back."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.enrolments import queries as enrolments
from training.courses.programmes import queries as programmes
from training.courses.programmes.models import ProgrammeVersion
from training.courses.waivers import policies, queries, services
from training.courses.waivers.forms import GrantForm, RevokeForm
from training.courses.waivers.models import Waiver
from training.kernel.i18n import _
from training.kernel.keys import row_key
from training.kernel.pages import MEMBER, Noun

bp = Noun("waivers", __name__)

OF = "/programmes/<int:version_id>/waivers"
ONE = "/waivers/<int:waiver_id>"
WORDS = 100
"""Characters that are looked for."""


@bp.page(OF, doors=MEMBER, may=policies.can_see, subject=programmes.version)
def of_version(version: ProgrammeVersion) -> ResponseReturnValue:
    """Sees who was let into a programme without its prerequisites, and looks for somebody to let in."""
    words = request.args.get("q", "").strip()[:WORDS]
    return render_template(
        "courses/waivers/of_version.html",
        version=version,
        waivers=queries.of_programme(g.actor, version.programme_id),
        words=words,
        people=queries.people(g.actor, words) if words and version.needs else [],
    )


@bp.page(f"{OF}/new", doors=MEMBER, may=policies.can_grant, subject=programmes.version, methods=["GET", "POST"])
def grant(version: ProgrammeVersion) -> ResponseReturnValue:
    """Lets one person into a programme without its prerequisites."""
    form = GrantForm(data={"trainee_id": row_key(request.args.get("person", ""))})
    person = queries.person(g.actor, form.trainee_id.data or 0)
    if person is None or version.needs is None:
        return redirect(url_for(".of_version", version_id=version.id))
    if form.submitted():
        services.grant(g.actor, version, **form.fields)
        flash(_("%(trainee)s can apply now and is told.", trainee=person.name), "success")
        return redirect(url_for(".of_version", version_id=version.id))
    return render_template("courses/waivers/grant.html", version=version, form=form, person=person)


@bp.page(ONE, doors=MEMBER, may=policies.can_show, subject=queries.waiver)
def show(waiver: Waiver) -> ResponseReturnValue:
    """Sees why somebody was let into a programme without its prerequisites, and whether that was taken back."""
    begun = waiver.revocation is None and enrolments.has_begun(waiver.programme_id, waiver.trainee_id)
    return render_template(
        "courses/waivers/show.html",
        waiver=waiver,
        version=programmes.versions_of(waiver.programme_id)[0],
        against=policies.why_not_revoke(waiver, revoked=waiver.revocation is not None, begun=begun),
        events=history(waiver),
    )


@bp.page(f"{ONE}/revoke", doors=MEMBER, may=policies.can_revoke, subject=queries.waiver, methods=["GET", "POST"])
def revoke(waiver: Waiver) -> ResponseReturnValue:
    """Takes back that somebody was let into a programme without its prerequisites, before they have applied."""
    form = RevokeForm()
    if form.submitted():
        services.revoke(g.actor, waiver, **form.fields, begun=enrolments.has_begun)
        flash(_("Revoked; %(trainee)s is told why.", trainee=waiver.trainee.name), "success")
        return redirect(url_for(".show", waiver_id=waiver.id))
    return render_template("courses/waivers/revoke.html", form=form, waiver=waiver, version=programmes.versions_of(waiver.programme_id)[0])
