"""The page on which a draft says what is completed before it."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.courses.prerequisites import policies, queries, services
from training.courses.prerequisites.forms import ChooseForm, rule_form
from training.courses.programmes import policies as programme_policies
from training.courses.programmes import queries as programmes
from training.courses.programmes.models import ProgrammeVersion
from training.courses.programmes.workflow import Needs
from training.kernel.i18n import _, ngettext
from training.kernel.pages import MEMBER, Noun

bp = Noun("prerequisites", __name__)

OF = "/programmes/<int:version_id>/prerequisites"
WORDS = 100
"""Characters that are looked for."""


@bp.page(OF, doors=MEMBER, may=policies.can_edit, subject=programmes.version, methods=["GET", "POST"])
def edit(version: ProgrammeVersion) -> ResponseReturnValue:
    """Says what somebody must have completed before a programme."""
    needed = version.prerequisites
    form = rule_form(needed, data={"version": version.version, "needs": (version.needs or Needs.ALL).value, "least": version.needs_least})
    circle = programmes.circle(version.programme_id, needed)
    against = programme_policies.why_not_need(version, needed, circle=circle)
    form.least.description = " ".join([within(version), *(str(one) for one in against)])
    if form.submitted():
        services.edit(g.actor, version, **form.fields)
        flash(_("Saved."), "success")
        return redirect(url_for(".edit", version_id=version.id))
    words = request.args.get("q", "").strip()[:WORDS]
    return render_template(
        "courses/prerequisites/edit.html",
        version=version,
        needed=needed,
        form=form,
        against=against,
        words=words,
        offered=queries.offered(version, words) if words and version.open else [],
    )


def within(version: ProgrammeVersion) -> str:
    """How much there is to ask for."""
    number, points = len(version.prerequisites), sum(one.points for one in version.prerequisites)
    most = ngettext("%(num)s programme is named,", "%(num)s programmes are named,", number)
    return most + " " + ngettext("worth %(num)s point.", "together worth %(num)s points.", points)


@bp.page(f"{OF}/add", doors=MEMBER, may=policies.can_add, subject=programmes.version, methods=["POST"])
def add(version: ProgrammeVersion) -> ResponseReturnValue:
    """Asks for one more programme before another."""
    form = ChooseForm()
    if form.submitted():
        services.add(g.actor, version, **form.fields)
        flash(_("The programme is asked for from now on."), "success")
    return redirect(url_for(".edit", version_id=version.id))


@bp.page(f"{OF}/remove", doors=MEMBER, may=policies.can_remove, subject=programmes.version, methods=["POST"])
def remove(version: ProgrammeVersion) -> ResponseReturnValue:
    """Stops asking for a programme before another."""
    form = ChooseForm()
    if form.submitted():
        services.remove(g.actor, version, **form.fields)
        flash(_("The programme is not asked for any more."), "success")
    return redirect(url_for(".edit", version_id=version.id))
