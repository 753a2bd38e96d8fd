"""Asking a guardian, and the guardian's answer."""

from collections.abc import Sequence

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.files.sending import send
from training.kernel.db import NotFound
from training.kernel.i18n import _, format_range, language
from training.kernel.limits import limiter
from training.kernel.pages import BEARER, LEARNER, MEMBER, PUBLIC, Noun
from training.kernel.policy import OrganisationKind, anyone
from training.kernel.wiring import wired
from training.trainees.consents import policies, queries, services
from training.trainees.consents.forms import ActForm, AskForForm, AskForm, LinkForm, RefuseForm
from training.trainees.consents.models import Consent
from training.trainees.disclosures import queries as disclosures
from training.trainees.engagements import queries as engagements
from training.trainees.papers import queries as papers
from training.trainees.profiles import queries as profiles
from training.trainees.profiles.models import Trainee

bp = Noun("consents", __name__)

ONE = "/consents/<int:consent_id>"
ANSWER = "/consent/<int:consent_id>"


@bp.page("/consents/ask", doors=LEARNER, may=policies.can_ask, subject=profiles.own, methods=["GET", "POST"])
def ask(trainee: Trainee) -> ResponseReturnValue:
    """A minor names the guardian who is asked."""
    form = AskForm()
    if form.submitted():
        services.ask(g.actor, trainee, **form.fields)
        flash(_("A letter is on its way to %(name)s.", name=form.fields["name"]), "success")
        return redirect(url_for("trainees.profiles.own"))
    return render_template("trainees/consents/ask.html", form=form, trainee=trainee)


@bp.page(
    "/trainees/<int:trainee_id>/consents/ask", doors=MEMBER, may=policies.can_ask, subject=disclosures.trainee, methods=["GET", "POST"]
)
def ask_for(trainee: Trainee) -> ResponseReturnValue:
    """Names the guardian who is asked for consent, by mail or on paper."""
    form = AskForForm()
    if form.submitted():
        given = form.fields
        email = given["email"] if given.pop("way") == "mail" else None
        consent = services.ask(g.actor, trainee, **given | {"email": email})
        if email:
            flash(_("A letter is on its way to %(name)s.", name=given["name"]), "success")
        else:
            flash(_("The letter is being made. Print it from here in a moment."), "success")
        return redirect(url_for(".show", consent_id=consent.id))
    return render_template("trainees/consents/ask_for.html", form=form, trainee=trainee)


@bp.page(ONE, doors=LEARNER, may=policies.own, subject=queries.consent)
def own(consent: Consent) -> ResponseReturnValue:
    """A step of one's own that a guardian agrees to: who is waited for, until when."""
    return render_template(
        "trainees/consents/own.html",
        consent=consent,
        step=step_of(consent),
        against=policies.why_not_name(consent),
        events=history(consent),
    )


def step_of(consent: Consent) -> str | None:
    """Where the actor finds the step that waits."""
    if consent.subject_kind is None or consent.subject_id is None:
        return None
    kind = wired().kinds[consent.subject_kind]
    found = kind.seen(g.actor, [consent.subject_id])
    return kind.url(g.actor, found[consent.subject_id]) if found else None


@bp.page(f"{ONE}/name", doors=LEARNER, may=policies.can_name, subject=queries.consent, methods=["GET", "POST"])
def name(consent: Consent) -> ResponseReturnValue:
    """A minor names the guardian who decides about a step that waits."""
    form = AskForm(data={"language": language()})
    if form.submitted():
        services.name(g.actor, consent, **form.fields)
        flash(_("A letter is on its way to %(name)s.", name=form.fields["name"]), "success")
        return redirect(url_for(".own", consent_id=consent.id))
    return render_template("trainees/consents/name.html", form=form, consent=consent, against=policies.why_not_name(consent))


@bp.page(f"{ONE}/send", doors=LEARNER, may=policies.can_send_again, subject=queries.consent, methods=["POST"])
@limiter.limit("5 per hour")
def send_again(consent: Consent) -> ResponseReturnValue:
    """Sends the letter to one's guardian once more."""
    services.send_again(g.actor, consent)
    flash(_("Sent again. The link in the letter before works no more."), "success")
    return redirect(url_for(".own", consent_id=consent.id))


@bp.page(f"{ONE}/name", doors=MEMBER, may=policies.can_name, subject=queries.consent, methods=["GET", "POST"])
def name_for(consent: Consent) -> ResponseReturnValue:
    """Names the guardian who decides about a minor's step that waits, by mail or on paper."""
    form = AskForForm()
    if form.submitted():
        given = form.fields
        email = given["email"] if given.pop("way") == "mail" else None
        services.name(g.actor, consent, **given | {"email": email})
        flash(_("Asked. The page shows how they are reached."), "success")
        return redirect(url_for(".show", consent_id=consent.id))
    return render_template("trainees/consents/name_for.html", form=form, consent=consent, against=policies.why_not_name(consent))


@bp.page(f"{ONE}/send", doors=MEMBER, may=policies.can_send_again, subject=queries.consent, methods=["POST"])
@limiter.limit("20 per hour")
def send_again_for(consent: Consent) -> ResponseReturnValue:
    """Sends the letter to a guardian once more."""
    services.send_again(g.actor, consent)
    flash(_("Sent again. The link in the letter before works no more."), "success")
    return redirect(url_for(".show", consent_id=consent.id))


@bp.page(ONE, doors=MEMBER, may=policies.can_show, subject=queries.consent)
def show(consent: Consent) -> ResponseReturnValue:
    """One consent as the school has it: who was asked, how, what was answered, papers, history."""
    return render_template(
        "trainees/consents/show.html",
        consent=consent,
        step=step_of(consent),
        letter=queries.letter(consent),
        papers=papers.of(consent.id),
        events=history(consent, *papers.of(consent.id)),
    )


