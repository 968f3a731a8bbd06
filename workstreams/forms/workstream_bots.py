"""The dialogs that add bots to a workstream."""

from typing import Any

from django import forms

from config.forms import AppForm
from workstreams.models import Bot, Workstream
from workstreams.terms import BotPurpose

GONE = "This bot is no longer there. Choose another."
ONE_GONE = "A bot you chose is no longer there. Choose from those that are shown."


class AddBotForm(AppForm):
    """One bot that talks to customers."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.ModelChoiceField(
        Bot.objects.none(),
        label="Name",
        empty_label="Choose a bot",
        error_messages={"invalid_choice": GONE},
        help_text="Incoming conversations go to it first, and from it to people.",
    )

    def __init__(self, data: Any = None, *, workstream: Workstream) -> None:
        super().__init__(data, initial={"revision": workstream.revision, "name": workstream.bot_id})
        bots = Bot.objects.filter(purpose=BotPurpose.CONVERSATION)
        self.fields["name"].queryset = bots  # type: ignore[attr-defined]  # a ModelChoiceField


class AssistBotsForm(AppForm):
    """Any number of bots that suggest something to agents."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    bots = forms.ModelMultipleChoiceField(
        Bot.objects.none(),
        required=False,
        label="Smart assist bots",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": ONE_GONE},
        help_text="Asked after each message of a customer; agents see what they suggest.",
    )

    def __init__(self, data: Any = None, *, workstream: Workstream) -> None:
        initial = {"revision": workstream.revision, "bots": list(workstream.assist_bots.all())}
        super().__init__(data, initial=initial)
        bots = Bot.objects.filter(purpose=BotPurpose.ASSIST)
        self.fields["bots"].queryset = bots  # type: ignore[attr-defined]  # as above
