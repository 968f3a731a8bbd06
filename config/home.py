"""Where each person starts."""

from django.http import HttpResponse
from django.shortcuts import redirect

from config.request import AppRequest

START_OF_ROLE = {
    "administrator": "workstreams:workstream-list",
    "supervisor": "routing:floor",
    "agent": "agents:desk",
}


def home(request: AppRequest) -> HttpResponse:
    """To the workstreams, the floor or the desk, by role."""
    return redirect(START_OF_ROLE[request.user.role])
