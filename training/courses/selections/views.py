"""Pages of selections: the applicant's own, and the school's."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.enrolments import choosing, guarding, prior
from training.courses.selections import calling, policies, queries, services, standings
from training.courses.selections import forms as of
from training.courses.selections.models import Candidacy, Document, PriorityGroup
from training.courses.selections.workflow import What
from training.files.sending import send
from training.kernel import clock
from training.kernel.i18n import _, ngettext
from training.kernel.pages import LEARNER, MEMBER, Noun
from training.saved_views.pages import opened
from training.trainees.profiles import queries as profiles

bp = Noun("selections", __name__)

COHORT = "/cohorts/<int:cohort_id>"
OWN = "/admissions/<int:enrolment_id>"
ONE = "/applicants/<int:enrolment_id>"
PAPER = "/applicant-documents/<int:document_id>"


@bp.page(f"{COHORT}/admission", doors=LEARNER, may=policies.can_apply, subject=cohorts.cohort, methods=["GET", "POST"])
def apply(cohort: Cohort) -> ResponseReturnValue:
    """Applies for a seat that is given by selection."""
    criteria = queries.criteria(cohort.id)
    used = {one.priority for one in choosing.prioritised(g.actor.trainee_id)}
    form = of.apply_form(criteria)
    form.offer(
        [(pool.funding, _("%(funding)s, %(seats)d", funding=pool.funding.label, seats=pool.seats)) for pool in cohort.pools],
        [number for number in range(1, policies.MOST + 1) if number not in used],
        [(one.id, one.name) for one in queries.groups_of(cohort.school_id)],
    )
    if form.submitted():
        made = services.apply(g.actor, cohort, **form.fields)
        flash(_("You have applied. Bring your documents now: only who has brought them all stands on the list."), "success")
        return redirect(url_for(".own", enrolment_id=made.enrolment_id))
    school = cohort.programme_version.programme.school
    return render_template(
        "courses/selections/apply.html",
        form=form,
        cohort=cohort,
        programme=cohort.programme_version.programme,
        asked=queries.asked(cohort.id),
        against=policies.why_not_apply(cohort, today=clock.today(school.zone), pools=cohort.pools, used=used),
        lack=prior.lack_of(g.actor.trainee_id, cohort),
    )


@bp.page("/admissions", doors=LEARNER, may=policies.can_list_mine, methods=["GET", "POST"])
def mine() -> ResponseReturnValue:
    """One's applications by selection, in the order in which they are wanted."""
    applications = sorted(queries.mine(g.actor), key=lambda one: (one.enrolment.state not in choosing.OPEN, one.enrolment.priority or 0))
    going = [one for one in applications if one.enrolment.state in choosing.OPEN]
    form = of.priority_form(
        [(one.enrolment_id, one.enrolment.cohort.programme_version.programme.title, one.enrolment.priority) for one in going],
        policies.MOST,
    )
    if form.submitted():
        services.prioritise(g.actor, profiles.own(g.actor), **form.fields)
        flash(_("Saved. The next list goes by these priorities."), "success")
        return redirect(url_for(".mine"))
    return render_template("courses/selections/mine.html", applications=applications, going=going, form=form)


@bp.page(OWN, doors=LEARNER, may=policies.own, subject=queries.of_enrolment)
def own(candidacy: Candidacy) -> ResponseReturnValue:
    """One's own application: what is missing, the place on the list, the seat that is held."""
    enrolment = candidacy.enrolment
    consent = guarding.consent(enrolment)
    return render_template(
        "courses/selections/own.html",
        candidacy=candidacy,
        enrolment=enrolment,
        cohort=enrolment.cohort,
        programme=enrolment.cohort.programme_version.programme,
        place=standings.place_of(enrolment),
        consent=consent,
        against=guarding.why_not_claim(enrolment, consent),
        open=enrolment.state in choosing.OPEN,
        events=history(enrolment),
    )


@bp.page(f"{OWN}/take", doors=LEARNER, may=policies.own, subject=queries.of_enrolment, methods=["GET", "POST"])
def take(candidacy: Candidacy) -> ResponseReturnValue:
    """Takes the seat that is held, and says what becomes of the applications that are wanted less."""
    form = of.TakeForm()
    lower = calling.lower(candidacy)
    form.offer(
        [
            (
                one.id,
                f"{one.priority} · {one.cohort.programme_version.programme.title}, {one.cohort.programme_version.programme.school.short_name}",
            )
            for one in lower
        ]
    )
    if form.submitted():
        calling.take(g.actor, candidacy, **form.fields)
        flash(_("The seat is yours."), "success")
        return redirect(url_for(".own", enrolment_id=candidacy.enrolment_id))
    against = guarding.why_not_claim(candidacy.enrolment, guarding.consent(candidacy.enrolment))
    return render_template("courses/selections/take.html", form=form, candidacy=candidacy, lower=lower, against=against)


