"""What a page asks the database, seen once from inside; its own questions are told from those of the gate and the shell."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from flask import Flask
from sqlalchemy import event
from sqlalchemy.sql import ClauseElement

from training import gate, shell
from training.kernel.db import db


@dataclass
class Question:
    """One statement of a page: as SQLAlchemy's element with its parameters, and as the driver gets it."""

    element: Any
    given: Any
    sql: str = ""
    parameters: Any = ()


@dataclass
class Seen:
    """A page as it was answered once: its status and body, how many statements it took, and those that are its own."""

    status: int = 0
    body: bytes = b""
    statements: int = 0
    own: list[Question] = field(default_factory=list)


class Recorder:
    """Visits pages of an application and listens to its engine meanwhile."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.seen = Seen()
        self.inside = False

    def see(self, path: str, cookie: str = "") -> Seen:
        """Visits the page twice and notes the second visit, when what is kept between requests is there."""
        self.seen = Seen()
        headers = {"Cookie": cookie} if cookie else {}
        client = self.app.test_client(use_cookies=False)
        client.get(path, headers=headers)
        with self.app.app_context():
            engine = db.engine
        with ExitStack() as stack:
            stack.enter_context(patch.object(gate, "visit", self._switched(gate.visit, to=True)))
            stack.enter_context(patch.object(shell, "around", self._switched(shell.around, to=False)))
            for name, listener in (("before_execute", self._note), ("before_cursor_execute", self._complete)):
                event.listen(engine, name, listener)
                stack.callback(event.remove, engine, name, listener)
            answer = client.get(path, headers=headers)
        self.seen.status, self.seen.body = answer.status_code, answer.data
        return self.seen

    def _switched(self, function: Callable[..., Any], *, to: bool) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            before, self.inside = self.inside, to
            try:
                return function(*args, **kwargs)
            finally:
                self.inside = before

        return run

    def _note(self, connection: Any, element: Any, several: Any, one: Any, options: Any) -> None:
        if isinstance(element, ClauseElement):
            self.seen.statements += 1
            if self.inside:
                self.seen.own.append(Question(element, several or one or None))

    def _complete(self, connection: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
        if self.inside and self.seen.own and not self.seen.own[-1].sql and context.invoked_statement is self.seen.own[-1].element:
            self.seen.own[-1].sql, self.seen.own[-1].parameters = statement, parameters
