"""The addresses of models that machines learn; `routing.urls` takes them in."""

from django.urls import path

from routing.views.models import records, verbs
from routing.views.models.filter import model_filter
from routing.views.models.pages import ModelPages, model_detail

ONE = "models/<int:model_id>/"

# models/
model_urls = [
    path("models/sentiment/", verbs.sentiment_try, name="sentiment-try"),
    path("models/import/", records.training_record_import, name="training-record-import"),
    *ModelPages.urls("models/"),
    path(ONE, model_detail, name="model-detail"),
    path(f"{ONE}load/", verbs.model_load, name="model-load"),
    path(f"{ONE}load/cancel/", verbs.model_load_cancel, name="model-load-cancel"),
    path(f"{ONE}filter/", model_filter, name="model-filter"),
    path(f"{ONE}train/", verbs.model_train, name="model-train"),
    path(f"{ONE}cancel/", verbs.model_cancel, name="model-cancel"),
    path(f"{ONE}try/", verbs.model_try, name="model-try"),
    path(
        f"{ONE}versions/<int:model_version_id>/publish/", verbs.model_publish, name="model-publish"
    ),
    path(f"{ONE}records/", records.training_record_list, name="training-record-list"),
    path(f"{ONE}records/review/", records.training_record_review, name="training-record-review"),
    path(
        f"{ONE}records/<int:training_record_id>/edit/",
        records.training_record_edit,
        name="training-record-edit",
    ),
]
