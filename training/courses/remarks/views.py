"""Pages of remarks: reviewers and invited employers make them, whoever writes the programme answers."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.programmes import policies as programme_policies
from training.courses.programmes import queries as programmes
from training.courses.programmes.models import ProgrammeVersion
from training.courses.remarks import policies, queries, services
from training.courses.remarks.forms import AddForm, AnswerForm
from training.courses.remarks.models import Remark
from training.courses.remarks.places import choices
from training.courses.remarks.workflow import LIFECYCLE
from training.kernel.i18n import _
from training.kernel.pages import MEMBER, Noun

bp = Noun("remarks", __name__)

OF = "/programmes/<int:version_id>/remarks"
ONE = "/remarks/<int:remark_id>"


@bp.page(OF, doors=MEMBER, may=programme_policies.can_see, subject=programmes.version)
def of_version(version: ProgrammeVersion) -> ResponseReturnValue:
    """Sees every remark on a version of a programme, with its answer."""
    found = queries.of_version(g.actor, version.id)
    return render_template("courses/remarks/of_version.html", version=version, programme=version.programme, remarks=found.rows)


@bp.page(f"{OF}/new", doors=MEMBER, may=policies.can_add, subject=programmes.version, methods=["GET", "POST"])
def add(version: ProgrammeVersion) -> ResponseReturnValue:
    """Makes a remark on a section of a programme in review."""
    form = AddForm(places=choices(version.modules), data={"place": request.args.get("about", "details")})
    if form.submitted():
        services.add(g.actor, version, **form.fields)
        flash(_("Your remark stands beside the section. Whoever writes the programme is told."), "success")
        return redirect(url_for("courses.programmes.show", version_id=version.id))
    return render_template("courses/remarks/add.html", form=form, version=version, programme=version.programme)


@bp.page(ONE, doors=MEMBER, may=policies.can_see, subject=queries.remark)
def show(remark: Remark) -> ResponseReturnValue:
    """Sees one remark, the answer to it and what became of it."""
    return render_template(
        "courses/remarks/show.html",
        remark=remark,
        version=remark.programme_version,
        programme=remark.programme_version.programme,
        moves=not policies.why_not_move(remark.programme_version),
        lifecycle=LIFECYCLE,
        events=history(remark),
    )


@bp.page(f"{ONE}/answer", doors=MEMBER, may=policies.can_answer, subject=queries.remark, methods=["GET", "POST"])
def answer(remark: Remark) -> ResponseReturnValue:
    """Answers a remark on a programme."""
    form = AnswerForm()
    if form.submitted():
        services.answer(g.actor, remark, **form.fields)
        flash(_("Answered. Whoever made the remark is told and says whether it is settled."), "success")
        return redirect(url_for(".show", remark_id=remark.id))
    return render_template("courses/remarks/answer.html", form=form, remark=remark, programme=remark.programme_version.programme)


@bp.page(f"{ONE}/settle", doors=MEMBER, may=policies.can_settle, subject=queries.remark, methods=["POST"])
def settle(remark: Remark) -> ResponseReturnValue:
    """Says that a remark is settled."""
    services.settle(g.actor, remark)
    flash(_("Settled. It is gone from beside the section and stays among all remarks."), "success")
    return redirect(url_for(".show", remark_id=remark.id))
