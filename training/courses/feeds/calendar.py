"""Lessons as a file that calendars fetch again and again."""

from collections.abc import Sequence

from training.courses.feeds.models import CalendarFeed
from training.courses.lessons.models import Lesson
from training.courses.lessons.workflow import State
from training.kernel.dates import Attachment, entry, file
from training.kernel.i18n import _, force_locale
from training.kernel.web import tag


def dates(feed: CalendarFeed, lessons: Sequence[Lesson]) -> Attachment:
    """The lessons in the person's language; a cancelled one takes itself out."""
    with force_locale(feed.account.language):
        entries = [
            entry(
                f"lesson-{one.id}",
                starts=one.starts_at,
                ends=one.ends_at,
                summary=one.module.title,
                sequence=one.version,
                location=f"{one.room.name}, {one.school.short_name}",
                organizer=one.school.short_name,
                description=_("Cohort %(cohort)s, %(teacher)s", cohort=one.cohort.code, teacher=one.teacher.name),
                status="CANCELLED" if one.state is State.CANCELLED else "CONFIRMED",
            )
            for one in lessons
        ]
    return file("lessons", *entries)


def validator(feed: CalendarFeed, lessons: Sequence[Lesson]) -> str:
    """What tells one content of the file from another."""
    parts = ((one.id, one.version, one.module.title, one.room.name, one.cohort.code, one.teacher.name) for one in lessons)
    return tag(feed.id, feed.account.language, *parts)
