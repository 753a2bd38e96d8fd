"""Configuration from the environment, or a sentence that says what to change."""

import socket

import pytest
from sqlalchemy import create_engine, text

from training import cli
from training.kernel.config import Misconfigured, from_environment
from training.kernel.db.engine import listen
from training.kernel.db.schema import upgrade

PRODUCTION = {
    "CADRE_MODE": "production",
    "CADRE_SECRET_KEY": "k" * 40,
    "CADRE_PUBLIC_URL": "https://cadre.example",
    "CADRE_SMTP": "smtp://mail.example",
}


def environ(tmp_path, **given):
    return {"CADRE_FOLDER": str(tmp_path), **given}


def test_without_any_setting_it_is_the_demonstration_on_sqlite(tmp_path):
    config = from_environment(environ(tmp_path))

    assert config.demo
    assert config.database == f"sqlite:///{tmp_path / 'cadre.sqlite3'}"
    assert from_environment(environ(tmp_path)).secret == config.secret, "the secret is made once and kept"
    assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


def test_the_whole_region_is_loaded_unless_a_small_one_is_asked_for(tmp_path):
    assert from_environment(environ(tmp_path)).region == "full"
    assert from_environment(environ(tmp_path, CADRE_DEMO="small")).region == "small"
    with pytest.raises(Misconfigured, match="it can be full or small"):
        from_environment(environ(tmp_path, CADRE_DEMO="huge"))


@pytest.mark.parametrize("setting", [{"CADRE_PUBLIC_URL": "https://cadre.example"}, {"CADRE_SMTP": "smtp://mail.example"}])
def test_the_demonstration_refuses_to_start_with_production_settings(tmp_path, setting):
    with pytest.raises(Misconfigured, match="CADRE_MODE is demo"):
        from_environment(environ(tmp_path, **setting))


@pytest.mark.parametrize("lacking", ["CADRE_SECRET_KEY", "CADRE_PUBLIC_URL", "CADRE_SMTP"])
def test_production_says_what_it_lacks(tmp_path, lacking):
    given = {name: value for name, value in PRODUCTION.items() if name != lacking}

    with pytest.raises(Misconfigured, match=lacking):
        from_environment(environ(tmp_path, **given))


def test_production_has_secure_cookies_and_no_personas(tmp_path):
    config = from_environment(environ(tmp_path, **PRODUCTION))

    assert config.secure_cookies
    assert not config.demo


def test_a_short_secret_and_an_unknown_mode_are_refused(tmp_path):
    with pytest.raises(Misconfigured, match="too short"):
        from_environment(environ(tmp_path, **PRODUCTION | {"CADRE_SECRET_KEY": "short"}))
    with pytest.raises(Misconfigured, match="demo or production"):
        from_environment(environ(tmp_path, CADRE_MODE="test"))


def test_a_database_of_a_newer_version_is_refused_in_a_sentence(databases):
    engine = create_engine(databases.copy())
    listen(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(Misconfigured, match="newer version"):
        upgrade(engine)
    engine.dispose()


def test_a_taken_port_is_refused_in_a_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(SystemExit, match="is taken"):
            cli.refuse_taken(other.getsockname()[1])
