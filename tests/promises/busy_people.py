"""A process of busy people, as seen from outside."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A process of busy people; its report is a file, written anew every few seconds."""

    process: subprocess.Popen[bytes]
    report: Path

    def so_far(self) -> dict[str, Any]:
        """What it said last."""
        report: dict[str, Any] = json.loads(self.report.read_text())
        return report
