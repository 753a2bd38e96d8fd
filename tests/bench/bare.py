"""The floor of an enrolment: page, form and result by the same libraries, with nothing of ours around them.

Flask-Login knows the reader by the same session, Flask-WTF checks the same token, SQLAlchemy Core asks what must be asked and writes the
seat, the enrolment and an event in one transaction, and Jinja prints pages of the same size. There is no policy, no receipt, no audit
of more than that event, no notice, no disclosure, no shell, no translation.
"""

from typing import Any

from flask import Flask, abort, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_required
from flask_wtf import FlaskForm
from jinja2 import Environment
from sqlalchemy import Engine, bindparam, func, select, text
from wtforms import RadioField

from training.accounts.queries import SIGNED_IN, digest
from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments.models import Enrolment
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.kernel import clock
from training.kernel.db.engine import WRITING, writers_queue
from training.kernel.db.types import Moment
from training.organisations.models import Organisation
from training.trainees.profiles.models import Trainee

AT = bindparam("at", type_=Moment())
SEAT = text("UPDATE seat_pool SET held = held + 1 WHERE cohort_id = :cohort AND held < seats")
ENROL = text(
    "INSERT INTO enrolment (school_id, cohort_id, trainee_id, pool_id, applied_at, state, version)"
    " SELECT cohort.school_id, cohort.id, :trainee, CASE WHEN :seated = 1 THEN seat_pool.id END, :at, :state, 1"
    " FROM cohort JOIN seat_pool ON seat_pool.cohort_id = cohort.id WHERE cohort.id = :cohort"
).bindparams(AT)
TELL = text(
    "INSERT INTO event (at, name, subject_kind, subject_id, acting, facts) VALUES (:at, 'enrolment.applied', 'cohort', :cohort, 'learner', '{}')"
).bindparams(AT)
"""An enrolment with nothing around it: the seat if there is one, the place in the queue, the event."""

_LINE = (Cohort.id, Cohort.code, Cohort.starts_on, Cohort.ends_on, Programme.title, Organisation.town, Organisation.native_name)
_COHORT = (
    select(*_LINE, func.sum(SeatPool.seats - SeatPool.held))
    .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.version_id)
    .join(Programme, Programme.id == ProgrammeVersion.programme_id)
    .join(Organisation, Organisation.id == Programme.school_id)
    .join(SeatPool, SeatPool.cohort_id == Cohort.id)
    .where(Cohort.id == bindparam("cohort"))
    .group_by(*_LINE)
)
_OWN = (
    select(Enrolment.state, Enrolment.applied_at)
    .join(Trainee, Trainee.id == Enrolment.trainee_id)
    .where(Enrolment.cohort_id == bindparam("cohort"), Trainee.account_id == bindparam("account"))
)
_TRAINEE = select(Trainee.id).where(Trainee.account_id == bindparam("account"))

SIZES = {"apply": 11_900, "own": 14_100}
"""Bytes of the two pages in the product."""
FILLER = '<p class="meta text-nowrap"><span class="badge">text</span></p>\n'
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Floor</title></head><body>{{ name }}
{% for cell in cells %}<dd>{{ cell }}</dd>{% endfor %}{% for row in own %}<p>{{ row.state }} {{ row.applied_at }}</p>{% endfor %}
{% if form %}<form method="post">{{ form.csrf_token }}{{ form.funding }}<button>Apply</button></form>{% endif %}filler</body></html>"""


class Reader(UserMixin):
    """Who is signed in."""

    def __init__(self, key: int, name: str) -> None:
        """By the account."""
        self.id, self.name = key, name


class Apply(FlaskForm):
    """The form: who pays for the seat."""

    funding = RadioField(choices=[(one.value, str(one.value)) for one in Funding])


def add(app: Flask, engine: Engine, secret: str) -> None:
    """The three steps under the product's own addresses, for the product's own cookies."""
    app.secret_key, app.config["SESSION_COOKIE_NAME"] = secret, "cadre"
    login = LoginManager(app)
    login.session_protection = None
    jinja = Environment(autoescape=True)
    pages = {name: jinja.from_string(PAGE.replace("filler", FILLER * ((size - 500) // len(FILLER)))) for name, size in SIZES.items()}

    @login.user_loader
    def load(token: str) -> Reader | None:
        with engine.connect() as connection:
            found = connection.execute(SIGNED_IN, {"token": digest(token), "now": clock.now()}).one_or_none()
        return Reader(found[0], found[1]) if found else None

    def shown(name: str, cohort: int, **more: Any) -> str:
        asked = {"cohort": cohort, "account": current_user.id}
        with engine.connect() as connection:
            cells = connection.execute(_COHORT, asked).one_or_none() or abort(404)
            own = connection.execute(_OWN, asked).all()
        return pages[name].render(name=current_user.name, cells=cells, own=own, **more)

    @app.route("/me/cohorts/<int:cohort>/apply", methods=["GET", "POST"])
    @login_required
    def apply(cohort: int) -> ResponseReturnValue:
        form = Apply()
        if not form.validate_on_submit():
            return shown("apply", cohort, form=form)
        with writers_queue(engine), engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            trainee = connection.execute(_TRAINEE, {"account": current_user.id}).scalar_one()
            given = {"cohort": cohort, "trainee": trainee, "at": clock.now()}
            seated = connection.execute(SEAT, given).rowcount
            connection.execute(ENROL, given | {"state": "enrolled" if seated else "waitlisted", "seated": seated})
            connection.execute(TELL, given)
        return redirect(url_for("own", cohort=cohort))

    @app.get("/me/study/<int:cohort>")
    @login_required
    def own(cohort: int) -> str:
        return shown("own", cohort)
