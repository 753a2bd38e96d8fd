"""Pages of rulings: prepared, previewed, signed, corrected; for the school."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.courses.rulings import policies, queries, services
from training.courses.rulings.forms import FORMS, CorrectForm, DraftForm, EditForm
from training.courses.rulings.models import Ruling
from training.courses.rulings.orders import ordered
from training.courses.rulings.prospects import decided, prospects
from training.courses.rulings.workflow import LIFECYCLE, ORDERED, Kind, State
from training.files import sending
from training.kernel import clock
from training.kernel.i18n import _, format_date, ngettext
from training.kernel.keys import row_key
from training.kernel.pages import MEMBER, Noun
from training.saved_views.pages import opened

bp = Noun("rulings", __name__)

ONE = "/rulings/<int:ruling_id>"
OF_COHORT = "/cohorts/<int:cohort_id>/rulings"


@bp.page("/rulings", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees the school's rulings."""
    asked = opened("rulings")
    return render_template("courses/rulings/listed.html", asked=asked, sizes=queries.sizes([one.id for one in asked.found.rows]))


@bp.page(OF_COHORT, doors=MEMBER, may=policies.can_see_of_cohort, subject=cohorts.cohort)
def of_cohort(cohort: Cohort) -> ResponseReturnValue:
    """The rulings over the people of one cohort."""
    found = queries.of_cohort(g.actor, cohort)
    return render_template(
        "courses/rulings/of_cohort.html",
        cohort=cohort,
        rulings=found,
        sizes=queries.sizes([one.id for one in found]),
        counts=queries.counts(g.actor, cohort),
    )


@bp.page(f"{OF_COHORT}/new", doors=MEMBER, may=policies.can_draft, subject=cohorts.cohort, methods=["GET", "POST"])
def draft(cohort: Cohort) -> ResponseReturnValue:
    """Prepares a ruling over people of a cohort."""
    kind = next((one for one in ORDERED if one.value == request.args.get("kind")), None)
    if kind is None:
        return render_template(
            "courses/rulings/draft.html", cohort=cohort, form=None, picked=_picked(), counts=queries.counts(g.actor, cohort)
        )
    form = _form(cohort, kind)
    if form.submitted():
        ruling = services.draft(g.actor, cohort, kind=kind, **form.values())
        flash(_("Drafted. Look at what it would do; nobody moves before it is signed."), "success")
        return redirect(url_for(".show", ruling_id=ruling.id))
    return render_template("courses/rulings/draft.html", cohort=cohort, form=form, kind=kind)


def _picked() -> list[int]:
    """Whom a list has chosen."""
    return [key for key in map(row_key, request.args.getlist("chosen")[: queries.MOST]) if key]


def _form(cohort: Cohort, kind: Kind, *, but: frozenset[int] = frozenset()) -> DraftForm:
    """The form of a kind: with everybody whom it can be over, and whoever was chosen on a list, wherever they stand."""
    picked = _picked()
    fitting = queries.candidates(g.actor, cohort, kind)
    known = {one.id for one in fitting}
    others = [one for one in queries.chosen(g.actor, cohort, picked) if one.id not in known] if picked else []
    people = [one for one in (*fitting, *others) if one.id not in but]
    return FORMS[kind](
        people=[(one.id, _who(one)) for one in people],
        cohorts=[(one.id, _where(one)) for one in queries.elsewhere(g.actor, cohort)] if "to_cohort_id" in vars(FORMS[kind]) else [],
        data={"chosen": picked},
    )


def _who(enrolment: Enrolment) -> str:
    seat = enrolment.pool.funding.label if enrolment.pool is not None else "–"
    return _("%(name)s: %(state)s, %(seat)s", name=enrolment.trainee.name, state=enrolment.state.label, seat=seat)


def _where(cohort: Cohort) -> str:
    programme = cohort.programme_version.programme.title
    return _(
        "%(cohort)s: %(programme)s, from %(day)s",
        cohort=cohort.code,
        programme=programme,
        day=format_date(cohort.starts_on, relative=False, weekday=False),
    )


@bp.page(ONE, doors=MEMBER, may=policies.can_see, subject=queries.ruling)
def show(ruling: Ruling) -> ResponseReturnValue:
    """Sees whom a ruling is over, what it does or would do to each, and what stands against it."""
    draft_ = ruling.state is State.DRAFT
    found = prospects(ruling, clock.today(ruling.school.zone)) if draft_ else decided(ruling)
    return render_template(
        "courses/rulings/show.html",
        ruling=ruling,
        cohort=ruling.cohort,
        programme=ruling.cohort.programme_version.programme,
        prospects=found,
        hindered=sum(bool(one.against) for one in found),
        words={one.line.id: ordered(ruling, one.line) for one in found},
        corrections=queries.corrections(g.actor, ruling.id) if ruling.state is State.SIGNED else [],
        lifecycle=LIFECYCLE,
        correctable=not policies.why_not_correct(ruling),
        events=history(ruling),
    )


