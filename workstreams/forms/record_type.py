"""The form of a sort of record."""

from typing import Any

from config.forms import AppModelForm
from workstreams.models import RecordType


class RecordTypeForm(AppModelForm):
    """Its name in rules and programs stays."""

    class Meta:
        model = RecordType
        fields = ["label", "name", "is_routed", "routes_on_creation"]
        labels = {
            "label": "Name",
            "name": "Key",
            "is_routed": "Routed by intake rules",
            "routes_on_creation": "New records are routed by themselves",
        }
        help_texts = {
            "label": "What people read, such as “Contract”.",
            "name": "What programs and documents call it: letters, digits, hyphens. It stays.",
            "is_routed": "Workstreams take its records. Off: they are kept, and never routed.",
            "routes_on_creation": "Those that programs create, unless a program says otherwise.",
        }

    fieldsets = (("", (("label", "name"), "is_routed", "routes_on_creation")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.fields["name"].disabled = True
