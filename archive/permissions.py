"""What an account may do, asked of the database once a request."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db import connection

_PERMISSIONS = """
    SELECT type.app_label || '.' || permission.codename
      FROM auth_permission permission
      JOIN django_content_type type ON type.id = permission.content_type_id
     WHERE permission.id IN (
             SELECT permission_id FROM archive_user_user_permissions WHERE user_id = %(user)s
              UNION ALL
             SELECT permission_id FROM auth_group_permissions
               JOIN archive_user_groups USING (group_id) WHERE user_id = %(user)s)"""


class PermissionsAtOnce(AuthenticationBackend):
    """As its parent, but the account's own permissions and its groups' come by one query.

    Django takes two, and more time to write them than PostgreSQL to answer: a tenth of a small
    page.
    """

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Every permission of an active account, as ``articles.change_article``. Cost: a query."""
        is_asked = user_obj.is_active and not user_obj.is_anonymous and obj is None
        if not is_asked or user_obj.is_superuser:
            return super().get_all_permissions(user_obj, obj)
        if not hasattr(user_obj, "_perm_cache"):  # where Django keeps it, too
            with connection.cursor() as cursor:
                cursor.execute(_PERMISSIONS, {"user": user_obj.pk})
                user_obj._perm_cache = {name for (name,) in cursor}
        return user_obj._perm_cache
