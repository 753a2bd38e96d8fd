"""The cohorts of the demonstration region: what is planned, who comes, when; names of the groups and figures are invented."""

from collections.abc import Mapping
from typing import NamedTuple

from seeds.learners import Ages
from seeds.size import Size
from seeds.story import Story
from training.courses.cohorts.workflow import EntryBase, Funding, StudyForm

STATE, TARGET, PAID, EMPLOYER = Funding.STATE, Funding.TARGET, Funding.PAID, Funding.EMPLOYER
YOUNG, OLDER, MIXED, GROWN = Ages(15, 16), Ages(17, 18), Ages(16, 23), Ages(19, 44)
LONG, LONGER = 640, 1400
"""Days of a profession's and a specialty's study."""


class Group(NamedTuple):
    """A cohort: its programme, name, seats by who pays, when it starts relative to today, how long it lasts, how many people come."""

    school: str
    code: str
    name: str
    seats: Mapping[Funding, int]
    starts: int
    days: int
    people: int
    form: StudyForm = StudyForm.FULL_TIME
    base: EntryBase = EntryBase.BASIC
    ages: Ages = YOUNG
    opens: int = -60
    closes: int = -15
    """Relative to the start."""
    cancelled: bool = False
    attested: int | None = None
    """When its credentials are proposed, if that is late and nobody has confirmed them yet."""
    core: bool = False
    """Part of the small region too."""

    def called(self, story: Story) -> str:
        """Its name, with the last figures of the year it starts in."""
        return self.name.format(year=story.day(story.monday(self.starts)).year % 100)


def short(
    school: str,
    code: str,
    name: str,
    seats: Mapping[Funding, int],
    starts: int,
    days: int,
    people: int,
    *,
    core: bool = False,
    form: StudyForm = StudyForm.EVENING,
    opens: int = -20,
    closes: int = -5,
) -> Group:
    """A course for grown people beside their work."""
    base = EntryBase.VOCATIONAL if code.startswith("ДПО") else EntryBase.ANY
    return Group(school, code, name, seats, starts, days, people, form, base, GROWN, opens, closes, core=core)


GROUPS = [
    # Over
    Group("dtk", "15.01.38", "ОН-{year}", {STATE: 22, TARGET: 3}, -728, LONG, 24),
    Group("dtk", "15.01.05", "СВ-{year}", {STATE: 22, TARGET: 3}, -728, LONG, 22),
    Group("dtpt", "23.01.17", "АВ-{year}", {STATE: 20}, -728, LONG, 19),
    short("dtk", "16045", "ЧПУ-В-1", {STATE: 10, EMPLOYER: 5}, -540, 120, 15),
    short("dtk", "16045", "ЧПУ-В-2", {STATE: 10, EMPLOYER: 5}, -180, 120, 14, core=True),
    short("dtpt", "16675", "ТПА-1", {STATE: 12}, -145, 90, 12, core=True),
    short("dtpt", "18460", "ЖП-1", {STATE: 12, EMPLOYER: 4}, -300, 90, 14, form=StudyForm.WEEKEND),
    short("dtk", "ДПО-01", "КС-4", {PAID: 6, EMPLOYER: 6}, -184, 14, 10, form=StudyForm.MIXED, opens=-12, closes=-3, core=True),
    short("dtk", "ДПО-02", "КК-1", {STATE: 8, PAID: 4}, -140, 90, 10, form=StudyForm.EVENING)._replace(attested=-2),
    # Running
    Group("dtk", "15.01.38", "ОН-{year}", {STATE: 22, TARGET: 3}, -364, LONG, 25),
    Group("dtk", "13.01.10", "ЭМ-{year}", {STATE: 20, PAID: 5}, -364, LONG, 22),
    Group("dtk", "15.02.16", "ТМ-{year}", {STATE: 25}, -364, LONGER, 25),
    Group("dtk", "15.02.18", "РП-{year}", {STATE: 20, PAID: 5}, -364, LONGER, 23, ages=OLDER, base=EntryBase.UPPER),
    Group("dtpt", "13.01.10", "ЭР-{year}", {STATE: 20}, -364, LONG, 20),
    Group("dtpt", "15.02.17", "МО-{year}", {STATE: 25}, -364, LONGER, 21),
    Group("dmtt", "09.02.11", "ПО-{year}", {STATE: 20, PAID: 10}, -364, LONGER, 29),
    Group("uac", "15.02.18", "РУ-{year}", {STATE: 25}, -364, LONGER, 22),
    Group("dtk", "15.01.38", "ОН-{year}", {STATE: 22, TARGET: 3}, -80, LONG, 22, base=EntryBase.ANY, ages=MIXED, core=True),
    Group("dtpt", "15.01.05", "СД-{year}", {STATE: 20}, -80, LONG, 18, base=EntryBase.ANY, ages=MIXED, core=True),
    Group("dtk", "13.01.10", "ЭМ-{year}", {STATE: 20, PAID: 5}, -80, LONG, 16, base=EntryBase.ANY, ages=MIXED, core=True),
    Group("dtk", "27.02.07", "УК-{year}", {STATE: 20, PAID: 5}, -80, 1030, 21),
    Group("dmtt", "13.02.13", "ЭО-{year}", {STATE: 25}, -80, LONGER, 24),
    Group("uac", "09.02.11", "ПУ-{year}", {STATE: 20, PAID: 10}, -80, LONGER, 28, ages=OLDER, base=EntryBase.UPPER),
    short("dtpt", "16675", "ТПА-2", {STATE: 12}, -24, 90, 12),
    # To come
    Group("dtk", "15.01.05", "СВ-{year}", {STATE: 20, TARGET: 3, PAID: 2}, 40, 650, 31, core=True),
    Group("dtk", "15.01.38", "ОН-{year}", {STATE: 20, TARGET: 5}, 40, 650, 12, core=True),
    Group("dtk", "15.02.16", "ТМ-{year}", {STATE: 25}, 45, LONGER, 9, core=True),
    Group("dtk", "15.02.18", "РП-{year}", {STATE: 20, PAID: 5}, 45, LONGER, 6, ages=OLDER, base=EntryBase.UPPER, core=True),
    Group("dtpt", "23.01.17", "АВ-{year}", {STATE: 25}, 45, 650, 7, opens=-55, core=True),
    Group("dmtt", "09.02.11", "ПО-{year}", {STATE: 20, PAID: 10}, 45, LONGER, 8, opens=-55, core=True),
    Group("uac", "15.02.16", "ТУ-{year}", {STATE: 25}, 45, LONGER, 5, opens=-55, core=True),
    Group("uac", "09.02.11", "ПУ-{year}", {STATE: 15, PAID: 5}, 42, LONGER, 27, ages=OLDER, base=EntryBase.UPPER, opens=-95),
    short("dtk", "16045", "ЧПУ-В-3", {STATE: 8, EMPLOYER: 9}, 6, 120, 11, opens=-36, closes=-9, core=True),
    short("dtpt", "18460", "ЖП-2", {STATE: 12, EMPLOYER: 6}, 42, 90, 0, form=StudyForm.WEEKEND, opens=-30, closes=-7, core=True),
    Group("dmtt", "15.02.17", "МО-{year}", {STATE: 25}, 75, LONGER, 0),
    short("dtk", "ДПО-01", "КС-5", {PAID: 10}, -5, 14, 3, form=StudyForm.MIXED, opens=-35, closes=-5, core=True)._replace(cancelled=True),
]


def groups(size: Size) -> list[Group]:
    """The groups of the region in that size."""
    return [group for group in GROUPS if group.core or size is Size.FULL]
