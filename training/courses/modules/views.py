"""Pages of a draft's modules; they are shown with their version."""

from collections.abc import Sequence
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.courses.modules import policies, services
from training.courses.modules.forms import module_form
from training.courses.programmes import queries as programmes
from training.courses.programmes.models import Module, ProgrammeVersion
from training.courses.programmes.tree import branches, under
from training.kernel.i18n import _
from training.kernel.pages import MEMBER, Noun

bp = Noun("modules", __name__)

OF = "/programmes/<int:version_id>/modules"
ONE = f"{OF}/<int:module_id>"


@bp.page(f"{OF}/new", doors=MEMBER, may=policies.can_write, subject=programmes.version, methods=["GET", "POST"])
def add(version: ProgrammeVersion) -> ResponseReturnValue:
    """Adds a module to a draft."""
    form = module_form(parents=parents(version), data={"parent_id": request.args.get("parent", "")})
    if form.submitted():
        services.add(g.actor, version, **form.fields)
        flash(_("The module is added."), "success")
        return redirect(url_for("courses.programmes.show", version_id=version.id))
    return render_template("courses/modules/add.html", form=form, version=version)


@bp.page(ONE, doors=MEMBER, may=policies.can_edit, subject=programmes.module, methods=["GET", "POST"])
def edit(module: Module) -> ResponseReturnValue:
    """Changes a module of a draft."""
    version = module.of
    form = module_form(
        parents=parents(version, without=under(module.id, version.modules), leaving=module),
        taught=[(one.skill, one.level) for one in module.skills],
        data={
            "code": module.code,
            "title": module.title,
            "hours": module.hours,
            "parent_id": str(module.parent_id or ""),
            "outcomes": "\n".join(one.words for one in module.outcomes),
            **{f"{kind.value}_hours": hours for kind, hours in module.spread.items()},
        },
    )
    [branch] = [one for one in branches(version.modules) if one.module.id == module.id]
    if branch.parts:
        form.hours.description = _("Its parts have %(hours)d hours together.", hours=branch.shared_out)
    if form.submitted():
        services.edit(g.actor, version, module=module, **form.fields)
        flash(_("Saved."), "success")
        return redirect(url_for("courses.programmes.show", version_id=version.id))
    return render_template("courses/modules/edit.html", form=form, module=module, version=version)


@bp.page(f"{ONE}/earlier", doors=MEMBER, may=policies.can_edit, subject=programmes.module, methods=["POST"])
def earlier(module: Module) -> ResponseReturnValue:
    """Puts a module of a draft before the one above it."""
    return placed(module, by=-1)


@bp.page(f"{ONE}/later", doors=MEMBER, may=policies.can_edit, subject=programmes.module, methods=["POST"])
def later(module: Module) -> ResponseReturnValue:
    """Puts a module of a draft after the one below it."""
    return placed(module, by=1)


def placed(module: Module, *, by: int) -> ResponseReturnValue:
    """The module in another place, and back to its row."""
    services.place(g.actor, module.of, module=module, by=by)
    return redirect(url_for("courses.programmes.show", version_id=module.version_id, _anchor=f"module-{module.id}"))


@bp.page(f"{ONE}/remove", doors=MEMBER, may=policies.can_edit, subject=programmes.module, methods=["POST"])
def remove(module: Module) -> ResponseReturnValue:
    """Takes a module out of a draft."""
    services.remove(g.actor, module.of, module=module)
    flash(_("The module is removed."), "success")
    return redirect(url_for("courses.programmes.show", version_id=module.version_id))


def parents(version: ProgrammeVersion, *, without: Sequence[int] | set[int] = (), leaving: Module | None = None) -> list[tuple[str, str]]:
    """What a module can be a part of, each with the hours that it still has to share out (`leaving` gives its own back)."""
    found: list[tuple[str, Any]] = []
    for branch in branches(version.modules):
        if branch.module.id not in without:
            back = leaving.hours if leaving is not None and leaving.parent_id == branch.module.id else 0
            left = branch.module.hours - branch.shared_out + back
            indent = "\u2003" * branch.depth
            found.append((str(branch.module.id), indent + _("%(module)s (%(hours)d h left)", module=str(branch.module), hours=left)))
    return found
