"""The addresses of assignment methods; `routing.urls` takes them in."""

from django.urls import path

from routing.views.methods import parts
from routing.views.methods.pages import (
    AssignmentMethodPages,
    assignment_method_copy,
    assignment_method_detail,
)

ONE = "assignment-methods/<int:assignment_method_id>/"
ENTRY = f"{ONE}<slug:part>/<int:number>/"

# assignment-methods/
method_urls = [
    *AssignmentMethodPages.urls("assignment-methods/"),
    path(ONE, assignment_method_detail, name="assignment-method-detail"),
    path(f"{ONE}copy/", assignment_method_copy, name="assignment-method-copy"),
    path(
        f"{ONE}<slug:part>/new/",
        parts.assignment_method_part_create,
        name="assignment-method-part-create",
    ),
    path(
        f"{ENTRY}edit/",
        parts.assignment_method_part_edit,
        name="assignment-method-part-edit",
    ),
    path(
        f"{ENTRY}move/",
        parts.assignment_method_part_move,
        name="assignment-method-part-move",
    ),
    path(
        f"{ENTRY}delete/",
        parts.assignment_method_part_delete,
        name="assignment-method-part-delete",
    ),
]
