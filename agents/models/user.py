"""People who sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from agents.terms import Role, choices


class User(AbstractUser):
    """A person who signs in; the role says what the person may do."""

    role = models.CharField(max_length=20, choices=choices(Role), default=Role.AGENT)

    class Meta:
        constraints = [
            # Only the three roles exist.
            models.CheckConstraint(
                condition=models.Q(role__in=list(Role)), name="agents_user_role_known"
            ),
        ]

    @property
    def is_administrator(self) -> bool:
        return self.role == Role.ADMINISTRATOR

    @property
    def is_supervisor(self) -> bool:
        """Administrators may do all that supervisors may."""
        return self.role in (Role.ADMINISTRATOR, Role.SUPERVISOR)

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.username