@bp.page(f"{PAPER}/bring", doors=LEARNER, may=policies.can_bring, subject=queries.document, methods=["GET", "POST"])
def bring(document: Document) -> ResponseReturnValue:
    """Brings a document as a file."""
    average = document.candidacy.average
    certificate = of.BringCertificateForm(data={"average": f"{average // 100}.{average % 100:02}"})
    form = certificate if document.what is What.CERTIFICATE else of.BringForm()
    if form.submitted():
        sent = form.file.data
        written = of.hundredths(certificate.average.data) if form is certificate else None
        services.bring(g.actor, document, source=sent.stream, name=sent.filename or "", average=written)
        flash(_("Brought. The school checks it and tells you."), "success")
        return redirect(url_for(".own", enrolment_id=document.candidacy.enrolment_id))
    return render_template("courses/selections/bring.html", form=form, document=document)


@bp.page(PAPER, doors=[MEMBER, LEARNER], may=policies.can_open, subject=queries.brought)
def document(document: Document) -> ResponseReturnValue:
    """The file itself."""
    assert document.file is not None
    return send(document.file, inline=True)


@bp.page(f"{PAPER}/accept", doors=MEMBER, may=policies.can_accept, subject=queries.document, methods=["POST"])
def accept(document: Document) -> ResponseReturnValue:
    """Accepts a document that an applicant brought."""
    services.accept(g.actor, document)
    return told(document.candidacy, _("Accepted; the applicant is told."))


@bp.page(f"{PAPER}/send-back", doors=MEMBER, may=policies.can_send_back, subject=queries.document, methods=["GET", "POST"])
def send_back(document: Document) -> ResponseReturnValue:
    """Sends an applicant's document back, for a reason."""
    form = of.ReasonForm()
    if form.submitted():
        services.send_back(g.actor, document, **form.fields)
        return told(document.candidacy, _("Sent back; the applicant is told why."))
    return render_template("courses/selections/send_back.html", form=form, document=document)


@bp.page(f"{COHORT}/applicants", doors=MEMBER, may=policies.can_list, subject=cohorts.cohort)
def listed(cohort: Cohort) -> ResponseReturnValue:
    """Sees who applied for a cohort by selection, and whose documents wait."""
    return render_template("courses/selections/listed.html", asked=opened("applicants", cohort), cohort=cohort)


@bp.page(ONE, doors=MEMBER, may=policies.can_see, subject=queries.of_enrolment)
def show(candidacy: Candidacy) -> ResponseReturnValue:
    """One applicant: documents to check, answers, points, condition."""
    enrolment = candidacy.enrolment
    return render_template(
        "courses/selections/show.html",
        candidacy=candidacy,
        enrolment=enrolment,
        cohort=enrolment.cohort,
        consent=guarding.consent(enrolment),
        form=of.score_form([one.criterion for one in candidacy.answers], {one.criterion_id: one.points for one in candidacy.answers}),
        to_judge=not policies.why_not_judge(candidacy),
        events=history(enrolment),
    )


@bp.page(f"{ONE}/score", doors=MEMBER, may=policies.can_score, subject=queries.of_enrolment, methods=["GET", "POST"])
def score(candidacy: Candidacy) -> ResponseReturnValue:
    """Gives an applicant points for each criterion."""
    form = of.score_form([one.criterion for one in candidacy.answers], {one.criterion_id: one.points for one in candidacy.answers})
    if form.submitted():
        services.score(g.actor, candidacy, **form.fields)
        return told(candidacy, _("Saved."))
    return render_template("courses/selections/score.html", form=form, candidacy=candidacy)


@bp.page(f"{ONE}/condition", doors=MEMBER, may=policies.can_decide, subject=queries.of_enrolment, methods=["GET", "POST"])
def condition(candidacy: Candidacy) -> ResponseReturnValue:
    """Says yes to an applicant on a condition."""
    form = of.ConditionForm()
    if form.submitted():
        calling.set_condition(g.actor, candidacy, **form.fields)
        return told(candidacy, _("Set. The applicant reads the condition now."))
    return render_template("courses/selections/condition.html", form=form, candidacy=candidacy)


@bp.page(f"{ONE}/meet", doors=MEMBER, may=policies.can_decide, subject=queries.of_enrolment, methods=["POST"])
def meet(candidacy: Candidacy) -> ResponseReturnValue:
    """Notes that an applicant has met the condition."""
    calling.meet(g.actor, candidacy)
    return told(candidacy, _("The condition is met; the applicant is told."))


