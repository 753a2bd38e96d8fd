"""Pages of a school's rooms."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.courses.rooms import policies, queries, services
from training.courses.rooms.forms import AddForm, EditForm
from training.courses.rooms.models import Room
from training.kernel.i18n import _
from training.kernel.pages import MEMBER, Noun
from training.organisations import queries as organisations
from training.organisations.models import Organisation

bp = Noun("rooms", __name__)


@bp.page("/rooms", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees the rooms of the school."""
    return render_template("courses/rooms/listed.html", rooms=queries.rooms(g.actor), school=organisations.own(g.actor))


@bp.page("/rooms/new", doors=MEMBER, may=policies.can_add, subject=organisations.own, methods=["GET", "POST"])
def add(school: Organisation) -> ResponseReturnValue:
    """Adds a room."""
    form = AddForm(sites=sites(school))
    if form.submitted():
        room = services.add(g.actor, school, **form.fields)
        flash(_("%(room)s is added.", room=room.name), "success")
        return redirect(url_for(".listed"))
    return render_template("courses/rooms/add.html", form=form)


@bp.page("/rooms/<int:room_id>", doors=MEMBER, may=policies.can_edit, subject=queries.room, methods=["GET", "POST"])
def edit(room: Room) -> ResponseReturnValue:
    """Changes the name or the site of a room."""
    form = EditForm(sites=sites(organisations.own(g.actor)), data={"name": room.name, "site_id": room.site_id, "version": room.version})
    if form.submitted():
        services.edit(g.actor, room, **form.fields)
        flash(_("Saved."), "success")
        return redirect(url_for(".listed"))
    return render_template("courses/rooms/edit.html", form=form, room=room)


def sites(school: Organisation) -> list[tuple[str, str]]:
    """Where a school's rooms can be."""
    return [(str(site.id), str(site)) for site in organisations.sites(school)]
