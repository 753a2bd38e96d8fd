"""What the address of a list asks for: which list, of which record, narrowed and ordered how."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import current_app, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from training.kernel.db import NotFound
from training.kernel.listings import Listing, of_endpoint
from training.kernel.lists import Wanted
from training.kernel.pages import arguments_for, registered
from training.kernel.web import inside


@dataclass(frozen=True)
class Asking:
    """A list as its address asks for it; `args` are those of the record it belongs to."""

    listing: Listing
    args: Mapping[str, Any]
    wanted: Wanted

    @property
    def url(self) -> str:
        """The address of its first page."""
        return url_for(self.listing.endpoint, **self.args, **query_of(self.wanted))


def query_of(wanted: Wanted) -> dict[str, Any]:
    """A wish as it is kept: words, filters and order, whatever the page."""
    return {name: list(value) if isinstance(value, list | tuple) else value for name, value in wanted.query(page=1).items()}


def written(query: Mapping[str, Any]) -> str:
    """A kept wish as the query string that asks for it again."""
    return urlencode(query, doseq=True)


def asking(address: str | None) -> Asking:
    """What the address of a list of ours asks for; NotFound for any other, and for one of another organisation than the present page's."""
    path = inside(address)
    if path is None or not path.startswith(request.script_root):
        raise NotFound
    parts = urlsplit(path.removeprefix(request.script_root))
    try:
        endpoint, arguments = current_app.url_map.bind("localhost").match(parts.path, method="GET")
    except HTTPException as error:
        raise NotFound from error
    listing, page = of_endpoint(str(endpoint)), registered(current_app).get(str(endpoint))
    if listing is None or page is None or arguments.get("organisation") != (request.view_args or {}).get("organisation"):
        raise NotFound
    wanted = listing.read(MultiDict(parse_qsl(parts.query, max_num_fields=200)))
    return Asking(listing, arguments_for(page, arguments), wanted)
