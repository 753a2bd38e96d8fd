"""The application for a server, and for the `flask` command: `wsgi:app`."""

from training import cli
from training.app import create_app

app = create_app()
cli.set_up(app)
