"""Addresses of the desk."""

from django.urls import path

from agents.views import inbox
from agents.views.desk import (
    consult,
    conversation,
    customer,
    lists,
    page,
    profile,
    replies,
    skills,
    suggestions,
    transfer,
    verbs,
)
from agents.views.desk.personal_replies import PersonalReplyPages
from agents.views.inbox_views import InboxViewPages, SharedInboxViewPages

desk_urls = [
    # inbox/
    path("inbox/", inbox.inbox, name="inbox"),
    *InboxViewPages.urls("inbox/views/"),
    *SharedInboxViewPages.urls("inbox-views/"),
    # desk/
    path("desk/", page.desk, name="desk"),
    path("desk/offers/", lists.offers, name="desk-offers"),
    path("desk/my-items/", lists.mine, name="desk-my-items"),
    path("desk/open-items/", lists.open_items, name="desk-open-items"),
    path("desk/closed-items/", lists.closed, name="desk-closed-items"),
    path("desk/profile/", profile.profile, name="desk-profile"),
    *PersonalReplyPages.urls("desk/quick-replies/"),
    # desk/consults/<consult>/
    path("desk/consults/", lists.requests, name="desk-consults"),
    path("desk/consults/<int:consult_id>/accept/", consult.accept, name="consult-accept"),
    path("desk/consults/<int:consult_id>/decline/", consult.decline, name="consult-decline"),
    path("desk/consults/<int:consult_id>/add/", consult.add, name="consult-add"),
    path("desk/consults/<int:consult_id>/end/", consult.end, name="consult-end"),
    path("desk/consults/<int:consult_id>/hand-over/", consult.hand_over, name="consult-hand-over"),
    path("desk/consults/<int:consult_id>/note/", consult.note, name="consult-note"),
    # desk/<item>/
    path("desk/<int:item_id>/", page.desk_item, name="desk-item"),
    path("desk/<int:item_id>/messages/", conversation.messages, name="desk-messages"),
    path("desk/<int:item_id>/seen/", conversation.seen, name="desk-seen"),
    path("desk/<int:item_id>/side/", conversation.side, name="desk-side"),
    path("desk/<int:item_id>/tab/", conversation.tab, name="desk-tab"),
    path("desk/<int:item_id>/replies/", replies.replies, name="desk-replies"),
    path("desk/<int:item_id>/suggestions/", suggestions.suggestions, name="desk-suggestions"),
    path(
        "desk/<int:item_id>/suggestions/<int:suggestion_id>/",
        suggestions.suggestion,
        name="desk-suggestion",
    ),
    path("desk/<int:item_id>/reply/", conversation.reply, name="desk-reply"),
    path("desk/<int:item_id>/accept/", verbs.accept, name="desk-accept"),
    path("desk/<int:item_id>/decline/", verbs.decline, name="desk-decline"),
    path("desk/<int:item_id>/pick/", verbs.pick, name="desk-pick"),
    path("desk/<int:item_id>/end/", verbs.end, name="desk-end"),
    path("desk/<int:item_id>/close/", verbs.close, name="desk-close"),
    path("desk/<int:item_id>/rest/", verbs.rest, name="desk-rest"),
    path("desk/<int:item_id>/reopen/", verbs.reopen, name="desk-reopen"),
    path("desk/<int:item_id>/release/", verbs.release, name="desk-release"),
    path("desk/<int:item_id>/transfer/", transfer.transfer, name="desk-transfer"),
    path("desk/<int:item_id>/consult/", consult.consult, name="desk-consult"),
    path("desk/<int:item_id>/skills/", skills.skills, name="desk-skills"),
    path("work-items/<int:item_id>/skills/", skills.supervised_skills, name="item-skills"),
    path("desk/<int:item_id>/customer/", customer.customer, name="desk-customer"),
]
