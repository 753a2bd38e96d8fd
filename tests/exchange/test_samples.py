"""Every list that can be imported has a sample, made from its importer's own words, and the sample comes in."""

import pytest

from tests.courses.factories import make_occupation
from tests.factories import actor_of, make_school
from training.accounts.models import Account
from training.exchange import checking, services
from training.exchange.importers import usable_by
from training.exchange.workflow import State
from training.kernel.db import db
from training.kernel.policy import Role


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_each_sample_is_linked_and_comes_in_whole(app, client, form, language):
    school = make_school()
    manager = actor_of(school, Role.MANAGER)
    make_occupation(title_en="welder")
    client.sign_in(db.session.get_one(Account, manager.account_id))
    upload = client.get(f"/o/{school.slug}/imports/new?lang={language}").text

    for kind in usable_by(manager):
        path = f"/o/{school.slug}/imports/samples/{kind}?as={form}"
        assert path.replace("&", "&amp;") in upload
        response = client.client.get(path, headers={"Accept-Language": language})
        batch = services.upload(manager, response.get_data(), name=f"sample.{form}", kind=kind)
        response.close()
        checking.check(batch.id)
        assert (kind, batch.state, batch.staged, batch.ready) == (kind, State.CHECKED, 1, 1)
        services.confirm(manager, batch)
        checking.apply(batch.id)
        assert (batch.state, batch.applied) == (State.DONE, 1)
