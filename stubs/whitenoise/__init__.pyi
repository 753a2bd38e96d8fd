from collections.abc import Callable, Iterable
from os import PathLike
from typing import Any
from wsgiref.headers import Headers
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

class WhiteNoise:
    def __init__(
        self,
        application: WSGIApplication,
        root: str | PathLike[str] | None = None,
        prefix: str | None = None,
        *,
        autorefresh: bool = False,
        max_age: int | None = 60,
        allow_all_origins: bool = True,
        charset: str = "utf-8",
        mimetypes: dict[str, str] | None = None,
        add_headers_function: Callable[[Headers, str, str], None] | None = None,
        index_file: str | bool | None = None,
        immutable_file_test: Callable[[str, str], bool] | str | None = None,
    ) -> None: ...
    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]: ...
    def add_files(self, root: str | PathLike[str], prefix: str | None = None) -> None: ...
    def find_file(self, url: str) -> Any: ...
