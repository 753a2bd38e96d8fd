"""The README's pictures, taken where the main job has ended and the region is full of life."""

from datetime import timedelta
from pathlib import Path

from tests.journeys.arriving import home
from tests.journeys.cast import Cast
from tests.journeys.site import today

FULL_COHORT = f"СВ-{(today() + timedelta(days=40)).year % 100}"
"""Its people begin in some six weeks."""
BUSY_VACANCY = "Оператор станков с ЧПУ"
LARGEST = 300_000
"""Bytes that a picture may have."""


def take(cast: Cast, album: Path | None) -> None:
    """Eight pictures into the folder that was asked for; nothing where none was."""
    if album is None:
        return
    visitor = cast.come(language="en")
    visitor.go("/").picture(album / "landing.png")
    visitor.go("/programmes").picture(album / "catalogue.png")
    visitor.go(cast.places["credential"]).picture(album / "credential.png")

    manager = cast.come(language="en").become("school-manager")
    manager.picture(album / "home.png")
    manager.go(f"{home(manager.page.url)}cohorts?q={FULL_COHORT}").follow(FULL_COHORT).picture(album / "cohort.png")
    manager.go(cast.places["agreement"]).picture(album / "agreement.png")

    recruiter = cast.come(language="en").become("employer-recruiter")
    recruiter.go(f"{home(recruiter.page.url)}vacancies").follow(BUSY_VACANCY).picture(album / "board.png")

    trainee = cast.come(language="en", phone=True, sharp=True).become("trainee")
    trainee.go("/me/placements").press("Write the logbook")
    trainee.fill(hours="6.5", task="Set the press for the bracket, checked 40 parts with a gauge.")
    trainee.page.locator("main [name=task]").blur()
    trainee.picture(album / "logbook.png")

    for one in sorted(album.glob("*.png")):
        assert one.stat().st_size < LARGEST, f"{one.name} has {one.stat().st_size} bytes"
