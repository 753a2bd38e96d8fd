"""Pages of waivers: a school lets one person in without prerequisites."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.courses.programmes import queries as programmes
from training.courses.programmes.models import ProgrammeVersion
from training.courses.waivers import policies, queries, services
from training.courses.waivers.forms import GrantForm
from training.kernel.i18n import _
from training.kernel.keys import row_key
from training.kernel.pages import MEMBER, Noun

bp = Noun("waivers", __name__)

OF = "/programmes/<int:version_id>/waivers"
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
