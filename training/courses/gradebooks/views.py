"""Pages of gradebooks: a cohort's, one person's, one's own."""

from flask import current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from training.courses.assessments import queries as assessments
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments.models import Enrolment
from training.courses.gradebooks import policies, words
from training.exchange.downloads import download
from training.kernel.config import Config
from training.kernel.i18n import _
from training.kernel.pages import LEARNER, MEMBER, Noun

bp = Noun("gradebooks", __name__)

OF = "/cohorts/<int:cohort_id>/gradebook"


@bp.page(OF, doors=MEMBER, may=policies.can_show, subject=cohorts.cohort)
def show(cohort: Cohort) -> ResponseReturnValue:
    """The marks of a cohort: people and assessments."""
    book = assessments.book(cohort)
    people = words.people_of(book, assessments.people(cohort.id))
    return render_template("courses/gradebooks/show.html", cohort=cohort, book=book, people=people)


@bp.page(f"{OF}/file", doors=MEMBER, may=policies.can_take, subject=cohorts.cohort)
def take(cohort: Cohort) -> ResponseReturnValue:
    """The marks of a cohort as a file: CSV, or XLSX when asked for `as=xlsx`."""
    book = assessments.book(cohort)
    people = words.people_of(book, assessments.people(cohort.id))
    config: Config = current_app.config["CADRE"]
    form = "xlsx" if request.args.get("as") == "xlsx" else "csv"
    name = _("Gradebook of cohort %(code)s", code=cohort.code)
    return download(words.out_columns(book), people, name=name, form=form, zone=config.zone)


@bp.page("/enrolments/<int:enrolment_id>/results", doors=MEMBER, may=policies.can_see_person, subject=enrolments.enrolment)
def person(enrolment: Enrolment) -> ResponseReturnValue:
    """Everything that one person achieved, and how each mark was formed."""
    book = assessments.book(enrolment.cohort, [enrolment.id])
    return render_template(
        "courses/gradebooks/person.html", enrolment=enrolment, cohort=enrolment.cohort, person=words.person_of(book, enrolment)
    )


@bp.page("/results", doors=LEARNER, may=policies.can_see_own)
def own() -> ResponseReturnValue:
    """One's own results and how far one is."""
    studied = [one for one in enrolments.mine(g.actor) if one.state in assessments.SHOWN]
    asked = request.args.get("study", "")
    chosen = next((one for one in studied if str(one.id) == asked), studied[0] if studied else None)
    return render_template(
        "courses/gradebooks/own.html",
        studied=studied,
        enrolment=chosen,
        person=words.person_of(assessments.book(chosen.cohort, [chosen.id]), chosen) if chosen else None,
    )
