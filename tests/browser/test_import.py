"""A workstream moves to another organisation, where its queue has another name."""

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from config.clock import database_now
from tests.browser.stage import Scene
from workstreams.actions.take_in import take_in
from workstreams.models import Workstream


def test_a_workstream_is_exported_and_its_missing_queue_mapped(
    scene: Scene, administrator: Page, tmp_path: Path
):
    document = exported(administrator, "Shop chat", tmp_path)
    document["workstreams"][0] |= {"name": "Shop chat (Berlin)", "fallback_queue": "Front desk"}
    del document["queues"]
    file = tmp_path / "berlin.json"
    file.write_text(json.dumps(document), encoding="utf-8")

    administrator.goto("/configuration/document/")
    administrator.get_by_label("File").set_input_files(file)
    administrator.get_by_role("button", name="Look at it").click()
    expect(administrator.get_by_role("heading", name="Names that are not here")).to_be_visible()
    expect(administrator.get_by_role("button", name="Import", exact=True)).to_have_count(0)
    administrator.get_by_label("Queue “Front desk” here").select_option("Support")
    administrator.get_by_role("button", name="Use these names").click()
    expect(administrator.get_by_text("Workstream “Shop chat (Berlin)”").last).to_be_visible()
    administrator.get_by_role("button", name="Import", exact=True).click()

    expect(administrator).to_have_url(re.compile(r"/configuration/versions/\d+/$"))
    berlin = Workstream.objects.get(name="Shop chat (Berlin)")
    item = take_in(workstream=berlin, title="Where is my parcel?", now=database_now())
    administrator.goto(f"/work-items/{item.pk}/")
    expect(administrator.get_by_role("main")).to_contain_text("Support")


def exported(page: Page, name: str, folder: Path) -> dict[str, Any]:
    """What the browser downloads."""
    page.goto("/configuration/document/")
    page.get_by_label("One workstream").select_option(name)
    with page.expect_download() as download:
        page.get_by_role("button", name="Export", exact=True).click()
    file = folder / "exported.json"
    download.value.save_as(file)
    document: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return document


def test_a_text_that_is_no_document_stays_to_be_mended(scene: Scene, administrator: Page):
    scene.expects("422")
    administrator.goto("/configuration/document/")
    field = administrator.get_by_label("Or paste it")
    field.fill('{"format": 2,')
    administrator.get_by_role("button", name="Look at it").click()

    expect(administrator.get_by_role("alert")).to_contain_text("This is not JSON: line 1")
    expect(field).to_have_value('{"format": 2,')
