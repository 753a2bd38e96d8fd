"""The floors, as a second web application under the same settings: hello, a page's bare SQL, its Core page, and a bare enrolment.

The Core page of a page executes the same statements through SQLAlchemy Core and prints their rows by a Jinja template of the same
size: no sign-in, no form token, no actor, no shell, no translations.
"""

import json
import os
from collections.abc import Sequence

from flask import Flask
from jinja2 import Environment, Template
from sqlalchemy import Engine, create_engine

from tests.bench import bare
from tests.bench.recording import Question, Recorder
from training.app import create_app
from training.kernel import clock
from training.kernel.config import Config, engine_options
from training.kernel.db import db
from training.kernel.db.engine import WRITING, listen, writers_queue

PAGES = "CADRE_BENCH_PAGES"
"""The variable that lists the pages to imitate, as JSON pairs of path and cookie."""
CELLS = 8
"""Values of a row that a Core page prints."""
FILLER = '<td class="meta text-nowrap"><span class="badge">text</span></td>\n'
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Floor</title></head><body>{head}<table>
{{% for answer in answers %}}{{% for row in answer %}}<tr>{{% for cell in row[:cells] %}}<td>{{{{ cell }}}}</td>{{% endfor %}}{each}</tr>
{{% endfor %}}{{% endfor %}}</table></body></html>"""


def create() -> Flask:
    """`/hello`, `/enrol`, the steps of a bare enrolment, and for the pages that the environment lists `/sql/<number>` and `/core/<number>`."""
    real = create_app()
    config: Config = real.config["CADRE"]
    pages = [Recorder(real).see(path, cookie) for path, cookie in json.loads(os.environ[PAGES])]
    with real.app_context():
        db.engine.dispose()
    engine = create_engine(config.database, **engine_options(config.database))
    listen(engine)
    templates = [fitted(engine, page.own, len(page.body)) for page in pages]
    engine.dispose()  # every process opens its own connections
    app = Flask(__name__)
    bare.add(app, engine, str(real.secret_key))

    @app.get("/hello")
    def hello() -> str:
        return "Hello"

    @app.get("/sql/<int:number>")
    def sql(number: int) -> str:
        count = 0
        with engine.connect() as connection:
            cursor = connection.connection.cursor()
            for question in pages[number].own:
                cursor.execute(question.sql, question.parameters)
                count += len(cursor.fetchall())
        return str(count)

    @app.post("/enrol/<int:cohort>/<int:trainee>")
    def enrol(cohort: int, trainee: int) -> str:
        with writers_queue(engine), engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            given = {"cohort": cohort, "trainee": trainee, "at": clock.now()}
            seated = connection.execute(bare.SEAT, given).rowcount
            connection.execute(bare.ENROL, given | {"state": "enrolled" if seated else "waitlisted", "seated": seated})
            connection.execute(bare.TELL, given)
        return str(seated)

    @app.get("/core/<int:number>")
    def core(number: int) -> str:
        return templates[number].render(answers=answers(engine, pages[number].own), cells=CELLS)

    return app


def answers(engine: Engine, questions: Sequence[Question]) -> list[Sequence[object]]:
    """The rows of all statements, in one reading transaction."""
    with engine.connect() as connection:
        return [connection.execute(question.element, question.given).all() for question in questions]


def fitted(engine: Engine, questions: Sequence[Question], size: int) -> Template:
    """The template whose page is about `size` bytes: what the rows do not fill is markup, half of it around each row."""
    shown = answers(engine, questions)
    environment = Environment(autoescape=True)
    bare = len(environment.from_string(PAGE.format(head="", each="")).render(answers=shown, cells=CELLS).encode())
    rows = max(1, sum(map(len, shown)))
    lines = max(0, size - bare) // len(FILLER)
    each = lines // 2 // rows
    return environment.from_string(PAGE.format(head=FILLER * (lines - each * rows), each=FILLER * each))
