"""Editors remove words from texts and put them back; only administrators erase them for good."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

MAY = ["view_redaction", "add_redaction", "change_redaction"]


def let_editors_redact(apps, schema_editor):
    # Permissions are otherwise made after the last migration.
    config = installed.get_app_config("articles")
    config.models_module, kept = config.models_module or True, config.models_module
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = kept
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="articles", content_type__model="redaction"
    )
    groups = apps.get_model("auth", "Group").objects
    groups.get_or_create(name="Editors")[0].permissions.add(*permissions.filter(codename__in=MAY))
    groups.get_or_create(name="Administrators")[0].permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0005_administrators"),
        ("articles", "0010_redactions"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(let_editors_redact, migrations.RunPython.noop)]
