"""The editors' role: everything about the corpus, and looking after notes."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

EDITORS = {
    "articles": [
        "article",
        "articleslug",
        "authorship",
        "fieldorigin",
        "identifier",
        "importbatch",
        "importitem",
        "person",
        "publisher",
        "tag",
        "taggedarticle",
        "urlalias",
    ],
    "annotations": ["flag", "group", "membership"],
}
EDITORS_LOOK = {
    "articles": ["capture", "revision"],
    "annotations": ["annotation", "annotationversion", "anchor"],
    "archive": ["user"],  # to put people in groups
}


def make_editors(apps, schema_editor):
    # Permissions are otherwise made after the last migration.
    for label in ("articles", "annotations", "archive"):
        config = installed.get_app_config(label)
        config.models_module, kept = config.models_module or True, config.models_module
        create_permissions(config, apps=apps, verbosity=0)
        config.models_module = kept
    permission = apps.get_model("auth", "Permission").objects
    editors, _ = apps.get_model("auth", "Group").objects.get_or_create(name="Editors")
    for label, models in EDITORS.items():
        editors.permissions.add(
            *permission.filter(content_type__app_label=label, content_type__model__in=models)
        )
    for label, models in EDITORS_LOOK.items():
        editors.permissions.add(
            *permission.filter(
                content_type__app_label=label,
                content_type__model__in=models,
                codename__startswith="view_",
            )
        )


def drop_editors(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name="Editors").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0001_initial"),
        ("articles", "0002_search_and_invariants"),
        ("annotations", "0003_invariants"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_editors, drop_editors)]
