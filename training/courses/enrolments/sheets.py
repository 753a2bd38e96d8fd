"""A cohort's roster as a sheet of paper."""

from collections.abc import Mapping

from training.courses.cohorts import policies as cohort_policies
from training.courses.cohorts import queries as cohorts
from training.courses.enrolments import queries
from training.kernel.db import NotFound
from training.kernel.i18n import _, format_range, ngettext
from training.kernel.keys import row_key
from training.kernel.policy import Actor
from training.kernel.wiring import Sheet, SheetColumn


def roster(actor: Actor, of: Mapping[str, str]) -> Sheet:
    """The people who study in the cohort `cohort`, by name, each with a line to sign on."""
    cohort = cohorts.cohort(actor, row_key(of.get("cohort", "")))
    if not cohort_policies.can_see(actor, cohort):
        raise NotFound
    people = queries.on_paper(actor, cohort)
    version = cohort.programme_version
    return Sheet(
        title=_("Roster of cohort %(code)s", code=cohort.code),
        above=version.programme.school.legal_name,
        figures=[
            (_("Programme"), str(version.programme)),
            (_("Training"), format_range(cohort.starts_on, cohort.ends_on)),
            (_("Place"), cohort.site.name if cohort.site else version.programme.school.town),
            (_("People"), ngettext("%(num)s person", "%(num)s people", len(people))),
        ],
        columns=[
            SheetColumn(_("No."), 12, number=True),
            SheetColumn(_("Name")),
            SheetColumn(_("Seat"), 34),
            SheetColumn(_("Signature"), 46),
        ],
        rows=[
            [str(number), one.trainee.full_name, str(one.pool.funding.label) if one.pool else "", ""]
            for number, one in enumerate(people, 1)
        ],
        closing=[_("Training leader: ______________________________")],
    )
