"""The web process beneath pages and streams."""

import subprocess
import sys

import pytest
from django.conf import settings

SERVE = """
import resource, socket, uvicorn
from config.web import run
resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {hard}))
told = lambda *_, **__: print(resource.getrlimit(resource.RLIMIT_NOFILE))
uvicorn.Server.run = told
run(socket.socket().detach())
"""


@pytest.mark.parametrize(
    ("soft", "hard", "used"), [(1_024, 4_096, (4_096, 4_096)), (4_096, 4_096, (4_096, 4_096))]
)
def test_as_many_pages_may_be_open_as_the_machine_allows(soft, hard, used):
    found = subprocess.run(
        [sys.executable, "-c", SERVE.format(soft=soft, hard=hard)],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    assert found.stdout.strip() == str(used)
