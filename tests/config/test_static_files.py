"""Scripts are served under one name each."""

import re
from pathlib import Path

from django.core.files.storage import FileSystemStorage

from config.static_files import NamedByContent

STATIC = Path(__file__).resolve().parents[2] / "static"
IMPORTED = re.compile(r"""(?:from|import)\s*["']\./([^"']+)["']""")
HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")


def test_modules_name_each_other_as_pages_name_them(tmp_path: Path) -> None:
    ours = FileSystemStorage(STATIC)
    names = [f"js/{path.name}" for path in sorted((STATIC / "js").glob("*.js"))]
    served = NamedByContent(tmp_path, "/static/")
    for name in names:
        with ours.open(name) as script:
            served.save(name, script)

    list(served.post_process({name: (ours, name) for name in names}))

    modules = [path for path in (tmp_path / "js").glob("*.js") if HASHED.search(path.name)]
    named = {name for path in modules for name in IMPORTED.findall(path.read_text())}
    assert {"above", "alerts", "again"} <= {name.split(".")[0] for name in named}
    assert named <= {path.name for path in modules}
