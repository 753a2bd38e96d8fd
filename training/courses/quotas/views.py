"""Pages of quotas: the region sets them, schools see how many are left."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.quotas import policies, queries, services
from training.courses.quotas.forms import AddForm, ChangeForm
from training.courses.quotas.models import Quota
from training.kernel.i18n import _
from training.kernel.pages import MEMBER, Noun
from training.organisations import queries as organisations
from training.organisations.models import Organisation
from training.saved_views.pages import opened

bp = Noun("quotas", __name__)


@bp.page("/quotas", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees how many state seats each school may plan, and has planned."""
    asked = opened("quotas")
    titles = queries.titles({one.code for one in asked.found.rows})
    return render_template("courses/quotas/listed.html", asked=asked, titles=titles, here=organisations.own(g.actor))


@bp.page("/quotas/new", doors=MEMBER, may=policies.can_add, subject=organisations.own, methods=["GET", "POST"])
def add(authority: Organisation) -> ResponseReturnValue:
    """Sets a quota of state seats."""
    schools = queries.schools(authority.id)
    form = AddForm(schools=schools)
    if form.submitted():
        given = form.fields
        chosen = int(given.pop("school_id"))
        quota = services.add(g.actor, next(school for school in schools if school.id == chosen), **given)
        flash(_("Set. %(school)s is told.", school=quota.school.short_name), "success")
        return redirect(url_for(".show", quota_id=quota.id))
    return render_template("courses/quotas/add.html", form=form)


@bp.page("/quotas/<int:quota_id>", doors=MEMBER, may=policies.can_list, subject=queries.quota)
def show(quota: Quota) -> ResponseReturnValue:
    """Sees one quota, by which act it was set, and its history."""
    title = queries.titles([quota.code]).get(quota.code, "")
    return render_template("courses/quotas/show.html", quota=quota, title=title, events=history(quota))


@bp.page("/quotas/<int:quota_id>/change", doors=MEMBER, may=policies.can_set, subject=queries.quota, methods=["GET", "POST"])
def change(quota: Quota) -> ResponseReturnValue:
    """Changes or lifts a quota of state seats."""
    form = ChangeForm(data={"version": quota.version, "seats": quota.seats})
    if form.submitted():
        services.change(g.actor, quota, **form.fields)
        flash(_("Saved. %(school)s is told.", school=quota.school.short_name), "success")
        return redirect(url_for(".show", quota_id=quota.id))
    return render_template("courses/quotas/change.html", form=form, quota=quota)