@bp.page(f"{ONE}/fail", doors=MEMBER, may=policies.can_decide, subject=queries.of_enrolment, methods=["GET", "POST"])
def fail(candidacy: Candidacy) -> ResponseReturnValue:
    """Notes that an applicant has not met the condition."""
    form = of.ReasonForm()
    if form.submitted():
        calling.fail(g.actor, candidacy, **form.fields)
        return told(candidacy, _("The condition is not met; the applicant is told why, and a held seat goes to the next."))
    return render_template("courses/selections/fail.html", form=form, candidacy=candidacy)


@bp.page(f"{COHORT}/rules", doors=MEMBER, may=policies.can_lead, subject=cohorts.cohort, methods=["GET", "POST"])
def rules(cohort: Cohort) -> ResponseReturnValue:
    """Says what applicants for a cohort bring and what counts."""
    form = of.rules_form(queries.criteria(cohort.id), queries.asked(cohort.id))
    if form.submitted():
        services.set_rules(g.actor, cohort, **form.fields)
        flash(_("Saved. People see it before they apply."), "success")
        return redirect(url_for(".listed", cohort_id=cohort.id))
    against = policies.why_not_set_rules(cohort, applied=queries.applied(cohort.id))
    return render_template("courses/selections/rules.html", form=form, cohort=cohort, against=against)


@bp.page(f"{COHORT}/ranking", doors=MEMBER, may=policies.can_list, subject=cohorts.cohort)
def ranking(cohort: Cohort) -> ResponseReturnValue:
    """The list of a cohort as it stands, as it was published, and its rounds."""
    found = standings.published(cohort.id)
    now = standings.picture(cohort.id)
    lines = standings.lines(found.id) if found else []
    return render_template(
        "courses/selections/ranking.html",
        cohort=cohort,
        now=now,
        published=found,
        lines=lines,
        changed=not lines or standings.moved(now, lines),
        rounds=standings.rounds(cohort.id),
        against=policies.why_not_publish(cohort, ranked=len(now.standings)),
    )


@bp.page(f"{COHORT}/publish-ranking", doors=MEMBER, may=policies.can_lead, subject=cohorts.cohort, methods=["POST"])
def publish(cohort: Cohort) -> ResponseReturnValue:
    """Publishes the ranked list of a cohort."""
    made = calling.publish(g.actor, cohort)
    flash(_("List %(number)d is published. Everybody on it is told their own place.", number=made.number), "success")
    return redirect(url_for(".ranking", cohort_id=cohort.id))


@bp.page(f"{COHORT}/offer-seats", doors=MEMBER, may=policies.can_lead, subject=cohorts.cohort, methods=["GET", "POST"])
def offer(cohort: Cohort) -> ResponseReturnValue:
    """Offers the seats of a cohort in the order of its list."""
    form = of.OfferForm()
    if form.submitted():
        made = calling.offer(g.actor, cohort, **form.fields)
        flash(ngettext("%(num)s seat is offered.", "%(num)s seats are offered.", made.offered), "success")
        return redirect(url_for(".ranking", cohort_id=cohort.id))
    found = standings.published(cohort.id)
    today = clock.today(cohort.programme_version.programme.school.zone)
    coming = standings.coming(cohort.id)
    against = policies.why_not_offer(cohort, ranking=found, today=today, until_on=today) or policies.why_not_call(
        given=sum(len(one.people) for one in coming.calls), fresh=coming.fresh
    )
    return render_template("courses/selections/offer.html", form=form, cohort=cohort, round=coming, published=found, against=against)


@bp.page("/priority-groups", doors=MEMBER, may=policies.can_keep_groups, methods=["GET", "POST"])
def groups() -> ResponseReturnValue:
    """Names the groups that the law puts first, with its ground."""
    form = of.GroupForm()
    if form.submitted():
        services.add_group(g.actor, **form.fields)
        flash(_("Added. Applicants can claim it from now on."), "success")
        return redirect(url_for(".groups"))
    return render_template("courses/selections/groups.html", form=form, groups=queries.groups(g.actor))


@bp.page("/priority-groups/<int:group_id>/end", doors=MEMBER, may=policies.can_end_group, subject=queries.group, methods=["POST"])
def end_group(group: PriorityGroup) -> ResponseReturnValue:
    """Ends a priority group, so that nobody claims it any more."""
    services.end_group(g.actor, group)
    flash(_("Ended. Those who have claimed it keep it."), "success")
    return redirect(url_for(".groups"))


def told(candidacy: Candidacy, words: str) -> ResponseReturnValue:
    """Back to the applicant, with what was done."""
    flash(words, "success")
    return redirect(url_for(".show", enrolment_id=candidacy.enrolment_id))
