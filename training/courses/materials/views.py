"""Pages of materials: a cohort's, one, and a trainee's own."""

from collections.abc import Sequence

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.enrolments import queries as enrolments
from training.courses.lessons.policies import STUDIED
from training.courses.materials import policies, queries, services
from training.courses.materials.forms import FileForm, LinkForm, WordsForm
from training.courses.materials.models import Material
from training.courses.materials.workflow import State
from training.courses.programmes.models import Module
from training.files.sending import send
from training.kernel.i18n import _
from training.kernel.pages import LEARNER, MEMBER, Noun
from training.kernel.web import done

bp = Noun("materials", __name__)

OF = "/cohorts/<int:cohort_id>/materials"
ONE = "/materials/<int:material_id>"


@bp.page(OF, doors=MEMBER, may=policies.can_list_of_cohort, subject=cohorts.cohort)
def of_cohort(cohort: Cohort) -> ResponseReturnValue:
    """Sees the materials of a cohort by module."""
    found = queries.of_cohort(g.actor, cohort.id)
    return render_template(
        "courses/materials/of_cohort.html",
        cohort=cohort,
        groups=queries.by_module([one for one in found if one.state is State.SHOWN]),
        gone=[one for one in found if one.state is State.WITHDRAWN],
        against=policies.why_not_add(cohort, number=len(found)),
    )


@bp.page("/materials", doors=LEARNER, may=policies.can_list_own)
def own() -> ResponseReturnValue:
    """The materials of what one studies or has completed, by module."""
    studied = [one for one in enrolments.mine(g.actor) if one.state in STUDIED]
    asked = request.args.get("cohort", "")
    chosen = next((one for one in studied if str(one.cohort_id) == asked), studied[0] if studied else None)
    return render_template(
        "courses/materials/own.html",
        studied=studied,
        enrolment=chosen,
        groups=queries.by_module(queries.of_cohort(g.actor, chosen.cohort_id)) if chosen else [],
    )


@bp.page(f"{OF}/new-file", doors=MEMBER, may=policies.can_add_file, subject=cohorts.cohort, methods=["GET", "POST"])
def add_file(cohort: Cohort) -> ResponseReturnValue:
    """Gives a cohort a file to learn with."""
    modules = queries.modules(cohort)
    form = FileForm(modules=named(modules), data=asked_for())
    if form.submitted():
        sent = form.file.data
        module = one_of(modules, form)
        services.add_file(g.actor, cohort, module=module, source=sent.stream, name=sent.filename or "", **form.values)
        return added(cohort)
    against = policies.why_not_add(cohort, number=queries.number_in(cohort.id))
    return render_template("courses/materials/add_file.html", form=form, cohort=cohort, against=against)


@bp.page(f"{OF}/new-link", doors=MEMBER, may=policies.can_add_link, subject=cohorts.cohort, methods=["GET", "POST"])
def add_link(cohort: Cohort) -> ResponseReturnValue:
    """Gives a cohort a link to learn with."""
    modules = queries.modules(cohort)
    form = LinkForm(modules=named(modules), data=asked_for())
    if form.submitted():
        services.add_link(g.actor, cohort, module=one_of(modules, form), **form.values)
        return added(cohort)
    against = policies.why_not_add(cohort, number=queries.number_in(cohort.id))
    return render_template("courses/materials/add_link.html", form=form, cohort=cohort, against=against)


@bp.page(ONE, doors=MEMBER, may=policies.can_show, subject=queries.material)
def show(material: Material) -> ResponseReturnValue:
    """Sees one material and what happened to it."""
    return render_template("courses/materials/show.html", material=material, cohort=material.cohort, events=history(material))


@bp.page(f"{ONE}/file", doors=[MEMBER, LEARNER], may=policies.can_open_file, subject=queries.with_file)
def open_file(material: Material) -> ResponseReturnValue:
    """Downloads the file of a material."""
    assert material.file is not None, "queries.with_file"
    return send(material.file)


@bp.page(f"{ONE}/edit", doors=MEMBER, may=policies.can_edit, subject=queries.material, methods=["GET", "POST"])
def edit(material: Material) -> ResponseReturnValue:
    """Changes what is said of a material, its module or its day."""
    modules = [*queries.modules(material.cohort)]
    if material.module_id not in {one.id for one in modules}:
        modules.append(material.module)
    said = ("version", "module_id", "title", "description", "shown_from_on", "url")
    kind = LinkForm if material.url is not None else WordsForm
    form = kind(modules=named(modules), data={name: getattr(material, name) for name in said})
    if form.submitted():
        services.edit(g.actor, material, version=form.version.data or 0, module=one_of(modules, form), **form.values)
        flash(_("Saved."), "success")
        return redirect(url_for(".show", material_id=material.id))
    return render_template("courses/materials/edit.html", form=form, material=material, cohort=material.cohort)


@bp.page(f"{ONE}/earlier", doors=MEMBER, may=policies.can_place, subject=queries.material, methods=["POST"])
def earlier(material: Material) -> ResponseReturnValue:
    """Puts a material before the one above it."""
    return placed(material, by=-1)


@bp.page(f"{ONE}/later", doors=MEMBER, may=policies.can_place, subject=queries.material, methods=["POST"])
def later(material: Material) -> ResponseReturnValue:
    """Puts a material after the one below it."""
    return placed(material, by=1)


@bp.page(f"{ONE}/withdraw", doors=MEMBER, may=policies.can_withdraw, subject=queries.material, methods=["POST"])
def withdraw(material: Material) -> ResponseReturnValue:
    """Takes a material down."""
    services.withdraw(g.actor, material)
    done(_("%(title)s is taken down.", title=material.title), url_for(".put_back", material_id=material.id))
    return redirect(url_for(".of_cohort", cohort_id=material.cohort_id))


@bp.page(f"{ONE}/put-back", doors=MEMBER, may=policies.can_put_back, subject=queries.material, methods=["POST"])
def put_back(material: Material) -> ResponseReturnValue:
    """Shows a material again that was taken down."""
    services.put_back(g.actor, material)
    flash(_("%(title)s is shown again.", title=material.title), "success")
    return redirect(url_for(".of_cohort", cohort_id=material.cohort_id, _anchor=f"material-{material.id}"))


def placed(material: Material, *, by: int) -> ResponseReturnValue:
    """The material in another place, and back to its row."""
    services.place(g.actor, material, by=by)
    return redirect(url_for(".of_cohort", cohort_id=material.cohort_id, _anchor=f"material-{material.id}"))


def added(cohort: Cohort) -> ResponseReturnValue:
    """Back to the list, where a further one can be added."""
    flash(_("It is in the list. The cohort is told once a day of all that was added."), "success")
    return redirect(url_for(".of_cohort", cohort_id=cohort.id))


def named(modules: Sequence[Module]) -> list[tuple[int, str]]:
    """The options of the field."""
    return [(one.id, str(one)) for one in modules]


def asked_for() -> dict[str, str | None]:
    """The module that the link to a form named."""
    return {"module_id": request.args.get("module")}


def one_of(modules: Sequence[Module], form: WordsForm) -> Module:
    """The module that was chosen."""
    return next(one for one in modules if one.id == form.module_id.data)
