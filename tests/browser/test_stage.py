"""Stories share one database, and no story finds what another one left."""

from typing import Any, Final

from tests.browser.stage import Theatre, cast
from tests.browser.stage.servers import troubles_in
from tests.rows import content, numbers

WAITED_IN_VAIN: Final = """\
2026-03-02 10:00:01,250 ERROR routing.sweeps.each sweep left a row row=5
Traceback (most recent call last):
  File "cursor.py", line 117, in execute
psycopg.errors.LockNotAvailable: canceling statement due to lock timeout
CONTEXT:  while locking tuple (0,5) in relation "workstreams_workitem"

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "each.py", line 66, in _attempt
django.db.utils.OperationalError: canceling statement due to lock timeout
CONTEXT:  while locking tuple (0,5) in relation "workstreams_workitem"
"""
ERROR_OF_THE_WEB_SERVER: Final = """\
ERROR:    Exception in ASGI application
Traceback (most recent call last):
  File "asgi.py", line 20, in application
KeyError: 'path'
"""
WENT_ON_WRONGLY: Final = f"""\
{WAITED_IN_VAIN}
During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "each.py", line 72, in _attempt
IndexError: list index out of range
"""


def test_a_story_finds_everything_as_the_one_before_did(theatre: Theatre) -> None:
    found: list[Any] = []

    def look() -> None:
        found.append((content(), numbers()))

    with theatre.scene(look):
        cast.becomes_available("bob")
        cast.asks_to_be_called("Dora", "Call me at noon")
        look()
    with theatre.scene(look):
        pass

    first, changed, second = found
    assert changed != first
    assert second == first


def test_what_waited_in_vain_for_others_is_no_trouble() -> None:
    warning = "2026-03-02 10:00:02,000 WARNING routing.router router lost its lease\n"

    assert troubles_in(warning + WAITED_IN_VAIN + warning) == []


def test_what_goes_wrong_besides_or_afterwards_is_trouble() -> None:
    log = WAITED_IN_VAIN + ERROR_OF_THE_WEB_SERVER + WENT_ON_WRONGLY

    assert troubles_in(log) == [ERROR_OF_THE_WEB_SERVER, WENT_ON_WRONGLY]
