"""Pages of teams: started, joined by a link, sent in; the school's list of them."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.enrolments import policies as entry
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments.workflow import State as Standing
from training.courses.teams import policies, queries, services
from training.courses.teams.forms import JoinForm, StartForm
from training.courses.teams.models import Team
from training.courses.teams.workflow import State
from training.kernel import clock
from training.kernel.i18n import _
from training.kernel.pages import LEARNER, MEMBER, PUBLIC, Noun
from training.kernel.web import remember
from training.saved_views.pages import opened

bp = Noun("teams", __name__)

ONE = "/teams/<int:team_id>"
LINK = "/join-team/<slug>"


@bp.page("/cohorts/<int:cohort_id>/team", doors=LEARNER, may=policies.can_start, subject=cohorts.cohort, methods=["GET", "POST"])
def start(cohort: Cohort) -> ResponseReturnValue:
    """Starts a team, or leads to the one that forms already."""
    form = StartForm()
    form.choose(funding=[(pool.funding.value, pool.funding.label) for pool in cohort.pools])
    if form.submitted():
        team = services.start(g.actor, cohort, **form.fields)
        return redirect(url_for(".show", team_id=team.id))
    own = queries.forming_in(g.actor, cohort.id)
    if own is not None and not form.is_submitted():
        return redirect(url_for(".show", team_id=own))
    programme = cohort.programme_version.programme
    return render_template(
        "courses/teams/start.html",
        form=form,
        cohort=cohort,
        programme=programme,
        total=enrolments.seats_of(cohort, cohort.pools)[0],
        known=enrolments.own_in(g.actor, cohort.id),
        against=entry.why_not_apply(cohort, today=clock.today(programme.school.zone), pools=cohort.pools),
    )


@bp.page(LINK, doors=PUBLIC, may=policies.can_follow, subject=queries.of_link)
def follow(slug: str) -> ResponseReturnValue:
    """The way from a team's link to the page where one joins: by signing in or up, and by making a profile."""
    own = url_for(".join", slug=slug)
    if g.account is None:
        return redirect(url_for("accounts.sign_in", next=own))
    remember(own)
    return redirect(url_for("insights.home.start"))


@bp.page(LINK, doors=LEARNER, may=policies.can_join, subject=queries.by_slug, methods=["GET", "POST"])
def join(team: Team) -> ResponseReturnValue:
    """Joins a team by its link."""
    form = JoinForm()
    if form.submitted():
        services.join(g.actor, team)
        flash(_("You are in the team. %(leader)s sends it in.", leader=team.leader.name), "success")
        return redirect(url_for(".show", team_id=team.id))
    if not form.is_submitted() and queries.forming_in(g.actor, team.cohort_id) == team.id:
        return redirect(url_for(".show", team_id=team.id))
    programme = team.cohort.programme_version.programme
    in_cohort = enrolments.own_in(g.actor, team.cohort_id) is not None
    return render_template(
        "courses/teams/join.html",
        form=form,
        team=team,
        cohort=team.cohort,
        programme=programme,
        total=enrolments.seats_of(team.cohort, [team.pool])[0],
        against=policies.why_not_join(team, seats=team.pool.seats, in_cohort=in_cohort)
        or entry.why_not_apply(team.cohort, today=clock.today(programme.school.zone), pools=[team.pool]),
    )


@bp.page(ONE, doors=LEARNER, may=policies.can_see, subject=queries.team)
def show(team: Team) -> ResponseReturnValue:
    """A team: who is in it, its link, and how it stands."""
    members = queries.members(team.id)
    school = team.cohort.programme_version.programme.school
    left = queries.waiting(members)
    bond = queries.bond_of(team.id) if left else None
    mine = next(one for one in members if one.trainee_id == g.actor.trainee_id)
    ranks = enrolments.ranks([team.cohort_id] if left else [])
    return render_template(
        "courses/teams/show.html",
        team=team,
        cohort=team.cohort,
        programme=team.cohort.programme_version.programme,
        total=enrolments.seats_of(team.cohort, [team.pool])[0] if team.state is State.FORMING else None,
        members=members,
        mine=mine,
        leads=policies.leads(g.actor, team),
        most=policies.most(team.pool.seats),
        ranks={one.id: min(ranks.get(one.id, {}).values(), default=None) for one in left},
        called=[one for one in left if one.state is Standing.OFFERED],
        again=not policies.why_not_send_again(
            waiting=len(left), waits=bond is None or bond.waits, promotes=entry.promotes(team.cohort, today=clock.today(school.zone))
        ),
        link=url_for(".follow", slug=team.slug, _external=True) if team.state is State.FORMING else None,
        events=history(team),
    )


@bp.page("/cohorts/<int:cohort_id>/teams", doors=MEMBER, may=policies.can_see_of_cohort, subject=cohorts.cohort)
def of_cohort(cohort: Cohort) -> ResponseReturnValue:
    """Sees which teams want seats of a cohort together, who of them has answered, and what each waits for."""
    return render_template("courses/teams/of_cohort.html", cohort=cohort, asked=opened("teams", cohort))


@bp.page(f"{ONE}/leave", doors=LEARNER, may=policies.can_leave, subject=queries.team, methods=["POST"])
def leave(team: Team) -> ResponseReturnValue:
    """Leaves a team before it is sent in."""
    services.leave(g.actor, team)
    flash(_("You are not in the team any more."), "success")
    return redirect(url_for("courses.enrolments.mine"))


@bp.page(f"{ONE}/dissolve", doors=LEARNER, may=policies.can_dissolve, subject=queries.team, methods=["POST"])
def dissolve(team: Team) -> ResponseReturnValue:
    """Dissolves a team before it is sent in."""
    services.dissolve(g.actor, team)
    flash(_("The team is dissolved; the others are told."), "success")
    return redirect(url_for("courses.enrolments.mine"))


@bp.page(f"{ONE}/send-in", doors=LEARNER, may=policies.can_send_in, subject=queries.team, methods=["POST"])
def send_in(team: Team) -> ResponseReturnValue:
    """Sends a team in: seats for all, or places in the queue for all."""
    if services.send_in(g.actor, team):
        flash(_("All of you have seats."), "success")
    else:
        flash(_("There are not so many free seats. All of you are in the queue, one after the other."), "success")
    return redirect(url_for(".show", team_id=team.id))


@bp.page(f"{ONE}/send-again", doors=LEARNER, may=policies.can_send_again, subject=queries.team, methods=["POST"])
def send_again(team: Team) -> ResponseReturnValue:
    """Lets those who are left of a team be called again."""
    services.send_again(g.actor, team)
    flash(_("You are called again when it is your turn."), "success")
    return redirect(url_for(".show", team_id=team.id))
