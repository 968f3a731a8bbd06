"""The collector of cycles rests while many objects are made that nothing links in circles, and
leaves alone what lives as long as its process."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from django.conf import settings


@contextmanager
def collector_paused() -> Iterator[None]:
    """For a short piece of work that makes hundreds of thousands of objects: rules compiled, the
    facts of a cycle. The collector would look at all that lives again and again, in vain, and
    take more time than the work. Where threads overlap it is on again when the first is done.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def count_as_old() -> None:
    """Let what was made of late, much of which will live, be looked at with the old, seldom, and
    not first of all. Not for a little: the collector looks at the old when much has grown old
    before its eyes. And not where pages were set aside: they would be looked at again."""
    gc.freeze()
    gc.unfreeze()


def set_pages_aside() -> None:
    """Loads every page, for a process that is to show them, and has the collector never look at
    what has been loaded: it would stop all pages each time that it did, in vain. Called before
    anything is read that is replaced later."""
    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()
