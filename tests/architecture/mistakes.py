"""A form with mistakes as a screen reader has it: what is wrong stands at its field, and in a summary that leads there."""

from html.parser import HTMLParser

CONTROLS = {"input", "select", "textarea", "fieldset"}


class Answered(HTMLParser):
    """The parts of a page that tell of mistakes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.summary: dict[str, str] | None = None
        """The summary's attributes; None where there is none."""
        self.leads: list[str] = []
        """Where its links lead."""
        self.controls: dict[str, dict[str, str]] = {}
        self.errors: list[str] = []
        self.ids: set[str] = set()
        self.inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element."""
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        self.ids.add(given.get("id", ""))
        if "error-summary" in classes:
            self.summary, self.inside = given, True
        if tag == "a" and self.inside:
            self.leads.append(given.get("href", "").removeprefix("#"))
        if "form-error" in classes:
            self.errors.append(given.get("id", ""))
        if tag in CONTROLS and given.get("type") not in ("hidden", "submit"):
            self.controls[given.get("id") or f"unnamed {len(self.controls)}"] = given | {"tag": tag}

    def handle_endtag(self, tag: str) -> None:
        """The end of one."""
        self.inside = self.inside and tag != "ul"

    def faults(self) -> list[str]:
        """What somebody who cannot see the page would miss."""
        if self.summary is None:
            return ["comes back without a summary of what is wrong"]
        found = [] if self.summary.get("role") == "alert" else ["the summary is no alert"]
        found += [] if self.summary.get("tabindex") == "-1" else ["the summary cannot take the focus"]
        found += [] if self.summary.get("aria-labelledby") in self.ids else ["the summary has no name"]
        found += [f"the summary leads to “{lead}”, which is no field" for lead in self.leads if lead not in self.controls]
        described = {part: name for name, control in self.controls.items() for part in control.get("aria-describedby", "").split()}
        for error in self.errors:
            name = described.get(error)
            if name is None:
                found.append(f"the error “{error}” is tied to no field")
                continue
            if name not in self.leads:
                found.append(f"the summary does not lead to “{name}”")
            if self.controls[name].get("aria-invalid") != "true" and self.controls[name]["tag"] != "fieldset":
                found.append(f"“{name}” does not say that it is invalid")
        for name, control in self.controls.items():
            found += [
                f"“{name}” is described by “{part}”, which is not there"
                for part in control.get("aria-describedby", "").split()
                if part not in self.ids
            ]
            if control.get("aria-invalid") == "true" and not set(self.errors) & set(control.get("aria-describedby", "").split()):
                found.append(f"“{name}” is invalid and does not say why")
        return found
