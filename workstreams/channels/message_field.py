"""The form field of a message: its limit counts bytes, and is told at the field."""

from django import forms

from workstreams.exceptions import MessageEmpty, MessageTooLong
from workstreams.models.message import MESSAGE_BYTES


class MessageField(forms.CharField):
    """Text of a message, as long as ``send_message`` takes it."""

    def __init__(self) -> None:
        super().__init__(
            label="Message",
            widget=forms.Textarea(attrs={"class": "form-control", "rows": 3}),
            error_messages={"required": str(MessageEmpty())},
        )

    def clean(self, value: str | None) -> str:
        text: str = super().clean(value)
        if len(text.encode()) > MESSAGE_BYTES:
            raise forms.ValidationError(str(MessageTooLong()))
        return text


class MessageForm(forms.Form):
    """A message and the key that makes a double click store it once."""

    text = MessageField()
    client_key = forms.UUIDField(widget=forms.HiddenInput)