@bp.page(f"{ONE}/people", doors=MEMBER, may=policies.can_edit, subject=queries.ruling, methods=["GET", "POST"])
def add(ruling: Ruling) -> ResponseReturnValue:
    """Adds people to the draft of a ruling."""
    cohort = cohorts.cohort(g.actor, ruling.cohort_id)
    against = [*policies.why_not_edit(ruling), *policies.why_not_add(ruling)]
    kind = ruling.kind if ruling.kind in FORMS else Kind.ENROLMENT
    form = _form(cohort, kind, but=frozenset(queries.named(ruling.id)))
    del form.ground
    if form.submitted():
        number = services.add(g.actor, ruling, cohort=cohort, **form.values())
        flash(ngettext("%(num)s person is added.", "%(num)s people are added.", number), "success")
        return redirect(url_for(".show", ruling_id=ruling.id))
    return render_template("courses/rulings/add.html", ruling=ruling, form=form, against=against)


@bp.page(f"{ONE}/edit", doors=MEMBER, may=policies.can_edit, subject=queries.ruling, methods=["GET", "POST"])
def edit(ruling: Ruling) -> ResponseReturnValue:
    """Changes what a draft rests on."""
    form = EditForm(data={"version": ruling.version, "ground": ruling.ground})
    if form.submitted():
        services.edit(g.actor, ruling, **form.fields)
        flash(_("Saved."), "success")
        return redirect(url_for(".show", ruling_id=ruling.id))
    return render_template("courses/rulings/edit.html", ruling=ruling, form=form, against=policies.why_not_edit(ruling))


@bp.page(f"{ONE}/leave-out", doors=MEMBER, may=policies.can_edit, subject=queries.ruling, methods=["POST"])
def leave_out(ruling: Ruling) -> ResponseReturnValue:
    """Leaves chosen people out of a draft."""
    chosen = [key for key in map(row_key, request.form.getlist("chosen")[: queries.MOST]) if key]
    return _shorter(ruling, services.leave_out(g.actor, ruling, chosen=chosen))


@bp.page(f"{ONE}/leave-out-all", doors=MEMBER, may=policies.can_edit, subject=queries.ruling, methods=["POST"])
def leave_out_all(ruling: Ruling) -> ResponseReturnValue:
    """Leaves everybody out of a draft who cannot be ordered it."""
    return _shorter(ruling, services.leave_out_all(g.actor, ruling))


def _shorter(ruling: Ruling, number: int) -> ResponseReturnValue:
    flash(ngettext("%(num)s person is left out.", "%(num)s people are left out.", number), "success")
    return redirect(url_for(".show", ruling_id=ruling.id))


@bp.page(f"{ONE}/sign", doors=MEMBER, may=policies.can_sign, subject=queries.ruling, methods=["POST"])
def sign(ruling: Ruling) -> ResponseReturnValue:
    """Signs a ruling: what it orders happens at once."""
    number = services.sign(g.actor, ruling)
    words = ngettext(
        "Signed as %(ruling)s, over %(num)s person.", "Signed as %(ruling)s, over %(num)s people.", number, ruling=ruling.number
    )
    flash(f"{words} {_('The document is being made.')}", "success")
    return redirect(url_for(".show", ruling_id=ruling.id))


@bp.page(f"{ONE}/drop", doors=MEMBER, may=policies.can_drop, subject=queries.ruling, methods=["POST"])
def drop(ruling: Ruling) -> ResponseReturnValue:
    """Drops the draft of a ruling."""
    services.drop(g.actor, ruling)
    flash(_("Dropped. Nobody was moved."), "success")
    return redirect(url_for(".show", ruling_id=ruling.id))


@bp.page(f"{ONE}/correct", doors=MEMBER, may=policies.can_correct, subject=queries.ruling, methods=["GET", "POST"])
def correct(ruling: Ruling) -> ResponseReturnValue:
    """Prepares a further ruling that takes lines of a signed one back."""
    form = CorrectForm()
    form.choose(chosen=[(line.id, line.enrolment.trainee.name) for line in queries.lines(ruling)])
    if form.submitted():
        further = services.correct(g.actor, ruling, **form.fields)
        flash(_("Drafted. Look at what it would do; nobody moves before it is signed."), "success")
        return redirect(url_for(".show", ruling_id=further.id))
    return render_template("courses/rulings/correct.html", ruling=ruling, form=form, against=policies.why_not_correct(ruling))


@bp.page(f"{ONE}/document", doors=MEMBER, may=policies.can_download, subject=queries.printed)
def download(ruling: Ruling) -> ResponseReturnValue:
    """The document as PDF."""
    assert ruling.file is not None
    return sending.send(ruling.file)
