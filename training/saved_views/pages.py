"""A list as its page shows it: the rows, what can be chosen, what is on, the saved views and the files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import abort, current_app, g, redirect, request, url_for

from training.kernel.addresses import Asking, query_of
from training.kernel.listings import Listing
from training.kernel.lists import Slice, Wanted
from training.kernel.pages import arguments_for, registered
from training.kernel.policy import Actor
from training.kernel.web import Choice
from training.kernel.wiring import wired
from training.saved_views import policies, queries
from training.saved_views.models import SavedView

WHOLE = "all"
"""`view=all` in an address: the whole list, also for those who prefer a view of it."""


@dataclass(frozen=True)
class Facet:
    """A filter with its choices."""

    name: str
    label: str
    choices: Sequence[Choice]
    single: bool = False
    """Whether one of many is taken, from a menu."""


@dataclass(frozen=True)
class Asked:
    """A list, asked for by an actor in an address."""

    actor: Actor
    at: Asking
    subject: Any
    found: Slice[Any]
    views: Sequence[SavedView]
    given: Sequence[Facet] | None = None
    """The filters, where the page has counted them with its rows."""

    @property
    def listing(self) -> Listing:
        """Which list."""
        return self.at.listing

    @property
    def wanted(self) -> Wanted:
        """What is asked of it."""
        return self.at.wanted

    @property
    def sort(self) -> str:
        """The order it has now; empty while rank decides."""
        return self.wanted.sort or ("" if self.ranked else self.listing.first)

    @property
    def ranked(self) -> bool:
        """Whether the best match can come first."""
        return self.listing.ranked(self.wanted)

    @property
    def narrowed(self) -> bool:
        """Whether words or filters leave rows out."""
        return bool(self.wanted.words or any(self.wanted.filters.values()))

    @property
    def keep(self) -> dict[str, Any]:
        """What stays when something else is chosen: words, filters, order."""
        return query_of(self.wanted)

    def keep_but(self, *names: str) -> dict[str, Any]:
        """What stays when these are chosen anew."""
        return {name: value for name, value in self.keep.items() if name not in names}

    @property
    def address(self) -> str:
        """The address of what is shown, from its first page."""
        return self.at.url

    @property
    def all_url(self) -> str:
        """The whole list."""
        more: dict[str, Any] = {"view": WHOLE} if any(one.preferred and self.keeps(one) for one in self.views) else {}
        return url_for(self.listing.endpoint, **self.at.args, **more)

    def page_url(self, number: int) -> str:
        """The address of a page."""
        return url_for(self.listing.endpoint, **self.at.args, **self.wanted.query(page=number))

    def sort_url(self, name: str) -> str:
        """The address of the same rows in another order."""
        return url_for(self.listing.endpoint, **self.at.args, **self.keep_but("sort"), sort=name)

    def view_url(self, view: SavedView) -> str:
        """The address that a saved view stands for."""
        return url_for(self.listing.endpoint, **self.at.args, **view.query)

    @cached_property
    def sorts(self) -> list[tuple[str, str]]:
        """The orders to choose from."""
        found = []
        for one in self.listing.sorts:
            both = [(one.name, one.words(backwards=False)), (f"-{one.name}", one.words(backwards=True))]
            found += both if one.name == self.listing.first else both[::-1] if f"-{one.name}" == self.listing.first else both
        return found

    @cached_property
    def facets(self) -> Sequence[Facet]:
        """The filters, those without a choice left out."""
        return facets(self.actor, self.at, self.subject) if self.given is None else self.given

    @cached_property
    def chips(self) -> list[tuple[str, str]]:
        """What is on, each with the address without it."""
        on = [
            (f"{facet.label}: {one.label}" if facet.single else str(one.label), facet.name, one.value)
            for facet in self.facets
            for one in facet.choices
            if one.checked
        ]
        found = [(label, self._without(name, value)) for label, name, value in on]
        if self.wanted.words:
            words = url_for(self.listing.endpoint, **self.at.args, **(self.keep_but("q") or self._whole()))
            found.insert(0, (f"“{self.wanted.words}”", words))
        return found

    def _without(self, name: str, value: str) -> str:
        left = [one for one in self.wanted.chosen(name) if one != value]
        query = self.keep_but(name) | ({name: left} if left else {})
        return url_for(self.listing.endpoint, **self.at.args, **(query or self._whole()))

    def _whole(self) -> dict[str, str]:
        return {"view": WHOLE}

    @cached_property
    def current(self) -> SavedView | None:
        """The saved view that is shown."""
        return next((one for one in self.views if one.query == self.keep), None)

    def keeps(self, view: SavedView) -> bool:
        """Whether the view is the actor's own."""
        return policies.can_edit(self.actor, view)

    @property
    def can_save(self) -> bool:
        """Whether there is something to keep, and somebody to keep it for."""
        return bool(self.keep) and self.current is None and policies.can_save(self.actor)

    @property
    def can_export(self) -> bool:
        """Whether the list can be taken away as a file."""
        return bool(self.listing.columns) and policies.can_save(self.actor)

    @property
    def can_reimport(self) -> bool:
        """Whether the list can be taken away in the layout in which it is imported."""
        return self.listing.layout is not None and self.listing.layout.may(self.actor)

    @property
    def can_bundle(self) -> bool:
        """Whether it comes in, and so goes out, as a bundle of several files too."""
        layout = self.listing.layout
        return layout is not None and layout.may(self.actor) and wired().importers[layout.kind].bundled is not None


