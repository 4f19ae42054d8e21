"""Django's PostgreSQL backend, except for what every archive needs of its server.

It joins the embedded server on the first use (so no list of commands that need a database
is kept anywhere), refuses a server older than 15, and makes test databases in which
letters fold whatever the locale of the server is.
"""

from typing import Any

from django.db.backends.postgresql import base, creation, features

from archive import cluster


class DatabaseFeatures(features.DatabaseFeatures):
    minimum_database_version = (15,)


class DatabaseCreation(creation.DatabaseCreation):
    def _get_database_create_suffix(
        self, encoding: str | None = None, template: str | None = None
    ) -> str:
        if self.connection.pg_version >= 170000:
            locale = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
        else:
            locale = "LOCALE_PROVIDER libc LOCALE 'C.UTF-8'"
        return f"WITH TEMPLATE template0 ENCODING 'UTF8' {locale}"


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    creation_class = DatabaseCreation

    def get_connection_params(self) -> dict[str, Any]:
        """What to connect with; the embedded server runs once this has returned."""
        if var := self.settings_dict.get("CLUSTER"):
            self.settings_dict["HOST"] = str(cluster.join(var))
        return super().get_connection_params()
