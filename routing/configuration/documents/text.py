"""The text of a document: read with sentences for what is no JSON, and the line of each path."""

import json
import re
from collections.abc import Collection, Iterator
from typing import Any, Final

from routing.exceptions import RoutingError

LARGEST: Final = 10 * 1024 * 1024
# Strings, the signs of structure, line ends; numbers and words are of no interest.
TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,\n]')


class NotJson(RoutingError):
    """{sentence}"""

    status = 422
    sentence: str
    line: int


def read_text(raw: bytes | str) -> Any:
    """What the text says. Refuses with NotJson, which names line and column where it can."""
    if len(raw) > LARGEST:
        raise _refused("A document has at most 10 MB.")
    try:
        text = raw if isinstance(raw, str) else raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused("This is no text in UTF-8, as documents are.") from None
    try:
        return json.loads(text, object_pairs_hook=_without_twins)
    except json.JSONDecodeError as error:
        sentence = (
            f"This is not JSON: line {error.lineno}, column {error.colno} has something else"
            f" than expected ({error.msg})."
        )
        raise _refused(sentence, line=error.lineno) from None
    except RecursionError:
        raise _refused("This is nested too deeply.") from None
    except ValueError as error:
        raise _refused(str(error)) from None


def lines_of(text: str, paths: Collection[str]) -> dict[str, int]:
    """The line of each path; of one that does not stand there, that of what is around it."""
    wanted = set(_with_parents(paths)) - {""}
    found: dict[str, int] = {}
    for path, line in _places(text):
        if path in wanted:
            found.setdefault(path, line)
    nearest = {path: _nearest(path, found) for path in paths}
    return {path: line for path, line in nearest.items() if line is not None}


def _refused(sentence: str, line: int = 0) -> NotJson:
    return NotJson(sentence=sentence, line=line)


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"The key {twin} stands twice in one object.")
    return found


def _with_parents(paths: Collection[str]) -> Iterator[str]:
    for path in paths:
        parts = path.split(".")
        for length in range(1, len(parts) + 1):
            yield ".".join(parts[:length])


def _nearest(path: str, found: dict[str, int]) -> int | None:
    while path and path not in found:
        path = path.rpartition(".")[0]
    return found.get(path)


def _places(text: str) -> Iterator[tuple[str, int]]:
    """Every key and every entry of a list that begins with a sign, with its line."""
    line, path, last_string = 1, "", ""
    stack: list[list[Any]] = []
    for match in TOKEN.finditer(text):
        sign = match[0]
        if sign == "\n":
            line += 1
        elif sign in "{[":
            if stack and stack[-1][0] == "[":
                path = _joined(stack[-1][1], str(stack[-1][2]))
            yield path, line
            stack.append([sign, path, 0])
        elif sign in "}]":
            path = stack.pop()[1] if stack else ""
        elif sign == ":" and stack:
            path = _joined(stack[-1][1], last_string)
            yield path, line
        elif sign == "," and stack:
            stack[-1][2] += 1
        elif sign.startswith('"'):
            last_string = json.loads(sign, strict=False)
            if stack and stack[-1][0] == "[":
                yield _joined(stack[-1][1], str(stack[-1][2])), line


def _joined(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
