"""What a configuration noun declares: attributes, hooks and names."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from config.crud.columns import Column
from config.crud.dependencies import Dependency
from config.request import AppRequest

Guard = Callable[..., Any]


class ConfigNoun:
    """Attributes and hooks of `ConfigPages`; more than these is a view function of its own."""

    model: ClassVar[type[models.Model]]
    form_class: "ClassVar[type[ModelForm[Any]]]"
    app: ClassVar[str]
    noun: ClassVar[str]
    title: ClassVar[str]
    about: ClassVar[str] = ""
    icon: ClassVar[str] = "list"
    may_read: ClassVar[Guard]
    may_write: ClassVar[Guard]
    # Who edits, where that is more people than may create and delete.
    may_edit: ClassVar[Guard | None] = None
    columns: ClassVar[Sequence[Column]] = (Column(label="Name", value="name", is_link=True),)
    search_fields: ClassVar[Sequence[str]] = ("name",)
    page_size: ClassVar[int] = 50
    empty_text: ClassVar[str] = ""
    delete_text: ClassVar[str] = "This cannot be undone."
    has_detail: ClassVar[bool] = False
    version_field: ClassVar[str] = ""
    # The id of a form that boxes in the rows belong to, and what they are called there.
    selection: ClassVar[str] = ""
    select_name: ClassVar[str] = ""
    list_template: ClassVar[str] = "crud/list.html"
    form_template: ClassVar[str] = "crud/form.html"

    def queryset(self, request: AppRequest) -> "QuerySet[Any]":
        """The rows this person may see, with what the columns need already loaded."""
        return self.model._default_manager.all()

    def form_for(self, request: AppRequest) -> "type[ModelForm[Any]]":
        """The form as this person fills it in."""
        return self.form_class

    def new(self, request: AppRequest) -> models.Model:
        """The empty object of the create form."""
        return self.model()

    def lock(self, form: "ModelForm[Any]") -> None:
        """Lock what saving the form locks, in the same order."""
        rows = self.model._default_manager.select_for_update(of=("self",), no_key=True)
        rows.filter(pk=form.instance.pk).values_list("pk", flat=True).first()

    def perform_save(self, form: "ModelForm[Any]", *, by: Any, now: datetime) -> models.Model:
        """Save, by calling an action where one exists; a refusal is shown on the form."""
        saved: models.Model = form.save()
        return saved

    def perform_delete(self, found: Any, *, by: Any, now: datetime) -> None:
        """Delete, by calling an action where one exists."""
        found.delete()

    def dependencies(self, found: Any) -> Sequence[Dependency]:
        """What still uses the object; while there is any, it cannot be deleted."""
        return []

    def refusal(self, found: Any) -> str:
        """Why the object is never deleted, whatever is changed; nothing where it may be."""
        return ""

    def naming(self, found: Any) -> Sequence[Dependency]:
        """What names the object, and goes on without it."""
        return []

    @property
    def one(self) -> str:
        """The noun inside a sentence."""
        return self.noun.replace("-", " ")

    @property
    def one_capital(self) -> str:
        """The noun at the start of a sentence."""
        return self.one.capitalize()

    @property
    def many(self) -> str:
        """The title inside a sentence."""
        return self.title.lower()

    @classmethod
    def id_name(cls) -> str:
        """The keyword of the object in addresses: `queue_id`."""
        return f"{cls.noun.replace('-', '_')}_id"

    def url(self, page: str, found: models.Model | None = None) -> str:
        """The address of a page of this noun, or of one object."""
        kwargs = {self.id_name(): found.pk} if found is not None else None
        return reverse(f"{self.app}:{self.noun}-{page}", kwargs=kwargs)

    def home_of(self, found: models.Model) -> str:
        """Where an object lives: its own page, else the list."""
        return self.url("detail", found) if self.has_detail else self.url("list")

    def find(self, request: AppRequest, ids: dict[str, int]) -> Any:
        """The object of the address, among those this person may see."""
        return get_object_or_404(self.queryset(request), pk=ids[self.id_name()])

    def reload(self, found: models.Model) -> models.Model:
        """The object as it is saved by now; 404 when it was deleted meanwhile."""
        fresh: models.Model = get_object_or_404(self.model._default_manager, pk=found.pk)
        return fresh

    def can_write(self, request: AppRequest) -> bool:
        """Whether buttons that change something are shown: asks the guard itself."""
        try:
            type(self).may_write(lambda request: HttpResponse())(request)
        except PermissionDenied:
            return False
        return True
