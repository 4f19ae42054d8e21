"""The administrators' role, and invitations for the editors'.

Administrators hold every permission there is; archive/roles.py adds those of later models.
"""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def make_administrators(apps, schema_editor):
    # Permissions are otherwise made after the last migration.
    for config in installed.get_app_configs():
        if config.models_module:
            create_permissions(config, apps=apps, verbosity=0)
    permissions = apps.get_model("auth", "Permission").objects
    groups = apps.get_model("auth", "Group").objects
    administrators, _ = groups.get_or_create(name="Administrators")
    administrators.permissions.set(permissions.all())
    editors, _ = groups.get_or_create(name="Editors")
    editors.permissions.add(
        *permissions.filter(
            content_type__app_label="archive",
            codename__in=["add_invitation", "delete_invitation", "view_invitation"],
        )
    )


def drop_administrators(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name="Administrators").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0004_invitations_and_closing"),
        ("articles", "0002_search_and_invariants"),
    ]

    operations = [migrations.RunPython(make_administrators, drop_administrators)]
