"""Where the embedded PostgreSQL keeps its data and its socket, and which account runs it."""

import hashlib
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from config.env import var_directory

ACCOUNT: Final = "switchyard"
SOCKET_PATH_LIMIT: Final = 100  # bytes; the kernel stops at 107 on Linux and at 103 on macOS
SOCKET_NAME: Final = ".s.PGSQL.5432"
SHARED_ROOT: Final = Path("/var/lib/switchyard")
POINTER: Final = "postgresql-is-in"


@dataclass(frozen=True, kw_only=True)
class Place:
    """One cluster: its data, its socket's folder, and the account that runs it when root starts."""

    data: Path
    sockets: Path
    account: str | None

    @property
    def lock(self) -> Path:
        """Held by whoever is starting or stopping the server."""
        return self.data.parent / f"{self.data.name}.lock"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.data / "server.log"


def find_place() -> Place:
    """The place that follows from VAR and the user, without touching the server."""
    as_root = os.geteuid() == 0
    var = var_directory()
    data = (_elsewhere(var) if as_root and not _open_to_all(var) else var) / "postgresql"
    return Place(data=data, sockets=_socket_folder(data), account=ACCOUNT if as_root else None)


def _open_to_all(folder: Path) -> bool:
    """Whether another account may pass through every folder down to this one."""
    existing = (path for path in (folder, *folder.parents) if path.exists())
    return all(path.stat().st_mode & stat.S_IXOTH for path in existing)


def _elsewhere(var: Path) -> Path:
    """A folder for the data of a VAR that only root may enter; a file in VAR says which.

    The name is drawn, not derived, so that a VAR deleted and made again starts empty.
    """
    pointer = var / POINTER
    try:
        return Path(pointer.read_text(encoding="utf-8").strip())
    except FileNotFoundError:
        var.mkdir(parents=True, exist_ok=True)
    chosen = SHARED_ROOT / f"for-{var.name}-{secrets.token_hex(4)}"
    draft = pointer.with_name(f"{POINTER}.{os.getpid()}")
    draft.write_text(f"{chosen}\n", encoding="utf-8")
    try:
        # A link fails when two processes come here at once: the second takes the first's choice.
        pointer.hardlink_to(draft)
    except FileExistsError:
        return Path(pointer.read_text(encoding="utf-8").strip())
    finally:
        draft.unlink()
    return chosen


def _socket_folder(data: Path) -> Path:
    """The data folder, which is private already, unless its path is too long for a socket."""
    if len(os.fsencode(data / SOCKET_NAME)) <= SOCKET_PATH_LIMIT:
        return data
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    # Made with mode 0700 and checked for its owner before use, so the shared folder is no risk.
    return Path("/tmp") / f"switchyard-{digest}"  # noqa: S108
