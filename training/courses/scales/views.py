"""Pages of a school's mark scales."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.scales import policies, queries, services
from training.courses.scales.forms import add_form, edit_form, shown
from training.courses.scales.models import ScaleEdition
from training.courses.scales.workflow import ScaleKind
from training.kernel import clock
from training.kernel.i18n import _
from training.kernel.pages import MEMBER, Noun
from training.organisations import queries as organisations
from training.organisations.models import Organisation

bp = Noun("scales", __name__)

ONE = "/scales/<int:edition_id>"


@bp.page("/scales", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees by which scales the school turns points into marks."""
    school = organisations.own(g.actor)
    today = clock.today(school.zone)
    return render_template("courses/scales/listed.html", school=school, scales=queries.scales(g.actor, today), today=today)


@bp.page("/scales/new", doors=MEMBER, may=policies.can_add, subject=organisations.own, methods=["GET", "POST"])
def add(school: Organisation) -> ResponseReturnValue:
    """Gives a mark scale a new edition."""
    today = clock.today(school.zone)
    now = queries.in_force(school.id, today).get(ScaleKind.MARKS)
    form = add_form(data={"valid_from_on": today, **(shown(now.kind, now.bands) if now else {})})
    if form.submitted():
        assert form.valid_from_on.data is not None
        services.add(
            g.actor,
            school,
            kind=form.scale,
            valid_from_on=form.valid_from_on.data,
            source=form.fields["source"],
            bands=form.bands(),
        )
        flash(_("The edition is added."), "success")
        return redirect(url_for(".listed"))
    return render_template("courses/scales/add.html", form=form)


@bp.page(ONE, doors=MEMBER, may=policies.can_list, subject=queries.edition)
def show(edition: ScaleEdition) -> ResponseReturnValue:
    """One edition: which mark from which percent, what it follows."""
    return render_template("courses/scales/show.html", edition=edition, events=history(edition))


@bp.page(f"{ONE}/edit", doors=MEMBER, may=policies.can_edit, subject=queries.edition, methods=["GET", "POST"])
def edit(edition: ScaleEdition) -> ResponseReturnValue:
    """Changes an edition of a mark scale that nothing was marked by yet."""
    form = edit_form(edition)
    if form.submitted():
        services.edit(g.actor, edition, version=form.version.data or 0, source=form.fields["source"], bands=form.bands())
        flash(_("Saved."), "success")
        return redirect(url_for(".show", edition_id=edition.id))
    return render_template("courses/scales/edit.html", form=form, edition=edition, reasons=policies.why_not_edit(edition))
