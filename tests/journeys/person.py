"""Somebody in front of a browser: their own window, language and width; presses, fills in, reads, and looks around."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response

from tests.journeys import inspection, layout, words
from tests.journeys.site import Letter, Site

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
LOCALES = {"en": "en-GB", "ru": "ru-RU"}
LOOKS: Counter[tuple[str, bool]] = Counter()
"""Pages looked at by language and device: every other one is dark when axe-core looks at it."""
MEASURED: set[tuple[str, str, bool]] = set()
"""Pages whose lie was measured: by address without numbers and queries, language, and device."""
EXPECTED = re.compile(r"status of 4(00|03|04|09|22|29)")


class Person:
    """One person with a browser of their own."""

    def __init__(
        self, browser: Browser, site: Site, shots: Callable[[str], Path], *, language: str, phone: bool, scripts: bool, sharp: bool
    ) -> None:
        self.site = site
        self.shots = shots
        self.language = language
        self.phone = phone
        self.scripts = scripts
        self.context = browser.new_context(
            base_url=site.url,
            viewport=PHONE if phone else DESKTOP,  # type: ignore[arg-type]  # two numbers
            has_touch=phone,
            is_mobile=phone,
            device_scale_factor=2 if sharp else 1,
            locale=LOCALES[language],
            timezone_id="Europe/Samara",
            java_script_enabled=scripts,
            reduced_motion="reduce",
            accept_downloads=True,
        )
        self.context.set_default_timeout(20_000)
        self.page: Page = self.context.new_page()
        self.noise: list[str] = []
        self.faults: list[str] = []
        """What was wrong with the pages looked at; a journey goes on and names them all at its end."""
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.noise.append(f"script error: {error}"))
        self.page.on("response", self._answered)
        self.go(f"/language/{language}")

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not (EXPECTED.search(message.text) and message.location.get("url") == self.page.url):
            self.noise.append(f"console: {message.text} ({message.location.get('url')})")

    def _answered(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and not response.request.is_navigation_request()):
            self.noise.append(f"{response.status} from {response.url}")

    # Going about

    def go(self, address: str) -> "Person":
        """Opens an address, of the site or whole."""
        self.page.goto(address, wait_until="load")
        return self

    def become(self, persona: str) -> "Person":
        """Signs in at one click as one of the demonstration's people."""
        self.go("/sign-in")
        with self.page.expect_navigation(wait_until="load"):
            self.page.locator(f"form[action*='/sign-in/as/{persona}'] button").click()
        return self

    def sign_in(self, name: str, password: str) -> "Person":
        """Signs in with a name and a password."""
        self.go("/sign-in")
        return self.fill(way_in=name, password=password).press("Sign in")

    def open_letter(self, address: str, about: str = "") -> Letter:
        """Opens the newest unread letter to an address, and the link in it."""
        letter = self.site.letter(address, about)
        self.go(letter.link)
        return letter

    def shown(self, text: str) -> str:
        """A text of the product as this person sees it, as a pattern."""
        return words.shown(text, self.language).pattern

    def find(self, text: str, *, role: str | None = None, within: str = "main") -> Locator:
        """A button or link by its words (in English; found in the person's language), the first one that shows."""
        pattern = re.compile(rf"^\s*(?:{words.shown(text, self.language).pattern})")
        place = self.page.locator(within)
        if role is not None:
            return place.get_by_role(role, name=pattern).first  # type: ignore[arg-type]  # a role's name
        return place.get_by_role("button", name=pattern).or_(place.get_by_role("link", name=pattern)).first

    def press(self, text: str, *, within: str = "main") -> "Person":
        """Presses a button or a link and waits for the next page."""
        with self.page.expect_navigation(wait_until="load"):
            self.find(text, within=within).click()
        return self

    def unfold(self, text: str) -> "Person":
        """Opens what a button says before it acts."""
        self.page.locator("main summary").filter(has_text=words.shown(text, self.language)).click()
        return self

    def follow(self, words_on_it: str, *, within: str = "main") -> "Person":
        """Follows a link by somebody's own words: a name, a title, a number."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.locator(within).get_by_role("link", name=words_on_it).first.click()
        return self

    def take_up(self, task: str, about: str) -> "Person":
        """Goes home and opens what waits there, by what is asked and whom or what it is about."""
        self.go("/account/home")
        waiting = self.page.locator("li.task", has_text=words.shown(task, self.language)).filter(has_text=about)
        with self.page.expect_navigation(wait_until="load"):
            waiting.first.get_by_role("link").first.click()
        return self

    # Filling in

    def control(self, name: str) -> Locator:
        """A field of the form by its name; it must have a label that people see."""
        found = self.page.locator(f"main [name='{name}']:not([type=hidden])").first
        found.wait_for(state="attached")
        if self.scripts:
            label = found.evaluate("(one) => one.labels?.[0]?.innerText ?? one.getAttribute('aria-label') ?? ''")
            assert label.strip(), f"The field {name} has no label on {self.page.url}"
        return found

    def fill(self, **values: Any) -> "Person":
        """Fills fields in: text is typed, choices are chosen, boxes are ticked, in the order they are given."""
        for name, value in values.items():
            field = self.control(name)
            kind = field.evaluate("(one) => one.localName === 'select' ? 'select' : one.type")
            if kind == "select":
                field.select_option(**value) if isinstance(value, dict) else field.select_option(str(value))
            elif kind in {"checkbox", "radio"}:
                self.tick(name, value)
            elif kind == "file":
                field.set_input_files(value)
            else:
                field.fill(str(value))
        return self

    def tick(self, name: str, value: object) -> None:
        """Ticks a box, or chooses one of several by its value."""
        boxes = self.page.locator(f"main [name='{name}']")
        box = boxes.first if value is True else self.page.locator(f"main [name='{name}'][value='{value}']")
        box.check()

    # Reading

    def sees(self, text: str) -> "Person":
        """A text of the product stands on the page, in the person's language."""
        self.page.locator("body").get_by_text(words.shown(text, self.language)).first.wait_for()
        return self

    def reads(self, text: str | re.Pattern[str]) -> "Person":
        """Somebody's own words stand on the page."""
        self.page.locator("body").get_by_text(text).first.wait_for()
        return self

    def error_of(self, name: str) -> str:
        """What is wrong with a field, by the element that describes it."""
        described = self.page.locator(f"main [name='{name}']").first.get_attribute("aria-describedby") or ""
        texts = [self.page.locator(f"[id='{part}']").inner_text() for part in described.split() if part.endswith("-error")]
        assert texts, f"The field {name} has no error on {self.page.url}"
        return " ".join(texts)

    def last_of_address(self) -> str:
        """The last part of the page's address."""
        return self.page.url.split("?")[0].rstrip("/").rpartition("/")[2]

    # Looking around

    def look(self, name: str) -> "Person":
        """Keeps a picture of the page and checks everything that is checked on every page."""
        self.page.wait_for_load_state("load")
        path = self.shots(name)
        found = list(self.noise)
        with inspection.unrolled(self.page):
            self.page.screenshot(path=path, full_page=True, animations="disabled")
            if self.scripts:
                with inspection.looking(self.page, self._theme()):
                    found += inspection.violations(self.page)
        found += [*self._language(), *inspection.faults(self.page)]
        page = re.sub(r"\d+", "", self.page.url.split("?")[0].partition("//")[2]), self.language, self.phone
        if page not in MEASURED or self.page.locator(".error-summary").count():
            MEASURED.add(page)
            found += layout.faults(self.page)
        self.faults += [f"{path.name}, {self.page.url}\n  {one}" for one in found]
        self.noise.clear()
        return self

    def _theme(self) -> str:
        place = LOOKS[self.language, self.phone]
        LOOKS[self.language, self.phone] += 1
        return inspection.THEMES[place % len(inspection.THEMES)]

    def _language(self) -> list[str]:
        said = self.page.locator("html").get_attribute("lang")
        wrong = [] if said == self.language else [f"the page says that it is in {said}, not in {self.language}"]
        if self.language == "ru":
            first = self.page.locator("a.skip").inner_text()
            wrong += [] if words.is_russian(first) else [f"the page begins with “{first}”"]
            wrong += [f"not in Russian: “{text}”" for text in words.untranslated(self.page.evaluate(inspection.TEXTS))]
        return wrong

    def picture(self, path: Path) -> None:
        """Keeps a picture of what fits the window, for people who would rather see it first."""
        self.page.screenshot(path=path, animations="disabled")


def wait_for(one: Person, text: str) -> None:
    """Loads the page again until a button made by background work is there."""
    for _try in range(20):
        if one.find(text).count():
            return
        one.page.wait_for_timeout(500)
        one.page.reload()
    raise AssertionError(f"“{text}” did not come to {one.page.url}")
