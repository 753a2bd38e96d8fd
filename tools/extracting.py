"""What Babel finds in Python files: the texts that are marked, and what the pages of members say they are for."""

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from typing import Any, BinaryIO

from babel.messages.extract import extract_python

OTHER_DOORS = {"PUBLIC", "LEARNER", "ACCOUNT", "BEARER"}
"""Those that members do not come by; any other name may stand for several doors."""
Found = tuple[Any, ...]
"""Line, name of the function, texts, comments: what Babel takes from a method."""


def python(file: BinaryIO, keywords: Mapping[str, Any], comment_tags: Collection[str], options: Any) -> Iterator[Found]:
    """The marked texts of a file, then the first lines that say what its pages are for: the page of roles shows those to people."""
    source = file.read()
    yield from extract_python(BytesIO(source), keywords, comment_tags, options)
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and any(_tells(one) for one in node.decorator_list):
            told = ast.get_docstring(node)
            if told:
                yield node.lineno, "gettext", told.split("\n")[0], []


def _tells(decorator: ast.expr) -> bool:
    """Whether it registers a page of members that acts, or that is a list of theirs."""
    if not (isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute) and decorator.func.attr == "page"):
        return False
    given = {one.arg: ast.unparse(one.value) for one in decorator.keywords}
    doors = set(re.findall(r"\w+", given.get("doors", "")))
    return not doors <= OTHER_DOORS and ("POST" in given.get("methods", "") or "subject" not in given)
