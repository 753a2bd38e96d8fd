"""What stands around every page: who one is, where one can go, what waits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import current_app, g, request, url_for
from sqlalchemy import select

from training.accounts import queries as accounts
from training.accounts.memberships import queries as memberships
from training.accounts.memberships.queries import Standing
from training.audit.models import Happening
from training.insights.home import queries as home
from training.kernel.config import Config
from training.kernel.db import db
from training.kernel.i18n import LANGUAGES, _, format_moment, language
from training.kernel.keys import initials
from training.kernel.policy import Actor, Learner, Member
from training.kernel.web import event_words
from training.navigation import Item, learner_sections, member_sections, public_sections
from training.notices import queries as notices
from training.operations import demonstration
from training.organisations import queries as organisations
from training.trainees.profiles import queries as profiles
from training.turns import queries as turns

WITH_SEARCH = {"insights.home.landing", "insights.search.show", "insights.search.own"}
"""Pages with a search of their own."""
_COUNTS_AT, _COUNTS_OWN = (
    select(home.COUNT.scalar_subquery(), unread.scalar_subquery()) for unread in (notices.UNREAD_AT, notices.UNREAD_OWN)
)
"""Asked on every page inside, so they are built once."""

_plain: dict[tuple[str, ...], str] = {}


@dataclass(frozen=True)
class Acting:
    """As whom the page is open."""

    name: str
    role: str
    kind: str
    initials: str
    url: str | None
    """The page of the organisation."""


@dataclass(frozen=True)
class Shell:
    """Everything that the skeleton prints around a page."""

    public: bool
    region: str | None
    language: str
    other_languages: Sequence[tuple[str, str, str]]
    theme: str | None
    theme_url: str
    """Where a click leads to the other look."""
    acting: Acting | None
    switches: Sequence[tuple[str, str, str, str, str, bool]]
    sections: Sequence[Item]
    bottom: Sequence[Item]
    waiting: tuple[int, str] | None
    notices: tuple[int, str] | None
    """How many are unread, and where they are listed."""
    search_url: str | None
    account: tuple[str, str, str] | None
    sign_in_url: str
    sign_out_url: str
    footer: Sequence[tuple[str, str]]
    demo: str | None
    stale: tuple[int, str] | None
    """How many days old the demonstration is once that is too many, and where it is loaded afresh."""
    query: str = field(default="")

    @cached_property
    def finds(self) -> Sequence[Item]:
        """The public catalogues."""
        return public_sections()


def around() -> Shell:
    """The shell of the present request."""
    config: Config = current_app.config["CADRE"]
    actor: Actor = g.actor
    account = g.account
    inside = isinstance(actor, Member | Learner)
    back = urlencode({"next": request.full_path.rstrip("?") if request.method == "GET" else request.path})
    theme = account.theme if account else request.cookies.get("theme") if request.cookies.get("theme") in ("light", "dark") else None
    sections = member_sections(actor) if isinstance(actor, Member) else learner_sections() if isinstance(actor, Learner) else outside()
    return Shell(
        public=not inside,
        region=config.regions[language()],
        language=language(),
        other_languages=[
            (label, f"{plain('accounts.choose_language', code=code)}?{back}", code)
            for code, label in LANGUAGES.items()
            if code != language()
        ],
        theme=theme,
        theme_url=f"{plain('accounts.choose_theme', code='light' if theme == 'dark' else 'dark')}?{back}",
        acting=acting(actor),
        switches=switches(actor) if account else [],
        sections=sections,
        bottom=sections[:5] if isinstance(actor, Learner) else [],
        waiting=waiting(actor) if inside else None,
        search_url=search_url(actor),
        notices=(counts(actor)[1], url_for("notices.listed")) if inside else None,
        account=(initials(account.name), account.name, plain("accounts.show")) if account else None,
        sign_in_url=plain("accounts.sign_in"),
        sign_out_url=plain("accounts.sign_out"),
        footer=footer(),
        demo=_("Demonstration region: places and programme names are real; people, seats, pay and results are invented.")
        if config.demo
        else None,
        stale=stale(config),
    )


def outside() -> list[Item]:
    """The public places; whoever is signed in finds the way back to their own first."""
    own = [(_("Home"), plain("accounts.home"), False, "house")] if g.account else []
    return [*own, *public_sections()]


def stale(config: Config) -> tuple[int, str] | None:
    """A demonstration that is too old, with the page that loads it afresh; that page says so itself."""
    if request.endpoint == "operations.demonstration":
        return None
    days = demonstration.days_stale(config.folder, config.zone) if config.demo else None
    return (days, url_for("operations.demonstration")) if days else None


@dataclass(frozen=True)
class Told:
    """A line of a record's history."""

    when: str
    what: str
    by: str | None
    behalf: str | None


