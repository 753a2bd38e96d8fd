"""Settings of gunicorn, which takes them from here when it is started in the checkout: just `gunicorn`, for installations that outgrow waitress."""

import gc
from typing import Any

from training.kernel.garbage import spare

wsgi_app = "training.serving:application()"
"""Without the commands of `wsgi.py`, which bring Alembic and the demonstration with them."""
bind = "127.0.0.1:8000"
worker_class = "gthread"
workers = 2
threads = 2
"""They take requests in and send answers out; the application lets one of them in at a time (see `training.serving`). More of them cost a fifth of the pages."""
preload_app = True
keepalive = 60
loglevel = "warning"
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Before the processes part: what is loaded now is shared by all."""
    gc.collect()
    spare()
