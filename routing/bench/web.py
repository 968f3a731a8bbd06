"""Pages as a web process shows them, in this process."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from config.collector import set_pages_aside

OWN_HOST = "testserver"


@contextmanager
def like_the_web() -> Iterator[None]:
    """What was loaded and measured before is set aside, as that process sets its pages aside: else
    the collector looks at all of it while one page in twenty is shown."""
    if OWN_HOST not in settings.ALLOWED_HOSTS:
        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, OWN_HOST]
    set_pages_aside()
    try:
        yield
    finally:
        gc.unfreeze()
