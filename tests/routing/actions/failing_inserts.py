"""A database that refuses what is to be written."""

from collections.abc import Callable
from typing import Any


def inserts_fail(condition: str) -> Callable[..., Any]:
    """The server raises the condition of that name in place of every INSERT."""

    def fail(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT INTO"):
            return execute(f"DO $$ BEGIN RAISE {condition}; END $$", None, False, context)
        return execute(sql, params, many, context)

    return fail
