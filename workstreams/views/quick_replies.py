"""Pages of the quick replies for all agents; supervisors may change them too (B 13.1)."""

from datetime import datetime
from typing import Any

from django.db.models import Func, QuerySet
from django.forms import ModelForm
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from agents.permissions import reader_required
from config.clock import database_now
from config.crud import Column, ConfigPages
from config.crud.listing import listing
from config.locales import language_name
from config.pages import page_or_fragment, redirect_or_event
from config.request import AppRequest
from config.row_ids import row_id
from workstreams.actions.delete_quick_reply import delete_quick_reply
from workstreams.actions.save_quick_reply import hold_workstreams, save_quick_reply
from workstreams.actions.tag_quick_replies import tag_quick_replies
from workstreams.forms.quick_reply import FIRST_WORKSTREAM, QuickReplyForm
from workstreams.models import QuickReply, Workstream


class QuickReplyPages(ConfigPages):
    """List with filters, create, edit and delete."""

    model, form_class, app, noun = QuickReply, QuickReplyForm, "workstreams", "quick-reply"
    title, icon = "Quick replies", "message"
    about = "Texts that agents put into a conversation with a few keys."
    empty_text = "A quick reply saves typing the same answer again and again."
    may_read, may_write = reader_required, reader_required
    version_field = "revision"
    list_template = "workstreams/replies/list.html"
    columns = (
        Column(label="Select", value="pk", template="workstreams/replies/_select.html"),
        Column(label="Title", value="title", sort="title", is_link=True),
        Column(label="Language", value=lambda reply: language_name(reply.locale), sort="locale"),
        Column(label="Message", value=lambda reply: reply.message[:160]),
        Column(label="Tags", value="tags", template="workstreams/replies/_tags.html"),
        Column(label="Workstreams", value=lambda reply: _where(reply)),
    )
    search_fields = ("title", "message", "tags")

    def queryset(self, request: AppRequest) -> QuerySet[Any]:
        return QuickReply.objects.filter(owner=None).prefetch_related("workstreams")

    def list_page(self, request: AppRequest) -> HttpResponse:
        """Filtered by ``tag``, ``locale`` and ``workstream``; seven statements."""
        chosen = {name: request.GET.get(name, "") for name in ("tag", "locale", "workstream")}
        shown = listing(
            _filtered(self.queryset(request), chosen),
            request.GET,
            columns=self.columns,
            search_fields=self.search_fields,
            page_size=self.page_size,
        )
        context = {
            "pages": self,
            "title": self.title,
            "listing": shown,
            "rows": [self.row(found) for found in shown.page],
            "can_write": self.can_write(request),
            "create_url": self.url("create"),
            "fragment_url": request.get_full_path(),
            "chosen": chosen,
            "is_filtered": bool(shown.search or any(chosen.values())),
            **_choices(),
        }
        return page_or_fragment(
            request, self.list_template, "workstreams/replies/_list.html", context
        )

    def new(self, request: AppRequest) -> QuickReply:
        """From a workstream's page, with ``?workstream=``, the reply is for that one."""
        reply = QuickReply()
        setattr(reply, FIRST_WORKSTREAM, row_id(request.GET.get("workstream", "")))
        return reply

    def lock(self, form: "ModelForm[Any]") -> None:
        hold_workstreams(form.instance, form.cleaned_data["workstreams"])
        super().lock(form)

    def perform_save(self, form: "ModelForm[Any]", *, by: Any, now: datetime) -> QuickReply:
        reply = form.instance if form.instance.pk else None
        return save_quick_reply(reply=reply, by=by, now=now, **form.cleaned_data)

    def perform_delete(self, found: QuickReply, *, by: Any, now: datetime) -> None:
        delete_quick_reply(reply=found, by=by, now=now)


@require_POST
@reader_required
def quick_reply_tags(request: AppRequest) -> HttpResponse:
    """Give the selected replies a tag, or take it away."""
    ids = [pk for pk in (row_id(text) for text in request.POST.getlist("reply")) if pk]
    is_added = request.POST.get("do") != "remove"
    count, tag = tag_quick_replies(
        ids=ids,
        tag=request.POST.get("tag", ""),
        add=is_added,
        by=request.user,
        now=database_now(),
    )
    verb = "added to" if is_added else "taken from"
    text = f"#{tag} {verb} {count} {'reply' if count == 1 else 'replies'}."
    home = reverse("workstreams:quick-reply-list")
    return redirect_or_event(request, home, event="quick-reply-saved", text=text)


def _filtered(replies: QuerySet[QuickReply], chosen: dict[str, str]) -> QuerySet[QuickReply]:
    if chosen["tag"]:
        replies = replies.filter(tags__contains=[chosen["tag"]])
    if chosen["locale"]:
        replies = replies.filter(locale=chosen["locale"])
    if chosen["workstream"]:
        replies = replies.filter(workstreams=row_id(chosen["workstream"]) or 0)
    return replies


def _choices() -> dict[str, Any]:
    """What the filters offer: three statements."""
    replies = QuickReply.objects.filter(owner=None).order_by()
    tags = replies.values_list(Func("tags", function="unnest"), flat=True).distinct()
    locales = replies.values_list("locale", flat=True).distinct()
    return {
        "tags": sorted(tags, key=str.lower),
        "locales": [(locale, language_name(locale)) for locale in sorted(locales)],
        "workstreams": Workstream.objects.filter(quick_replies__isnull=False)
        .distinct()
        .values_list("pk", "name"),
    }


def _where(reply: QuickReply) -> str:
    return ", ".join(sorted(each.name for each in reply.workstreams.all())) or "All"
