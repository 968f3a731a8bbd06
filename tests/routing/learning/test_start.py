"""What a process loads before it has anything to do."""

import subprocess
import sys
from typing import Final

from config.env import BASE_DIRECTORY

LOADED: Final = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
import routing.router, routing.tasks
print(sorted({"sklearn", "scipy", "numpy"} & set(sys.modules)))
"""


def test_no_process_loads_the_library_that_learns_when_it_starts():
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        cwd=BASE_DIRECTORY,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "[]"
