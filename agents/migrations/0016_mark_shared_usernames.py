"""Usernames that differ only in case stay as they are, and each goes on signing its person in."""

from django.db import migrations
from django.db.models import Count
from django.db.models.functions import Upper


def mark(apps, schema_editor):
    User = apps.get_model("agents", "User")
    names = User.objects.annotate(key=Upper("username")).order_by()
    shared = names.values("key").annotate(people=Count("pk")).filter(people__gt=1)
    User.objects.alias(key=Upper("username")).filter(key__in=shared.values("key")).update(
        shares_username=True
    )


class Migration(migrations.Migration):
    dependencies = [("agents", "0015_shared_usernames")]

    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
