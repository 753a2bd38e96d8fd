"""What stands around every page: who one is, where one can go, what waits."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from flask import current_app, g, request, url_for

from training.accounts import queries as accounts
from training.audit.queries import Happened
from training.frame import ANYBODY, Frame, Reader, framed
from training.kernel.config import Config
from training.kernel.i18n import LANGUAGES, _, format_moment, language
from training.kernel.keys import initials
from training.kernel.policy import Actor, Learner, Member
from training.kernel.web import event_words, form_token, receipt_key
from training.navigation import Item, learner_sections, member_sections, public_sections
from training.operations import demonstration
from training.organisations import queries as organisations
from training.visitor import counts, home_url, own_memberships, own_trainee_id, plain

WITH_SEARCH = {"insights.home.landing", "insights.search.show", "insights.search.own"}
"""Pages with a search of their own."""


@dataclass(frozen=True)
class Acting:
    """As whom the page is open."""

    name: str
    role: str
    kind: str
    initials: str
    url: str | None
    """The page of the organisation."""


class Shell:
    """Everything that the skeleton prints around a page, each thing made when it is asked for."""

    def __init__(self, reader: Reader) -> None:
        """For the present request, seen by this reader."""
        self.reader = reader
        self.config: Config = current_app.config["CADRE"]
        self.actor: Actor = g.actor
        self.inside = isinstance(self.actor, Member | Learner)
        self.public = not self.inside
        self.language = language()
        self.region = self.config.regions[self.language]
        asked = request.cookies.get("theme")
        self.theme = g.account.theme if g.account else asked if asked in ("light", "dark") else None

    def frame(self, page: str) -> Frame:
        """What stands around the page, whose column has this class."""
        return framed(self._sort(), lambda: Shell(ANYBODY), self.reader._replace(page=page))

    def _sort(self) -> Hashable:
        """All that the frame depends on beside the reader."""
        actor = self.actor
        who = (actor.organisation_id, actor.kind, actor.roles) if isinstance(actor, Member) else (type(actor), g.account is None)
        elsewhere = (tuple(own_memberships()), own_trainee_id() is None) if g.account else ()
        waits = counts(actor) if self.inside else ()
        return (self.language, self.theme, request.script_root, request.endpoint, who, elsewhere, waits)

    @property
    def kind(self) -> str | None:
        """The kind of organisation one acts for; a trainee's own; none in public."""
        match self.actor:
            case Member(kind=kind):
                return kind.value
            case Learner():
                return "trainee"
            case _:
                return None

    @property
    def other_languages(self) -> Sequence[tuple[str, str, str]]:
        """The languages one can change to: name, address, code."""
        others = [(label, code) for code, label in LANGUAGES.items() if code != self.language]
        return [(label, f"{plain('accounts.choose_language', code=code)}?{self.reader.back}", code) for label, code in others]

    @property
    def theme_url(self) -> str:
        """Where a click leads to the other look."""
        return f"{plain('accounts.choose_theme', code='light' if self.theme == 'dark' else 'dark')}?{self.reader.back}"

    @cached_property
    def acting(self) -> Acting | None:
        """The organisation one acts for, or the trainee one is."""
        match self.actor:
            case Member(organisation_id=here, kind=kind):
                mine = [one for one in own_memberships() if one.organisation_id == here]
                roles = ", ".join(str(one.role.label) for one in mine)
                url = url_for("organisations.show", organisation_id=here)
                return Acting(mine[0].name, roles, kind.value, initials(mine[0].name), url)
            case Learner():
                return Acting(self.reader.name, _("My learning"), "trainee", self.reader.initials, None)
            case _:
                return None

    @cached_property
    def switches(self) -> Sequence[tuple[str, str, str, str, str, bool]]:
        """As whom else one can work: each organisation once, and one's own learning."""
        return switches(self.actor, self.reader) if g.account else []

    @cached_property
    def sections(self) -> Sequence[Item]:
        """The places one can go to."""
        match self.actor:
            case Member():
                return member_sections(self.actor)
            case Learner():
                return learner_sections()
            case _:
                return outside()

    @property
    def bottom(self) -> Sequence[Item]:
        """Those of them that stand at the bottom of a phone."""
        return self.sections[:5] if isinstance(self.actor, Learner) else []

    @property
    def waiting(self) -> tuple[int, str] | None:
        """How many things wait for the actor, and where they are listed."""
        return (counts(self.actor)[0], home_url()) if self.inside else None

    @property
    def notices(self) -> tuple[int, str] | None:
        """How many are unread, and where they are listed."""
        return (counts(self.actor)[1], url_for("notices.listed")) if self.inside else None

    @cached_property
    def search_url(self) -> str | None:
        """Where the box at the top of the page looks; None on the pages that have the same box, larger."""
        if request.endpoint in WITH_SEARCH:
            return None
        return url_for("insights.search.own" if isinstance(self.actor, Learner) else "insights.search.show")

    @property
    def account(self) -> tuple[str, str, str] | None:
        """Initials and name of whoever is signed in, and their own page."""
        return (self.reader.initials, self.reader.name, plain("accounts.show")) if g.account else None

    @property
    def sign_in_url(self) -> str:
        """Where one signs in."""
        return plain("accounts.sign_in")

    @property
    def sign_out_url(self) -> str:
        """Where one signs out."""
        return plain("accounts.sign_out")

    @cached_property
    def footer(self) -> Sequence[tuple[str, str]]:
        """What stands at the foot of every page; a report names the page it is made from."""
        rules = [(_("Personal data"), "privacy"), (_("Terms"), "terms"), (_("Accessibility"), "accessibility")]
        return [
            (_("Help"), plain("insights.help.index")),
            *((label, plain("insights.help.text", name=name)) for label, name in rules),
            (_("Report a problem"), plain("operations.problems.report") + self.reader.here),
        ]

    @property
    def demo(self) -> str | None:
        """What a demonstration says of itself."""
        if not self.config.demo:
            return None
        return _("Demonstration region: places and programme names are real; people, seats, pay and results are invented.")

    @cached_property
    def stale(self) -> tuple[int, str] | None:
        """How many days old the demonstration is once that is too many, and where it is loaded afresh; that page says so itself."""
        if not self.config.demo or request.endpoint == "operations.demonstration":
            return None
        days = demonstration.days_stale(self.config.folder, self.config.zone)
        return (days, url_for("operations.demonstration")) if days else None

    @property
    def finds(self) -> Sequence[Item]:
        """The public catalogues."""
        return public_sections()


