"""What programmes hand down."""

from dataclasses import replace

from flask import url_for

from training.courses.programmes import queries
from training.courses.programmes.importer import LAYOUT
from training.courses.programmes.importer import PROGRAMMES as IMPORTER
from training.courses.programmes.lists import PROGRAMMES
from training.courses.programmes.models import ProgrammeVersion
from training.courses.programmes.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Topic, Wiring
from training.organisations.queries import slug_of


def title(version: ProgrammeVersion) -> str:
    """Code, title and number."""
    return _("%(programme)s, version %(number)d", programme=str(version.programme), number=version.number)


def page(actor: Actor, version: ProgrammeVersion) -> str:
    """The working page for the school, the public one for everybody else."""
    if isinstance(actor, Member) and actor.organisation_id == version.school_id:
        return url_for("courses.programmes.show", organisation=slug_of(actor.organisation_id), version_id=version.id)
    return url_for("courses.programmes.public", slug=version.programme.slug)


WIRING = Wiring(
    lists={PROGRAMMES.name: replace(PROGRAMMES, layout=LAYOUT)},
    kinds={"programme_version": Kind(find=queries.version, title=title, url=page, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"programme": Topic(_l("Programmes"), frozenset({"school"}))},
    workflows={"programme_version": LIFECYCLE},
    importers={"programmes": IMPORTER},
)
