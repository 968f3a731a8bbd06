from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from config.audit_functions import install_plain_functions
from config.clock import hear_the_time
from config.restored import check_events


class ConfigConfig(AppConfig):
    name = "config"
    verbose_name = "Toolkit"

    def ready(self) -> None:
        connection_created.connect(hear_the_time, dispatch_uid="time")
        post_migrate.connect(install_plain_functions, sender=self)
        register(check_events, Tags.database)
