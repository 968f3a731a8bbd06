from django.apps import AppConfig
from django.db.models.signals import post_migrate

from config.audit_functions import install_plain_functions


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "Toolkit"

    def ready(self) -> None:
        post_migrate.connect(install_plain_functions, sender=self)
