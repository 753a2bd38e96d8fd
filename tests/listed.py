"""Reading lists as their readers do: the rows of a page, and the file that is taken of it."""

import csv
import io

from tests.client import Browser, Page


def heads(page: Page) -> list[str]:
    """What stands at the head of each row, in the order of the page."""
    return [" ".join("".join(cell.itertext()).split()) for cell in page.all("th") if cell.get("scope") == "row"]


def file_of(browser: Browser, address: str) -> list[list[str]]:
    """The text table that the list's own menu gives, its headings first."""
    sent = browser.post(
        f"/{'/'.join(address.split('/')[1:3])}/exports/new", browser.get(address).form(action="/exports/new") | {"as": "csv"}
    )
    return list(csv.reader(io.StringIO(browser.get(sent.location).content.decode("utf-8-sig"), newline="")))