def around() -> Shell:
    """The shell of the present request."""
    if isinstance(g.actor, Member | Learner):
        counts(g.actor)  # the shell's own question, asked beside the page's
    name = g.account.name if g.account else ""
    back = urlencode({"next": request.full_path.rstrip("?") if request.method == "GET" else request.path})
    secret = request.path.startswith("/l/") or request.endpoint == "operations.problems.report"
    here = "" if secret else f"?{urlencode({'page': request.path})}"
    keys = (form_token(), receipt_key()) if g.account else ("", "")
    return Shell(Reader(name, initials(name), back, here, *keys))


def outside() -> list[Item]:
    """The public places; whoever is signed in finds the way back to their own first."""
    own = [(_("Home"), plain("accounts.home"), False, "house")] if g.account else []
    return [*own, *public_sections()]


@dataclass(frozen=True)
class Told:
    """A line of a record's history."""

    when: str
    what: str
    by: str | None
    behalf: str | None


def told(rows: Sequence[tuple[Happened, dict[str, str]]]) -> list[Told]:
    """A history in the reader's words: two statements for the names, however many lines; the reader's own is known."""
    people = {g.account.id: g.account.name} if g.account else {}
    people |= accounts.names({event.account_id for event, _detail in rows if event.account_id} - people.keys())
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


def switches(actor: Actor, reader: Reader) -> list[tuple[str, str, str, str, str, bool]]:
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
                reader.name,
                _("My learning"),
                "trainee",
                reader.initials,
                url_for("insights.home.learner"),
                isinstance(actor, Learner),
            )
        )
    return found
