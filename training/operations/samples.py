"""What the parts of the pages are shown with: records that look real and are none."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace as Sample
from typing import Any

from training.internships.logbooks.hours import Total
from training.internships.placements.workflow import State
from training.kernel import clock
from training.kernel.lists import Wanted
from training.notices.workflow import Fate

WRITTEN = datetime(2026, 6, 15, 9, 30, tzinfo=UTC)


def samples() -> dict[str, Any]:
    """By the name under which the page has it."""
    return {
        "seats": Sample(taken=18, held=3, free=4, all=25, waiting=5),
        "crowd": Sample(taken=70, held=5, free=0, all=75, waiting=9),
        "steps": [
            Sample(label="New", reached=31, here=12, ended=6),
            Sample(label="Interview", reached=13, here=5, ended=4),
            Sample(label="Hired", reached=4, here=4, ended=0),
        ],
        "weeks": [
            Total(date(2026, 6, 1) + timedelta(weeks=number), signed * 60, waiting * 60)
            for number, (signed, waiting) in enumerate([(35, 0), (28, 0), (0, 0), (14, 14), (0, 21)])
        ],
        "month": _month(),
        "relay": [
            Sample(party_kind="trainee", name="Руслан Хайруллин", initials="РХ", detail="Asked for the place", status="done"),
            Sample(party_kind="employer", name="DAAZ", initials="DA", detail="until Friday, 19 June", status="now"),
            Sample(party_kind=None, name="Begins", initials="", detail="1 September", status="next"),
        ],
        "state": State.ACTIVE,
        "asked": _asked(),
        "in_card": Sample(
            facets=[
                Sample(name="form", label="Form", single=False, choices=[Sample(value="day", label="Full time", checked=True, count=3)])
            ],
            wanted=Sample(filters={"form": ["day"]}),
            keep_but=lambda *names: {},
        ),
        "thread": _thread(),
        "history": [
            Sample(when="Monday, 15 June, 12:30", what="Accepted by the employer", by="Злата Королёва", behalf="DAAZ"),
            Sample(when="Friday, 12 June, 09:00", what="Requested", by="Руслан Хайруллин", behalf=None),
        ],
        "task": Sample(title="Sign the agreement", detail="Руслан Хайруллин at DAAZ", url="#task", due="Tomorrow, 24:00", level="soon"),
        "letter": Sample(fate=Fate.SENT, sent_at=WRITTEN, answer="250"),
        "wanted": Wanted(),
        "shell": Sample(switches=[("DAAZ", "Mentor", "employer", "DA", "#switch_items", False)]),
        "rows": [
            Sample(
                number=7, cells={"name": "Анна Белова", "born": "31.02.2009"}, bad={"born"}, sentence="There is no such day. Correct it."
            )
        ],
        "facets": [
            Sample(value="open", label="Open", checked=True, count=4),
            Sample(value="closed", label="Closed", checked=False, count=None),
        ],
        "face": (
            "Хайруллин Руслан",
            "#board_card",
            1,
            "Technical College, ТМ-21",
            "Reads drawings",
            ("New to you", "primary"),
            "3 days",
            False,
            86,
            False,
        ),
    }


def _month() -> Any:
    first = clock.today().replace(day=1)
    monday = first - timedelta(days=first.weekday())
    entry = Sample(kind="interview", words="Interview", detail="Хайруллин Руслан", at="10:30", url="#month")
    days = [(monday + timedelta(days=number), [entry] if number == 16 else []) for number in range(28)]
    return Sample(first=first, weeks=[days[start : start + 7] for start in range(0, 28, 7)])


def _asked() -> Any:
    view = Sample(id=1, name="Beginning soon", preferred=False, shared=True)
    facets = [
        Sample(name="state", label="State", single=False, choices=[Sample(value="open", label="Open", checked=True, count=4)]),
        Sample(name="town", label="Town", single=True, choices=[Sample(value="d", label="Димитровград", checked=False, count=9)]),
    ]
    return Sample(
        listing=Sample(words="Cohort, programme or code"),
        wanted=Sample(words="", filters={"state": ["open"]}),
        found=Sample(total=31, rows=[1], number=1, pages=2, first=1, last=20),
        facets=facets,
        chips=[("Open", "#chips")],
        sorts=[("starts", "Begins"), ("-starts", "Begins, latest first")],
        sort="starts",
        ranked=False,
        narrowed=True,
        can_export=True,
        can_save=True,
        can_reimport=True,
        can_bundle=True,
        address="/o/example/cohorts",
        all_url="#list_page",
        keep={"state": ["open"]},
        keep_but=lambda *names: {},
        page_url=lambda number: f"?page={number}",
        views=[view],
        current=view,
        keeps=lambda one: True,
        view_url=lambda one: "#saved_views",
    )


def _thread() -> Any:
    entry = Sample(
        message=Sample(id=1, written_at=WRITTEN, edited_at=None, withdrawn_at=None),
        is_own=False,
        is_new=True,
        is_open=False,
        party="employer",
        author="Рената Валиуллина",
        side="DAAZ",
        mentioned=[],
        paragraphs=[[[Sample(kind="text", words="Проходная № 2, к 7:45, с паспортом.")]]],
        files=[],
    )
    person = Sample(account_id=1, name="Рената Валиуллина")
    return Sample(
        kind="placement", subject_id=1, unread=1, newest_id=1, total=1, entries=[entry], reached=["Рената Валиуллина"], people=[person]
    )
