"""The page registry: each page says its doors, its subject and its rule; the gate does the rest."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from flask import Blueprint, current_app
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.routing import BaseConverter, IntegerConverter, Map, UnicodeConverter, ValidationError

from training.kernel.policy import Actor

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class Door(Enum):
    """How a page is come to: the beginning of its address, which also says who acts."""

    MEMBER = "/o/<organisation>"
    LEARNER = "/me"
    BEARER = "/l/<link>"
    ACCOUNT = "/account"
    PUBLIC = ""


class Number(IntegerConverter):
    """A record's key in an address; one that no database could hold is an address that is not there."""

    regex = r"\d{1,10}"

    def __init__(self, url_map: Map, **given: Any) -> None:
        """Up to the highest key there can be."""
        super().__init__(url_map, max=2**31 - 1, **given)


class Name(UnicodeConverter):
    """A name in an address; one with a NUL, which PostgreSQL does not even compare, is an address that is not there."""

    def to_python(self, value: str) -> str:
        """The name as it is."""
        if "\0" in value:
            raise ValidationError
        return value


CONVERTERS: dict[str, type[BaseConverter]] = {"int": Number, "default": Name, "string": Name}
"""How what stands in an address is read."""

MEMBER, LEARNER, BEARER, ACCOUNT, PUBLIC = Door.MEMBER, Door.LEARNER, Door.BEARER, Door.ACCOUNT, Door.PUBLIC


@dataclass(frozen=True)
class Page:
    """A registered page: who may come, what it is about, who may see or do it."""

    endpoint: str
    path: str
    doors: tuple[Door, ...]
    subject: Callable[..., Any] | None
    may: Callable[..., bool]
    methods: tuple[str, ...]
    view: Callable[..., ResponseReturnValue]
    cacheable: bool
    shows: Callable[[Any], Any] | None

    @property
    def writes(self) -> bool:
        """Whether the page acts when a form is sent to it."""
        return "POST" in self.methods

    @property
    def arguments(self) -> list[str]:
        """The names of what stands in the path, the door's own left aside."""
        return re.findall(r"<(?:[^:<>]+:)?(\w+)>", self.path)


class Noun(Blueprint):
    """A blueprint whose pages are registered with their doors and rule."""

    def __init__(self, name: str, import_name: str) -> None:
        """A noun (or an area) by its plural name; templates live in the one top folder."""
        super().__init__(name, import_name)

    def page(
        self,
        path: str,
        *,
        doors: Door | Sequence[Door],
        may: Callable[..., bool],
        subject: Callable[..., Any] | None = None,
        methods: Sequence[str] = ("GET",),
        cacheable: bool = False,
        shows: Callable[[Any], Any] | None = None,
    ) -> Callable[[View], View]:
        """Registers a page.

        `subject(actor, **path arguments)` gives what the page is about or raises NotFound; `may(actor, subject)` (or
        `may(actor)` without a subject) is its rule. `cacheable` public pages carry no form token and revalidate by ETag.
        `shows(subject)` is the trainee whose card the page is: a minor's is not looked at without a trace.
        """
        if not callable(may):
            raise TypeError(f"the page {path} has no rule")
        through = (doors,) if isinstance(doors, Door) else tuple(doors)

        def register(view: View) -> View:
            def setup(state: BlueprintSetupState) -> None:
                endpoint = ".".join(part for part in (state.name_prefix, state.name, view.__name__) if part)
                page = Page(endpoint, path, through, subject, may, tuple(methods), view, cacheable, shows)
                registered(state.app)[endpoint] = page

                def enter(**arguments: Any) -> ResponseReturnValue:
                    answer: ResponseReturnValue = current_app.extensions["gate"](page, arguments)
                    return answer

                for door in through:
                    state.add_url_rule(door.value + path, view.__name__, enter, methods=list(methods))

            self.record(setup)
            return view

        return register


def registered(app: Any) -> dict[str, Page]:
    """All pages of the application by endpoint."""
    pages: dict[str, Page] = app.extensions.setdefault("pages", {})
    return pages


def every() -> Iterable[Page]:
    """The pages of the running application."""
    return registered(current_app).values()


def allowed(page: Page, actor: Actor, subject: Any) -> bool:
    """What the page's rule says."""
    return page.may(actor) if page.subject is None else page.may(actor, subject)


def arguments_for(page: Page, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The path arguments that belong to the page, the door's own left aside."""
    return {name: value for name, value in arguments.items() if name in page.arguments}
