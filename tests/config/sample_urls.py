"""Pages of an invented part of the product, for the toolkit's tests."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from agents.models import SkillType
from agents.permissions import administrator_required, supervisor_required
from config.crud import Column, ConfigPages, Dependency
from config.forms import AppModelForm
from config.pages import page_or_fragment
from config.refusal import Refusal


class AlreadyTaken(Refusal):
    """{name} took it first."""


class SkillTypeForm(AppModelForm):
    kind = forms.ChoiceField(choices=[("plain", "Plain"), ("scaled", "Scaled")], initial="plain")
    scale = forms.CharField()

    shown_when = {"scale": "kind=scaled"}

    class Meta:
        model = SkillType
        fields = ["name"]


class SkillTypePages(ConfigPages):
    model, form_class, app, noun = SkillType, SkillTypeForm, "agents", "skill-type"
    title, empty_text = "Skill types", "A family of skills."
    may_read, may_write = supervisor_required, administrator_required
    columns = (Column(label="Name", value="name", sort="name", is_link=True),)
    version_field = "name"

    def perform_save(self, form, *, by, now):
        if form.cleaned_data["name"] == "Refused":
            raise AlreadyTaken(name="Ana")
        return super().perform_save(form, by=by, now=now)

    def dependencies(self, found):
        return [Dependency(label="Skill “English”", url="/x/")] if found.name == "Used" else []


def busy(request: HttpRequest) -> HttpResponse:
    raise OperationalError("deadlock detected")


def slow(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(20)")
    return HttpResponse()


def refused(request: HttpRequest) -> HttpResponse:
    raise AlreadyTaken(name="Ana")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("Only administrators may do this.")


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError


def plain(request: HttpRequest) -> HttpResponse:
    context = {"sentence": "Hello"}
    return page_or_fragment(request, "errors/403.html", "errors/_message.html", context)


urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("busy/", busy),
    path("slow/", slow),
    path("refused/", refused),
    path("forbidden/", forbidden),
    path("broken/", broken),
    path("plain/", plain),
    path("", include((SkillTypePages.urls("skill-types/"), "agents"))),
]
handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.broken"
