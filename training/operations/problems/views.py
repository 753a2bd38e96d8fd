"""Pages of reports: for everybody who meets a problem, and for the operator."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.kernel.i18n import _, language
from training.kernel.limits import limiter
from training.kernel.pages import ACCOUNT, MEMBER, PUBLIC, Noun
from training.kernel.web import inside
from training.operations.problems import policies, queries, services
from training.operations.problems.forms import AnswerForm, ReportForm, StrangerForm
from training.operations.problems.models import Problem
from training.saved_views.pages import opened

bp = Noun("problems", __name__)

ONE = "/problems/<int:problem_id>"


@bp.page("/problems/new", doors=PUBLIC, may=policies.can_report, methods=["GET", "POST"])
@limiter.limit("10 per hour", methods=["POST"])
def report() -> ResponseReturnValue:
    """Something does not work: say what."""
    met = (inside(request.args.get("page")) or "")[:200]
    form = ReportForm(page=met) if g.account else StrangerForm(page=met)
    if form.submitted():
        services.report(g.actor, language=language(), **form.fields)
        return redirect(url_for(".mine") if g.account else url_for(".thanks"))
    return render_template("operations/problems/report.html", form=form)


@bp.page("/problems/sent", doors=PUBLIC, may=policies.can_report)
def thanks() -> ResponseReturnValue:
    """The report has arrived."""
    return render_template("operations/problems/thanks.html")


@bp.page("/problems", doors=ACCOUNT, may=policies.can_list_mine)
def mine() -> ResponseReturnValue:
    """What one reported, with the answers."""
    return render_template("operations/problems/mine.html", problems=queries.mine(g.actor))


@bp.page("/problems", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees all reports of problems, those that wait first."""
    return render_template("operations/problems/listed.html", asked=opened("problems"))


@bp.page(ONE, doors=MEMBER, may=policies.can_show, subject=queries.problem)
def show(problem: Problem) -> ResponseReturnValue:
    """One report: what happened, where, to whom it goes back."""
    return render_template("operations/problems/show.html", problem=problem, events=history(problem))


@bp.page(f"{ONE}/answer", doors=MEMBER, may=policies.can_answer, subject=queries.problem, methods=["GET", "POST"])
def answer(problem: Problem) -> ResponseReturnValue:
    """Answers a report: what was done, or how it is meant."""
    form = AnswerForm()
    if form.submitted():
        services.answer(g.actor, problem, **form.fields)
        flash(_("The answer is on its way.") if problem.reachable else _("Answered. Nobody left an address to be told at."), "success")
        return redirect(url_for(".show", problem_id=problem.id))
    return render_template("operations/problems/answer.html", form=form, problem=problem)


@bp.page(f"{ONE}/close", doors=MEMBER, may=policies.can_close, subject=queries.problem, methods=["GET", "POST"])
def close(problem: Problem) -> ResponseReturnValue:
    """Closes a report about which nothing is to be done."""
    form = AnswerForm()
    if form.submitted():
        services.close(g.actor, problem, **form.fields)
        flash(_("The report is set aside."), "success")
        return redirect(url_for(".show", problem_id=problem.id))
    return render_template("operations/problems/close.html", form=form, problem=problem)