def told(rows: Sequence[tuple[Happening, dict[str, str]]]) -> list[Told]:
    """A history in the reader's words: two statements for the names, however many lines."""
    people = accounts.names({event.account_id for event, _detail in rows if event.account_id})
    places = organisations.names({event.organisation_id for event, _detail in rows if event.organisation_id})
    zone = current_app.config["CADRE"].zone
    return [
        Told(
            format_moment(event.at, zone=zone),
            ": ".join([event_words(event.name), *(str(words) for words in detail.values())]),
            people.get(event.account_id or 0),
            places.get(event.organisation_id or 0),
        )
        for event, detail in rows
    ]


def know(trainee_id: int | None, is_member: bool) -> None:
    """What is known of whoever is signed in, as it was when the request began: nobody asks for it again."""
    g.trainee_id = trainee_id
    if not is_member:
        g.memberships = []


def plain(endpoint: str, **values: Any) -> str:
    """The address of a page that is the same place from everywhere; made once."""
    place = request.script_root, endpoint, *values.values()
    made = _plain.get(place)
    if made is None:
        made = _plain[place] = url_for(endpoint, **values)
    return made


def own_memberships() -> Sequence[Standing]:
    """The present memberships of whoever is signed in; asked once a request."""
    if "memberships" not in g:
        g.memberships = memberships.current(g.account.id) if g.account else []
    rows: Sequence[Standing] = g.memberships
    return rows


def own_trainee_id() -> int | None:
    """The trainee that whoever is signed in is; asked once a request."""
    if "trainee_id" not in g:
        g.trainee_id = profiles.id_of(g.account.id) if g.account else None
    trainee_id: int | None = g.trainee_id
    return trainee_id


def home_url() -> str:
    """Where one goes when there is nowhere better."""
    match g.get("actor"):
        case Member():
            return url_for("insights.home.member", organisation=(request.view_args or {}).get("organisation"))
        case Learner():
            return url_for("insights.home.learner")
        case _:
            return url_for("insights.home.landing")


def search_url(actor: Actor) -> str | None:
    """Where the box at the top of the page looks; None on the pages that have the same box, larger."""
    if request.endpoint in WITH_SEARCH:
        return None
    return url_for("insights.search.own" if isinstance(actor, Learner) else "insights.search.show")


def footer() -> list[tuple[str, str]]:
    """What stands at the foot of every page; a report names the page it is made from, unless a link's token stands in that."""
    here = None if request.path.startswith("/l/") or request.endpoint == "operations.problems.report" else request.path
    rules = [(_("Personal data"), "privacy"), (_("Terms"), "terms"), (_("Accessibility"), "accessibility")]
    return [
        (_("Help"), plain("insights.help.index")),
        *((label, plain("insights.help.text", name=name)) for label, name in rules),
        (_("Report a problem"), plain("operations.problems.report") + (f"?{urlencode({'page': here})}" if here else "")),
    ]


def acting(actor: Actor) -> Acting | None:
    """The organisation one acts for, or the trainee one is."""
    match actor:
        case Member(organisation_id=here):
            mine = [one for one in own_memberships() if one.organisation_id == here]
            roles = ", ".join(str(one.role.label) for one in mine)
            return Acting(
                mine[0].name, roles, actor.kind.value, initials(mine[0].name), url_for("organisations.show", organisation_id=here)
            )
        case Learner():
            return Acting(g.account.name, _("My learning"), "trainee", initials(g.account.name), None)
        case _:
            return None


def switches(actor: Actor) -> list[tuple[str, str, str, str, str, bool]]:
    """As whom else one can work: each organisation once, and one's own learning."""
    found: list[tuple[str, str, str, str, str, bool]] = []
    seen = dict.fromkeys(one.organisation_id for one in own_memberships())
    for organisation_id in seen:
        mine = [one for one in own_memberships() if one.organisation_id == organisation_id]
        first = mine[0]
        url = url_for("insights.home.member", organisation=first.slug)
        roles = ", ".join(str(one.role.label) for one in mine)
        current = isinstance(actor, Member) and actor.organisation_id == organisation_id
        found.append((first.name, roles, first.kind.value, initials(first.name), url, current))
    if own_trainee_id() is not None:
        found.append(
            (
                g.account.name,
                _("My learning"),
                "trainee",
                initials(g.account.name),
                url_for("insights.home.learner"),
                isinstance(actor, Learner),
            )
        )
    return found


def waiting(actor: Actor) -> tuple[int, str]:
    """How many things wait for the actor, and where they are listed."""
    return counts(actor)[0], home_url()


def counts(actor: Actor) -> tuple[int, int]:
    """How many things wait for the actor and how many notices are unread: one statement, once a request."""
    if "counts" not in g:
        parties = memberships.parties_of(actor, own_memberships())
        mine = {"parties": parties, "mine": turns.bits(home.roles_of(actor)), "me": home.account_of(actor)}
        reader = {"reader": g.account.id} | ({"capacity": actor.organisation_id} if isinstance(actor, Member) else {})
        g.counts = tuple(db.session.execute(_COUNTS_AT if isinstance(actor, Member) else _COUNTS_OWN, mine | reader).one())
    found: tuple[int, int] = g.counts
    return found
