"""The days of cohorts that one can still join, for anybody's calendar."""

from collections.abc import Sequence
from datetime import timedelta

from training.courses.cohorts.models import Cohort
from training.courses.programmes.models import Programme
from training.kernel.dates import Attachment, entry, file
from training.kernel.i18n import _


def dates(programme: Programme, cohorts: Sequence[Cohort]) -> Attachment:
    """Of each cohort the last day to apply, and its training; days without hours, as a school announces them."""
    found = []
    for cohort in cohorts:
        about = {"location": str(cohort.site or programme.school.town), "organizer": programme.school.short_name}
        for name, starts, ends, words in (
            ("applications", cohort.closes_on, cohort.closes_on, _("Last day to apply: %(programme)s", programme=programme.title)),
            ("training", cohort.starts_on, cohort.ends_on, programme.title),
        ):
            uid = f"cohort-{cohort.id}-{name}"
            found.append(entry(uid, starts=starts, ends=ends + timedelta(days=1), summary=words, sequence=cohort.version, **about))
    return file(programme.slug, *found)
