"""Templates of every channel, the service's switches, and how customers are recognised."""

import pgtrigger
from django.db import migrations
from django.utils import timezone

CHANNELS = {
    "live_chat": ("Chat", "chat"),
    "sms": ("SMS", "message"),
    "whatsapp": ("WhatsApp", "message"),
    "facebook": ("Facebook", "message"),
    "line": ("LINE", "message"),
    "wechat": ("WeChat", "message"),
    "teams": ("Microsoft Teams", "message"),
    "custom": ("Custom messaging", "message"),
    "voice": ("Voice call", "voice"),
    "record": ("Record", "record"),
}
SCENARIOS = {
    "notification_template": "incoming unauthenticated",
    "authenticated_template": "incoming authenticated",
    "consult_template": "consult",
    "transfer_template": "transfer",
    "supervisor_assign_template": "supervisor assign",
}
RENAMED = {
    "Incoming conversation - default": "Chat - incoming unauthenticated - default",
    "Incoming record - default": "Record - incoming unauthenticated - default",
}
IDENTIFICATION = [
    ("Contact by answers", "contact", {"Name": "name", "Email": "email", "Phone": "phone"}),
    ("Account by answers", "account", {"Name": "name", "Email": "email", "Phone": "phone"}),
    ("Case by its number", "case", {"CaseNumber": "number"}),
]


def add_rows(apps, schema_editor):
    """What every organisation starts with is nobody's change: the audit trail has none of it."""
    with pgtrigger.ignore():
        add_built_in_rows(apps)


def add_built_in_rows(apps):
    def model(name):
        return apps.get_model("workstreams", name)

    for old, new in RENAMED.items():
        model("NotificationTemplate").objects.filter(name=old).update(name=new)
    for channel, (label, icon) in CHANNELS.items():
        templates = {
            field: add_notification(model("NotificationTemplate"), label, scenario, icon)
            for field, scenario in SCENARIOS.items()
        }
        session = model("SessionTemplate").objects.create(
            name=f"{label} session - default",
            unique_name=f"swy_{channel}_session_default",
            icon=icon,
            title="{title}" if channel == "record" else "{customerName}",
            panel_mode="hidden" if channel == "record" else "docked",
            anchor_tab="record" if channel == "record" else "customer",
            tabs=["routing"] if channel == "record" else ["context", "history", "routing"],
            is_built_in=True,
        )
        rows = model("Workstream").objects.filter(channel=channel)
        rows.update(session_template=session, **templates)
    case = model("RecordType").objects.get(name="case")
    model("SessionTemplate").objects.create(
        name="Case entity session - default template",
        unique_name="swy_case_entity_session_default",
        type="entity",
        record_type=case,
        title="{caseTitle}",
        icon="",
        panel_mode="hidden",
        anchor_tab="record",
        is_built_in=True,
    )
    has_records = model("Workstream").objects.filter(type="record").exists()
    model("ServiceConfiguration").objects.create(
        pk=1, record_routing_enabled_at=timezone.now() if has_records else None
    )
    for position, (name, entity, keys) in enumerate(IDENTIFICATION, start=1):
        model("IdentificationRule").objects.create(
            name=name, entity=entity, keys=keys, position=position
        )


def add_notification(templates, label, scenario, icon):
    is_record = label == "Record"
    row, _ = templates.objects.get_or_create(
        name=f"{label} - {scenario} - default",
        defaults={"agents_may_decline": not is_record, "is_built_in": True},
    )
    row.title = "{title}" if is_record else "{customerName}"
    row.icon = icon
    row.fields = [] if is_record else [{"header": "Title", "value": "{title}"}]
    row.save(update_fields=["title", "icon", "fields"])
    return row


class Migration(migrations.Migration):
    dependencies = [("workstreams", "0009_workstreams_complete")]

    operations = [migrations.RunPython(add_rows, migrations.RunPython.noop)]
