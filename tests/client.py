"""A browser for tests: keeps cookies, fills forms, and refuses pages that are not sound HTML."""

import re
import secrets
from collections import Counter
from typing import Any

from flask import Flask
from lxml import html
from werkzeug.test import TestResponse

from tests.factories import session_token

PARSER = html.HTMLParser(encoding="utf-8")
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}


class Page:
    """A parsed page."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.location = response.location
        kind = response.mimetype or ""
        readable = kind.startswith("text/") or "json" in kind
        self.text = response.get_data(as_text=True) if readable else ""
        self.content = response.get_data()
        response.close()
        marked_up = kind == "text/html" and self.text.strip()
        self.root: Any = html.document_fromstring(self.text.encode(), parser=PARSER) if marked_up else None
        if self.root is not None and self.status not in (301, 302, 303, 304, 308) and self.root.find(".//body/*") is not None:
            self.check()

    def all(self, tag: str) -> list[Any]:
        """The elements of a tag."""
        return list(self.root.iter(tag)) if self.root is not None else []

    @property
    def words(self) -> str:
        """The visible text with single blanks."""
        body = self.root.find(".//body") if self.root is not None else None
        return " ".join(" ".join(body.itertext()).split()) if body is not None else self.text

    def check(self) -> None:
        """One h1, unique ids, labelled fields, errors tied to their fields, no inline code."""
        partial = self.response.request.headers.get("HX-Request")
        headings = self.all("h1")
        assert partial or len(headings) == 1, f"{len(headings)} h1 on {self.response.request.path}"
        ids = Counter(element.get("id") for element in self.root.iter() if isinstance(element.tag, str) and element.get("id"))
        assert not [one for one, count in ids.items() if count > 1], f"ids used twice: {[one for one, count in ids.items() if count > 1]}"
        labels = {label.get("for") for label in self.all("label")}
        wrapped = {field for label in self.all("label") for field in label.iter("input", "select", "textarea")}
        for field in [*self.all("input"), *self.all("select"), *self.all("textarea")]:
            if field.get("type") not in UNLABELLED:
                named = field.get("id") in labels or field in wrapped or field.get("aria-label") or field.get("aria-labelledby")
                assert named, f"a field without a label: {field.attrib}"
            for described in (field.get("aria-describedby") or "").split():
                assert described in ids, f"aria-describedby names {described}, which is not there"
        errors = {one for one in ids if one.endswith("-error")}
        described = {
            one for element in self.root.iter() if isinstance(element.tag, str) for one in (element.get("aria-describedby") or "").split()
        }
        assert errors <= described, f"errors tied to no field: {errors - described}"
        for element in self.root.iter():
            if isinstance(element.tag, str):
                inline = [name for name in element.attrib if name == "style" or name.startswith("on")]
                assert not inline, f"inline code: {element.tag} {inline}"

    def form(self, number: int = 0, *, action: str | None = None) -> dict[str, str]:
        """The values that a form of the page would send; by its place, or by a part of its action."""
        forms = [form for form in self.all("form") if (form.get("method") or "").lower() == "post"]
        if action is not None:
            forms = [form for form in forms if action in (form.get("action") or "")]
        else:
            main = self.root.find(".//main")
            inner = set(main.iter("form")) if main is not None else set()
            forms = [form for form in forms if form in inner] or forms
        return fields_of(forms[number])


def fields_of(form: Any) -> dict[str, str]:
    """What a form would send as it stands."""
    values: dict[str, str] = {}
    for field in form.iter("input"):
        if field.get("name") and (field.get("type") not in ("checkbox", "radio") or "checked" in field.attrib):
            values[field.get("name")] = field.get("value") or ("y" if field.get("type") == "checkbox" else "")
    for field in form.iter("textarea"):
        if field.get("name"):
            values[field.get("name")] = "".join(field.itertext()).removeprefix("\n")
    for field in form.iter("select"):
        chosen = [option for option in field.iter("option") if "selected" in option.attrib] or list(field.iter("option"))[:1]
        if field.get("name") and chosen:
            values[field.get("name")] = chosen[0].get("value") or ""
    return values


class Browser:
    """Keeps cookies between pages, as a person's browser does."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()

    def get(self, url: str, **options: Any) -> Page:
        """Visits a page."""
        with self.app.app_context():  # every request has a context, and so a database session, of its own
            return Page(self.client.get(url, **options))

    def post(self, url: str, values: dict[str, Any] | None = None, **options: Any) -> Page:
        """Sends values as they are."""
        with self.app.app_context():
            return Page(self.client.post(url, data=values or {}, **options))

    def submit(self, url: str, *, form: int = 0, follow: bool = False, page: str | None = None, **values: Any) -> Page:
        """Opens a page (`page`, or the url itself), fills its form in, and sends it to `url`."""
        shown = self.get(page or url)
        assert shown.status == 200, f"{page or url} answers {shown.status}"
        filled = shown.form(form) | {name: value for name, value in values.items() if value is not None}
        sent = self.post(url, filled)
        return self.get(sent.location) if follow and sent.location else sent

    def press(self, url: str, *, page: str) -> Page:
        """Presses the button on `page` whose form leads to `url`."""
        return self.post(url, self.get(page).form(action=url))

    def token(self, page: str = "/sign-in") -> dict[str, str]:
        """A form token and a fresh key, for requests made by hand."""
        found = re.search(r'name="?csrf_token"? [^>]*value="([^"]+)"', self.get(page).text)
        assert found, "no form token on that page"
        return {"csrf_token": found[1], "receipt_key": secrets.token_urlsafe(12)}

    def sign_in(self, account: Any) -> "Browser":
        """Signs in as an account, by a session of the database."""
        return self.come_back(session_token(account))

    def come_back(self, token: str) -> "Browser":
        """Goes on with a session of the database."""
        with self.client.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True
        return self
