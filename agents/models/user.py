"""People who sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Upper

from agents.terms import Role, choices


class User(AbstractUser):
    """A person who signs in; the role says what the person may do.

    ``may_change_secure_columns`` lets a person who is no administrator configure
    workstreams, with what is secret in them (B 13.3). ``shares_username`` is of before case did not
    count: another person's username differs from this one only in case.
    """

    role = models.CharField(max_length=20, choices=choices(Role), default=Role.AGENT)
    may_change_secure_columns = models.BooleanField(default=False)
    shares_username = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        constraints = [
            # Only the three roles exist.
            models.CheckConstraint(
                condition=models.Q(role__in=list(Role)), name="agents_user_role_known"
            ),
            # A username is somebody's alone, in whatever case.
            models.UniqueConstraint(
                Upper("username"),
                condition=models.Q(shares_username=False),
                name="agents_user_username_in_any_case",
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
    def may_configure(self) -> bool:
        """Changes workstreams and all that belongs to them (user's document, prerequisite)."""
        return self.is_administrator or self.may_change_secure_columns

    @property
    def may_read_configuration(self) -> bool:
        """Looks at workstreams: supervisors, and whoever may change them."""
        return self.is_supervisor or self.may_configure

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.username
