"""Trips that change and alarms that ring: what tests of delivery tell people of."""

from datetime import UTC, datetime
from typing import Any

from training.jobs.scheduler import tick
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.policy import Visitor
from training.notices import services
from training.notices.models import Recipient
from training.notices.workflow import Way

ANNA = Recipient("account", 1)
ANNA_AT_WORK = Recipient("account", 1, organisation_id=7)
ME = Visitor(1)


NIGHT = datetime(2026, 6, 19, 20, tzinfo=UTC)
"""Midnight in Samara."""
MORNING = datetime(2026, 6, 20, 4, tzinfo=UTC)
"""08:00 in Samara."""


def choose(way: Way) -> None:
    services.choose(ME, ways={"trip": way})


def quiet(zone: str | None = None) -> None:
    services.set_hours(ME, quiet_from=22 * 60, quiet_until=7 * 60, morning=8 * 60, zone=zone)


def run(moment: datetime) -> int:
    with clock.at(moment):
        tick()
        return run_due()


def tell(here, moment: datetime, *to: Recipient, **given) -> Any:
    with clock.at(moment):
        return here.tell(*(to or (ANNA,)), **given)
