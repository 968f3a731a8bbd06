"""The form that takes a configuration document, as a file or as text."""

from typing import Any, Final

from django import forms

from config.forms import AppForm
from routing import configuration

NEITHER: Final = "Choose a file, or paste the document."


class UploadDocumentForm(AppForm):
    """Keeps what was pasted; of a file that is no document it shows the text, to be mended."""

    fieldsets = (("", ("file", "text")),)

    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        label="File",
        help_text="A document that was exported, up to 10 MB.",
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
    )
    text = forms.CharField(
        required=False,
        strip=False,
        label="Or paste it",
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "font-monospace"}),
    )

    def clean(self) -> dict[str, Any]:
        """``document_text`` and ``document_name`` of what was sent; the file goes first."""
        values: dict[str, Any] = super().clean() or {}
        file = values.get("file")
        raw: bytes | str = file.read() if file else values.get("text", "")
        if not raw.strip():
            self.add_error(None, NEITHER)
            return values
        try:
            configuration.read_text(raw)
        except configuration.NotJson as refusal:
            self.add_error("file" if file else "text", str(refusal))
            return values
        text = raw if isinstance(raw, str) else raw.decode("utf-8-sig")
        return values | {
            "document_text": text.replace("\0", ""),
            "document_name": file.name if file else "",
        }
