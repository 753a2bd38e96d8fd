"""Pages of records that may be one person's."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.kernel.i18n import _
from training.kernel.pages import MEMBER, Noun
from training.trainees.merges import policies, queries, services
from training.trainees.merges.forms import MergeForm, UndoForm
from training.trainees.merges.policies import Couple
from training.trainees.merges.workflow import State

bp = Noun("merges", __name__)

PAIR = "/trainees/duplicates/<int:first_id>/<int:second_id>"


@bp.page("/trainees/duplicates", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees which trainees are probably on the list twice."""
    return render_template(
        "trainees/merges/listed.html", probable=queries.probable(g.actor), decided=queries.decided(g.actor), most=queries.MOST
    )


@bp.page(PAIR, doors=MEMBER, may=policies.can_show, subject=queries.couple)
def show(couple: Couple) -> ResponseReturnValue:
    """Two records side by side, and what was said of them."""
    return render_template(
        "trainees/merges/show.html",
        events=history(couple.pair, *couple.both) if couple.pair is not None else history(*couple.both),
        reasons=why_not_undo(couple) if couple.state is State.MERGED else why_not_merge(couple),
        **compared(couple),
    )


@bp.page(f"{PAIR}/tell-apart", doors=MEMBER, may=policies.can_tell_apart, subject=queries.couple, methods=["POST"])
def tell_apart(couple: Couple) -> ResponseReturnValue:
    """Says that two records are two people's."""
    services.tell_apart(g.actor, couple)
    flash(_("Two people: this pair is not shown again."), "success")
    return redirect(url_for(".listed"))


@bp.page(f"{PAIR}/reconsider", doors=MEMBER, may=policies.can_reconsider, subject=queries.couple, methods=["POST"])
def reconsider(couple: Couple) -> ResponseReturnValue:
    """Looks again at records that were said to be two people's."""
    services.reconsider(g.actor, couple)
    flash(_("The pair is to be looked at again."), "success")
    return redirect(url_for(".show", first_id=couple.first.id, second_id=couple.second.id))


@bp.page(f"{PAIR}/merge", doors=MEMBER, may=policies.can_merge, subject=queries.couple, methods=["GET", "POST"])
def merge(couple: Couple) -> ResponseReturnValue:
    """Merges two records of one person."""
    form = MergeForm([(one.id, choice(couple, number)) for number, one in enumerate(couple.both, 1)])
    if form.submitted():
        kept = services.merge(g.actor, couple, **form.fields)
        flash(_("Merged. Everything is with %(trainee)s now, and can be given back.", trainee=kept.name), "success")
        return redirect(url_for(".show", first_id=couple.first.id, second_id=couple.second.id))
    return render_template("trainees/merges/merge.html", form=form, reasons=why_not_merge(couple), **compared(couple))


@bp.page(f"{PAIR}/undo", doors=MEMBER, may=policies.can_undo, subject=queries.couple, methods=["GET", "POST"])
def undo(couple: Couple) -> ResponseReturnValue:
    """Undoes a merge: each record has back what was its own."""
    form = UndoForm()
    if form.submitted():
        services.undo(g.actor, couple)
        flash(_("Undone. Each record has back what was its own."), "success")
        return redirect(url_for(".show", first_id=couple.first.id, second_id=couple.second.id))
    return render_template("trainees/merges/undo.html", form=form, reasons=why_not_undo(couple), **compared(couple))


def compared(couple: Couple) -> dict[str, Any]:
    """What stands side by side."""
    return {
        "couple": couple,
        "counts": queries.counts(couple),
        "why_not_keep": {one.id: policies.why_not_keep(couple, one) for one in couple.both},
    }


def why_not_merge(couple: Couple) -> list[Any]:
    """What stands in the way of merging."""
    if couple.state is State.MERGED:
        return [_("The two are merged already.")]
    return policies.why_not_merge(couple, clashes=queries.clashes(couple), erasing=queries.erasing(couple))


def why_not_undo(couple: Couple) -> list[Any]:
    """What stands in the way of giving everything back."""
    if couple.state is not State.MERGED:
        return [_("The two are not merged.")]
    return policies.why_not_undo(couple, erased=queries.erasing(couple), built=queries.built_on(couple))


def choice(couple: Couple, number: int) -> str:
    """One of the two records in a line."""
    one = couple.both[number - 1]
    account = _("with an account") if one.account_id is not None else _("without an account")
    return _("Record %(number)d: %(name)s, %(account)s", number=number, name=one.full_name, account=account)