def facets(actor: Actor, at: Asking, subject: Any) -> list[Facet]:
    """The filters of a list with their choices for an actor; those without a choice are left out."""
    found = []
    for one in at.listing.filters:
        chosen = at.wanted.chosen(one.name)
        options = one.options(actor, subject)
        choices = [Choice(str(value), label, str(value) in chosen, *count) for value, label, *count in options]
        if len(choices) >= one.least or any(choice.checked for choice in choices):
            found.append(Facet(one.name, str(one.label), choices, one.single))
    return found


def told(actor: Actor, at: Asking, subject: Any) -> list[tuple[str, str]]:
    """What a list is narrowed to and how it is ordered, in words."""
    sort = at.wanted.sort or at.listing.first
    order = next(one for one in at.listing.sorts if one.name == sort.removeprefix("-"))
    on = [(facet.label, ", ".join(str(one.label) for one in facet.choices if one.checked)) for facet in facets(actor, at, subject)]
    words = [(str(at.listing.words or ""), at.wanted.words)] if at.wanted.words else []
    return [*words, *((label, values) for label, values in on if values), ("", order.words(backwards=sort.startswith("-")))]


Reading = Callable[[Wanted, Sequence[Any]], tuple[Slice[Any], Mapping[str, Sequence[Choice]]]]
"""How a page reads rows in an order and the choices of each filter by itself."""


def opened(name: str, subject: Any = None, *, read: Reading | None = None) -> Asked:
    """The list of that name as the present address asks for it; one that is opened plainly opens with the view its reader prefers.

    `read` is for a page that reads its rows and counts its filters in a way of its own.
    """
    listing: Listing = wired().lists[name]
    args = arguments_for(registered(current_app)[listing.endpoint], request.view_args or {})
    at = Asking(listing, args, listing.read(request.args))
    views = queries.of_list(g.actor, name) if policies.can_save(g.actor) else []
    if not request.args:
        preferred = next((one for one in views if one.preferred and policies.can_edit(g.actor, one)), None)
        if preferred is not None:
            abort(redirect(url_for(listing.endpoint, **args, **preferred.query)))
    if read is None:
        return Asked(g.actor, at, subject, listing.page(g.actor, at.wanted, subject), views)
    found, choices = read(at.wanted, listing.order(at.wanted.sort or listing.first))
    return Asked(g.actor, at, subject, found, views, [Facet(one.name, str(one.label), choices[one.name]) for one in listing.filters])
