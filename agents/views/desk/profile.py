"""An agent's own name towards customers, and own language."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agents.actions.edit_agent import edit_agent
from agents.forms.profile import ProfileForm
from agents.permissions import get_own_agent
from config.clock import database_now
from config.pages import go_to, page_or_fragment
from config.request import AppRequest


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: AppRequest) -> HttpResponse:
    """The form, in the dialog or as a page."""
    agent = get_own_agent(request.user)
    form = ProfileForm(request.POST or None, instance=agent)
    if request.method == "POST" and form.is_valid():
        edit_agent(agent=agent, by=request.user, now=database_now(), **form.cleaned_data)
        return go_to(request, reverse("agents:desk"), text="Saved.")
    context = {
        "title": "Name and language",
        "form": form,
        "action": reverse("agents:desk-profile"),
        "submit_label": "Save",
        "pages": {"title": "My desk"},
        "list_url": reverse("agents:desk"),
    }
    return page_or_fragment(
        request,
        "crud/form.html",
        "_components/form_dialog.html",
        context,
        status=422 if form.errors else 200,
    )