@bp.page(f"{ONE}/letter/print", doors=MEMBER, may=policies.can_print_letter, subject=queries.consent, methods=["POST"])
def print_letter(consent: Consent) -> ResponseReturnValue:
    """Prints a letter about the consent, to hand over."""
    services.print_letter(g.actor, consent)
    flash(_("The letter is being made. Print it from here in a moment."), "success")
    return redirect(url_for(".show", consent_id=consent.id))


@bp.page(f"{ONE}/letter", doors=MEMBER, may=policies.can_fetch_letter, subject=queries.printed)
def fetch_letter(consent: Consent) -> ResponseReturnValue:
    """The letter as PDF."""
    letter = queries.letter(consent)
    if letter is None:
        raise NotFound
    return send(letter)


@bp.page(f"{ONE}/withdraw", doors=MEMBER, may=policies.can_withdraw_for, subject=queries.consent, methods=["GET", "POST"])
def withdraw_for(consent: Consent) -> ResponseReturnValue:
    """Notes that the guardian told the school that they no longer agree."""
    form = ActForm()
    if form.submitted():
        services.withdraw(g.actor, consent)
        flash(withdrawn(consent), "success")
        return redirect(url_for(".show", consent_id=consent.id))
    return render_template("trainees/consents/withdraw_for.html", form=form, consent=consent, follows=follows(consent))


@bp.page("/guardian", doors=PUBLIC, may=anyone, methods=["GET", "POST"])
@limiter.limit("20 per hour", methods=["POST"])
def ask_link() -> ResponseReturnValue:
    """A guardian asks for a fresh link; the answer does not tell whether the address is known."""
    form = LinkForm()
    if form.submitted():
        services.send_link(g.actor, email=form.fields["email"])
        return redirect(url_for(".link_sent"))
    return render_template("trainees/consents/ask_link.html", form=form)


@bp.page("/guardian/sent", doors=PUBLIC, may=anyone)
def link_sent() -> ResponseReturnValue:
    """What to do now that a letter may be on its way."""
    return render_template("trainees/consents/link_sent.html")


@bp.page("/consent", doors=BEARER, may=policies.can_give, subject=queries.mine)
def answer(consent: Consent) -> ResponseReturnValue:
    """What the guardian is asked, what is in force now, what was before, and the ways to answer."""
    return answering(consent)


@bp.page(ANSWER, doors=BEARER, may=policies.can_give, subject=queries.consent)
def answer_one(consent: Consent) -> ResponseReturnValue:
    """The same of another question to the same guardian."""
    return answering(consent)


def answering(consent: Consent) -> str:
    """The guardian's page with one question open on it."""
    return render_template(
        "trainees/consents/answer.html",
        consent=consent,
        asked=queries.asked_of(consent),
        signings=queries.signings(g.actor),
        follows=follows(consent) if policies.can_withdraw(g.actor, consent) else [],
        events=history(*queries.asked_of(consent)),
    )


def follows(consent: Consent) -> Sequence[str]:
    """What happens when the consent is withdrawn, as things stand."""
    if consent.subject_id is not None:
        return [
            _("If it has not happened yet, it goes no further."),
            _("If it has happened already, the school is told and decides how it goes on."),
        ]
    watching = [one.short_name for one in disclosures.watchers(consent.trainee) if one.kind is OrganisationKind.EMPLOYER]
    said = []
    if watching:
        said.append(_("These employers no longer see the profile: %(names)s.", names=", ".join(watching)))
    else:
        said.append(_("No employer sees the profile now, and none will."))
    said += [
        _(
            "The employer of the internship %(days)s no longer sees %(name)s or the logbook. The school is told and decides how it goes on.",
            days=format_range(stay.from_on, stay.until_on or stay.from_on),
            name=consent.trainee.given_name,
        )
        for stay in engagements.coming_placements(consent.trainee_id)
    ]
    said.append(_("The school can approve no internship, and applications for work are no longer seen."))
    return said


@bp.page(f"{ANSWER}/give", doors=BEARER, may=policies.can_give, subject=queries.consent, methods=["POST"])
def give(consent: Consent) -> ResponseReturnValue:
    """Yes."""
    services.give(g.actor, consent)
    flash(_("Thank you. You can withdraw this on the same page at any time."), "success")
    return redirect(url_for(".answer_one", consent_id=consent.id))


@bp.page(f"{ANSWER}/refuse", doors=BEARER, may=policies.can_refuse, subject=queries.consent, methods=["GET", "POST"])
def refuse(consent: Consent) -> ResponseReturnValue:
    """No."""
    form = RefuseForm()
    if form.submitted():
        services.refuse(g.actor, consent, **form.fields)
        flash(
            _("Noted. Your child and the school are told.") if consent.subject_id else _("Noted. No employer will see the profile."),
            "success",
        )
        return redirect(url_for(".answer_one", consent_id=consent.id))
    return render_template("trainees/consents/refuse.html", form=form, consent=consent)


@bp.page(f"{ANSWER}/withdraw", doors=BEARER, may=policies.can_withdraw, subject=queries.consent, methods=["POST"])
def withdraw(consent: Consent) -> ResponseReturnValue:
    """No longer."""
    services.withdraw(g.actor, consent)
    flash(withdrawn(consent), "success")
    return redirect(url_for(".answer_one", consent_id=consent.id))


def withdrawn(consent: Consent) -> str:
    """What a withdrawal has done."""
    if consent.subject_id is not None:
        return _("Withdrawn. %(trainee)s and the school are told.", trainee=consent.trainee.given_name)
    return _("Withdrawn. From now on no employer sees the profile.")
