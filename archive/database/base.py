"""Django's PostgreSQL backend, except for what every archive needs of its server.

It joins the embedded server on the first use (so no list of commands that need a database
is kept anywhere), refuses a server older than 15 and a database in which letters do not
fold, and makes test databases in which they do.
"""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.db import NotSupportedError
from django.db.backends.base.validation import BaseDatabaseValidation
from django.db.backends.postgresql import base, creation, features
from django.utils.translation import gettext as _

from archive import cluster


class DatabaseFeatures(features.DatabaseFeatures):
    minimum_database_version = (15,)


class DatabaseValidation(BaseDatabaseValidation):
    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """What ``migrate`` refuses to go on with."""
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT lower('ÉЖ') = 'éж'")
            folds = cursor.fetchone()[0]
        if folds:
            return []
        message = _("The database does not know that É and é are one letter; search would miss it.")
        hint = _("Make it anew with ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0.")
        return [Error(message, hint=hint, id="archive.E001")]


class DatabaseCreation(creation.DatabaseCreation):
    def _get_database_create_suffix(
        self, encoding: str | None = None, template: str | None = None
    ) -> str:
        if self.connection.pg_version >= 170000:
            locale = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
        else:
            locale = "LOCALE_PROVIDER libc LOCALE 'C.UTF-8'"
        if template:
            return f"WITH TEMPLATE {self._quote_name(template)}"
        return f"WITH TEMPLATE template0 ENCODING 'UTF8' {locale}"

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        """Drop a test's database, whoever of the tests' threads and processes is still in it."""
        name = self.connection.ops.quote_name(test_database_name)
        with self._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    creation_class = DatabaseCreation
    validation_class = DatabaseValidation

    def check_database_version_supported(self) -> None:
        try:
            super().check_database_version_supported()
        except NotSupportedError as problem:
            # An operator's matter, so the commands say it without a traceback.
            raise ImproperlyConfigured(f"DATABASE_URL: {problem}") from problem

    def get_connection_params(self) -> dict[str, Any]:
        """What to connect with; the embedded server runs once this has returned."""
        if var := self.settings_dict.get("CLUSTER"):
            self.settings_dict["HOST"] = str(cluster.join(var))
        return super().get_connection_params()
