"""The form of every page: laid out from fieldsets, with conditional fields."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Final

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Div, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError, models

from config.refusal import Refusal

if TYPE_CHECKING:
    ModelFormBase = forms.ModelForm[Any]
else:
    ModelFormBase = forms.ModelForm  # takes no parameters when it runs

TAKEN: Final = "This is already taken. Choose another."
UNFIT: Final = "This does not fit together with the other values."

FieldRow = str | tuple[str, ...]
Fieldsets = Sequence[tuple[str, Sequence[FieldRow]]]


class AppForm(forms.Form):
    """A plain form for a verb, laid out and rendered like every other.

    `fieldsets` lists (legend, fields); a tuple of fields shares a row. `shown_when` maps a field to
    the choice that shows it: `{"channel": "type=messaging|voice"}`. A hidden field is not saved.
    """

    fieldsets: ClassVar[Fieldsets] = ()
    shown_when: ClassVar[Mapping[str, str]] = {}

    # Labels of closed fields that something else was sent for than they hold.
    _sent_for_closed: Sequence[str] = ()
    _closed_reason = ""

    def close(self, names: Iterable[str], *, reason: str) -> None:
        """Show these fields without letting them change; what is sent for them is refused."""
        closed = list(names)
        self._closed_reason = reason
        self._sent_for_closed = [
            str(self[name].label) for name in closed if self._is_sent_otherwise(name)
        ]
        for name in closed:
            self.fields[name].disabled = True
            self.fields[name].help_text = reason

    def _is_sent_otherwise(self, name: str) -> bool:
        if not self.is_bound or self.add_prefix(name) not in self.data:
            return False
        return self.fields[name].has_changed(self[name].initial, self[name].data)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.form_show_errors = True
        helper.layout = Layout(*self._laid_out())
        return helper

    def full_clean(self) -> None:
        for name in self._hidden_names():
            self.fields[name].required = False
        super().full_clean()

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]  # private in Django, and missing from its stubs
        for name in self._hidden_names():
            self.errors.pop(name, None)
            self.cleaned_data[name] = self.fields[name].to_python(None)
        if self._sent_for_closed:
            reason, labels = self._closed_reason.removesuffix("."), self._sent_for_closed
            self.add_error(None, f"{reason}: {', '.join(labels)}.")

    def _hidden_names(self) -> list[str]:
        if not self.is_bound:
            return []
        here = {name: choice for name, choice in self.shown_when.items() if name in self.fields}
        return [name for name, choice in here.items() if not self._is_met(choice)]

    def _is_met(self, choice: str) -> bool:
        parts = (part.partition("=") for part in choice.split("&"))
        return all(self._value_of(name) in values.split("|") for name, _, values in parts)

    def _value_of(self, name: str) -> str:
        if name in self.shown_when and not self._is_met(self.shown_when[name]):
            return ""
        if name not in self.fields:
            return str(self.data.get(name, ""))
        value = self[name].data if not self.fields[name].disabled else self[name].initial
        if isinstance(value, bool):
            return "on" if value else ""
        return "" if value is None else str(value)

    def _laid_out(self) -> Iterable[Any]:
        if not self.fieldsets:
            return [self._shown(name) for name in self.fields]
        return [self._set(legend, rows) for legend, rows in self.fieldsets]

    def _set(self, legend: str, rows: Sequence[FieldRow]) -> Any:
        """A legend goes with its fields where all of them appear by the same choice."""
        names = [name for row in rows for name in ((row,) if isinstance(row, str) else row)]
        choices = {self.shown_when.get(name) for name in names}
        shared = choices.pop() if len(choices) == 1 else None
        attributes = {"data_shown_when": shared} if shared else {}
        return Fieldset(legend, *(self._row(row) for row in rows), **attributes)

    def _row(self, row: FieldRow) -> Any:
        if isinstance(row, str):
            return self._shown(row)
        return Row(*(Column(self._shown(name), css_class="col-sm") for name in row))

    def _shown(self, name: str) -> Any:
        choice = self.shown_when.get(name)
        return Div(name, data_shown_when=choice) if choice else name


def explain_refusal(form: Any, refusal: Refusal) -> None:
    """Put each sentence beside its field, and on top what belongs to none."""
    errors = getattr(refusal, "errors", None) or {"": str(refusal)}
    for name, sentence in errors.items():
        form.add_error(name if name in form.fields else None, sentence)


class AppModelForm(AppForm, ModelFormBase):
    """A form of a configuration row; a broken constraint is put on the field that can mend it."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # private in Django, and missing from its stubs
        general = self.errors.pop(NON_FIELD_ERRORS, None)
        if not general:
            return
        rules = {_sentence(each, self.instance): each for each in self._rules()}
        for error in general.as_data():
            rule = rules.get(error.messages[0])
            if rule is None:
                self.add_error(None, error)
            else:
                self._add_broken(rule)

    def explain(self, error: IntegrityError) -> bool:
        """Put a constraint that broke while saving, because someone was faster, on its field."""
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        for constraint in self._rules():
            if constraint.name == name:
                self._add_broken(constraint)
                return True
        return False

    def _add_broken(self, rule: models.BaseConstraint) -> None:
        sentence = _plain_words(rule, _sentence(rule, self.instance))
        self.add_error(self._field_of(rule), sentence)

    def _rules(self) -> Sequence[models.BaseConstraint]:
        return self.instance._meta.constraints  # type: ignore[no-any-return]

    def _field_of(self, constraint: models.BaseConstraint) -> str | None:
        return next((name for name in _fields_of(constraint) if name in self.fields), None)


def _sentence(constraint: models.BaseConstraint, instance: models.Model) -> str:
    if isinstance(constraint, models.UniqueConstraint) and _is_plain(constraint):
        return instance.unique_error_message(type(instance), constraint.fields).messages[0]
    return str(constraint.get_violation_error_message())


def _is_plain(constraint: models.UniqueConstraint) -> bool:
    return not constraint.expressions and not constraint.condition


def _plain_words(constraint: models.BaseConstraint, sentence: str) -> str:
    """A constraint that brings no sentence of its own would show its name."""
    if constraint.violation_error_message != constraint.default_violation_error_message:
        return sentence
    if isinstance(constraint, models.UniqueConstraint):
        return TAKEN if constraint.expressions else sentence
    return UNFIT


def _fields_of(constraint: models.BaseConstraint) -> list[str]:
    """The fields a constraint is about, in the order it names them."""
    if isinstance(constraint, models.CheckConstraint):
        return [path.split("__")[0] for path in _paths_of(constraint.condition)]
    if not isinstance(constraint, models.UniqueConstraint):
        return []
    return [*reversed(constraint.fields), *_names_in(constraint.expressions)]


def _names_in(expressions: Iterable[Any]) -> Iterable[str]:
    for expression in expressions:
        if isinstance(expression, models.F):
            yield expression.name  # type: ignore[attr-defined]  # missing from the stubs
        else:
            yield from _names_in(expression.get_source_expressions())


def _paths_of(condition: Any) -> Iterable[str]:
    for child in getattr(condition, "children", ()):
        if isinstance(child, models.Q):
            yield from _paths_of(child)
        elif isinstance(child, tuple):
            yield child[0]
