"""Editors keep the further places of publication of an article."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def let_editors(apps, schema_editor):
    # Permissions are otherwise made after the last migration.
    config = installed.get_app_config("articles")
    config.models_module, kept = config.models_module or True, config.models_module
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = kept
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="articles", content_type__model="appearance"
    )
    groups = apps.get_model("auth", "Group").objects
    groups.get_or_create(name="Editors")[0].permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [("archive", "0006_redactors"), ("articles", "0017_nearly_the_same")]

    operations = [migrations.RunPython(let_editors, migrations.RunPython.noop)]
