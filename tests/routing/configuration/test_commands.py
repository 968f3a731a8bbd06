"""Export and import from the command line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from routing import configuration

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_a_file_that_was_exported_imports_without_a_change(organisation, tmp_path):
    file = tmp_path / "configuration.json"
    run("export_configuration", str(file))

    said = run("import_configuration", str(file))

    assert "Nothing to publish." in said
    assert run("export_configuration") == file.read_text(encoding="utf-8")


def test_a_check_tells_what_would_change(organisation, tmp_path):
    file = tmp_path / "configuration.json"
    file.write_text(json.dumps({"format": 1, "queues": [{"name": "Care", "type": "record"}]}))

    said = run("import_configuration", str(file), "--check")

    assert "created: queue Care" in said
    assert configuration.current().number == 1


def test_faults_are_listed(organisation, tmp_path):
    file = tmp_path / "configuration.json"
    file.write_text(json.dumps({"format": 1, "queues": [{"name": "Care", "type": "fish"}]}))

    with pytest.raises(CommandError, match=r"queues\.0\.type: Should be one of"):
        run("import_configuration", str(file))


def test_a_file_that_is_no_document_is_refused(tmp_path):
    with pytest.raises(CommandError, match="Cannot read"):
        run("import_configuration", str(tmp_path / "nowhere.json"))


def test_an_unknown_version_cannot_be_exported(organisation):
    with pytest.raises(CommandError, match="There is no version 9"):
        run("export_configuration", "--version-number", "9")


def test_a_workstream_is_exported_by_its_name(organisation, tmp_path):
    file = tmp_path / "chat.json"

    run("export_configuration", str(file), "--workstream", "chat")

    assert json.loads(file.read_text(encoding="utf-8"))["scope"] == "workstream"


def test_an_unknown_workstream_cannot_be_exported(organisation):
    with pytest.raises(CommandError, match="There is no workstream Talk"):
        run("export_configuration", "--workstream", "Talk")


def test_names_are_mapped(organisation, tmp_path):
    file = tmp_path / "configuration.json"
    file.write_text(json.dumps({"format": 2, "queues": [{"name": "Care", "type": "record"}]}))

    said = run("import_configuration", str(file), "--check", "--map", "queue:Care=Records")

    assert "created: queue Records" in said
    assert "has no members" in said


def test_a_mapping_is_written_in_one_way(organisation, tmp_path):
    file = tmp_path / "configuration.json"
    file.write_text("{}")

    with pytest.raises(CommandError, match="as KIND:FROM=TO"):
        run("import_configuration", str(file), "--map", "Care=Records")


def test_a_fault_has_its_line(organisation, tmp_path):
    file = tmp_path / "configuration.json"
    file.write_text('{"format": 2,\n"queues": [\n{"name": "Care",\n"type": "fish"}]}')

    with pytest.raises(CommandError, match=r"line 4, queues\.0\.type: Should be one of"):
        run("import_configuration", str(file))


def test_what_is_no_json_has_its_line(organisation, tmp_path):
    file = tmp_path / "configuration.json"
    file.write_text("{\n oops")

    with pytest.raises(CommandError, match="line 2, column 2"):
        run("import_configuration", str(file))


def test_a_check_tells_each_field(organisation, tmp_path):
    document = configuration.document()
    document["queues"][-1]["priority"] = 9
    file = tmp_path / "configuration.json"
    file.write_text(json.dumps(document))

    assert "priority changed from" in run("import_configuration", str(file), "--check")
