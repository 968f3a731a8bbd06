"""``manage.py run_router``: the process that assigns work."""

import signal
from typing import Any

from django.core.management.base import BaseCommand

from config.heartbeat import beating
from config.lifetime import lifetime
from routing.router import Router


class Command(BaseCommand):
    help = "Assigns waiting work to agents; several may run, one is active."

    def handle(self, *args: Any, **options: Any) -> None:
        router = Router()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: router.stop())
        with lifetime(), beating("router"):
            router.run()
