"""The load: Locust's readers on kept-alive connections over loopback; run as a module it takes an order in JSON and prints what it measured."""

import json
import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

import gevent
from locust import FastHttpUser, task  # first: it makes sockets wait without threads
from locust.env import Environment
from locust.exception import StopUser

HIDDEN = re.compile(r'name="(csrf_token|receipt_key)"[^>]*value="([^"]*)"')
COOKIE = re.compile(r"cadre=[^;]*")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
STEP = 0.02
"""Seconds between looks at the clock."""


@dataclass(frozen=True)
class Request:
    """What a reader sends; a body makes it a POST."""

    label: str
    path: str
    headers: Mapping[str, str]
    body: str | None = None


Script = Generator[Request, Any, None]
"""What one reader sends, each after the answer to the one before."""


def repeated(pages: Iterable[tuple[str, Mapping[str, str]]]) -> Script:
    """The same pages over and over."""
    for path, headers in cycle(list(pages)):
        yield Request("page", path, headers)


def enrolling(people: Iterator[tuple[str, str]]) -> Script:
    """For each (path, cookie): the page with its form (the last on it), the form sent as the page had it, the result it leads to."""
    for path, cookie in people:
        page = yield Request("page", path, {"Cookie": cookie})
        form = urlencode({**dict(HIDDEN.findall(page.text)), "funding": "state"})
        answer = yield Request("post", path, {"Cookie": cookie, **FORM}, form)
        if answer.status_code == 302:
            fresh = COOKIE.search(answer.headers.get("Set-Cookie") or "")
            yield Request("result", answer.headers["Location"], {"Cookie": fresh[0] if fresh else cookie})


def in_turn(forms: Iterator[tuple[str, str, str]]) -> Script:
    """Forms of which others send some too, each once."""
    for form in forms:
        yield from once(*form)


def once(path: str, cookie: str, body: str) -> Script:
    """One form, sent once."""
    yield Request("post", path, {"Cookie": cookie, **FORM}, body)


class Reader(FastHttpUser):
    """One connection that goes through its script."""

    scripts: Iterator[Script] = iter(())
    expected: frozenset[int] = frozenset()
    statuses: Counter[int] = Counter()

    @task
    def read(self) -> None:
        """All of it."""
        script = next(self.scripts)
        answer: Any = None
        while True:
            try:
                answer = self.ask(script.send(answer))
            except StopIteration:
                raise StopUser from None

    def ask(self, order: Request) -> Any:
        """One request; any other status than was expected is a failure."""
        self.client.cookiejar.clear()
        method = "GET" if order.body is None else "POST"
        with self.client.request(
            method, order.path, name=order.label, headers=dict(order.headers), data=order.body, allow_redirects=False, catch_response=True
        ) as answer:
            if answer.status_code in self.expected:
                answer.success()
            else:
                answer.failure(f"status {answer.status_code}")
        self.statuses[answer.status_code] += 1
        return answer


def obey(order: Mapping[str, Any]) -> dict[str, Any]:
    """Does what the order says: `repeat` pages, let people `enrol`, or send each of `forms` once, all at a time or by so many `readers`; measures what ends after `warm` seconds."""
    scripts = list(_scripts(order))
    Reader.scripts, Reader.expected = iter(scripts), frozenset(order.get("expected", [200]))
    environment = Environment(user_classes=[Reader], host=f"http://127.0.0.1:{order['port']}")
    runner = environment.create_local_runner()
    runner.start(len(scripts), spawn_rate=len(scripts))
    gevent.sleep(order["warm"])
    before = environment.stats.total.num_requests
    if order["warm"]:
        environment.stats.reset_all()
    began, most = time.perf_counter(), order.get("count")
    while (
        runner.user_count
        and time.perf_counter() - began < order["seconds"]
        and (most is None or environment.stats.total.num_requests < most)
    ):
        gevent.sleep(STEP)
    seconds = time.perf_counter() - began
    found = _measured(environment, seconds)
    runner.quit()
    return found | {"answers": found["requests"] + before}


def _scripts(order: Mapping[str, Any]) -> Iterator[Script]:
    readers = range(order.get("connections", 16))
    if "enrol" in order:
        people = iter([tuple(one) for one in order["enrol"]])
        yield from (enrolling(people) for _ in readers)
    elif "forms" in order:
        waiting = iter([tuple(form) for form in order["forms"]])
        yield from (in_turn(waiting) for _ in range(order.get("readers", len(order["forms"]))))
    else:
        pages = order["repeat"]
        yield from (repeated(pages[start:] + pages[:start]) for start in (place % len(pages) for place in readers))


def _measured(environment: Environment, seconds: float) -> dict[str, Any]:
    total = environment.stats.total
    entries = {name: entry for (name, _method), entry in environment.stats.entries.items()}
    return {
        "requests": total.num_requests,
        "rate": total.num_requests / seconds if seconds else 0.0,
        "seconds": seconds,
        "failures": total.num_failures,
        "statuses": {str(status): number for status, number in sorted(Reader.statuses.items())},
        "bytes": int(total.avg_content_length),
        "p50": {name: entry.get_response_time_percentile(0.5) for name, entry in entries.items()},
        "p95": {name: entry.get_response_time_percentile(0.95) for name, entry in entries.items()},
    }


if __name__ == "__main__":
    logging.disable(logging.WARNING)  # two hundred readers at once are meant
    json.dump(obey(json.load(sys.stdin)), sys.stdout)
