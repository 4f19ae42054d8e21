"""An article may be merged into another: it stays with its texts, and nothing lists it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

# What asked for "no draft" and means "shown to readers at some time".
_FUNCTIONS = (
    "articles_article_refresh",
    "articles_article_public_from",
    "articles_article_needs_text",
)
_BEFORE, _AFTER = "state <> 'draft'", "state NOT IN ('draft', 'merged')"


def _rewrite(schema_editor, old: str, new: str) -> None:
    with schema_editor.connection.cursor() as cursor:
        for name in _FUNCTIONS:
            cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [name])
            (definition,) = cursor.fetchone()
            if old not in definition:
                raise ValueError(f"{name} is another function by now")
            cursor.execute(definition.replace(old, new))


def know_merged(apps, schema_editor) -> None:
    """A merged draft has no time of publication, and what is merged has no current text."""
    _rewrite(schema_editor, _BEFORE, _AFTER)


def forget_merged(apps, schema_editor) -> None:
    _rewrite(schema_editor, _AFTER, _BEFORE)


class Migration(migrations.Migration):
    dependencies = [("articles", "0018_sketches_of_texts")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="merged_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="merged"
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="articles.article",
                verbose_name="merged into",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("published", "Published"),
                    ("withdrawn", "Withdrawn"),
                    ("merged", "Merged into another"),
                ],
                db_index=True,
                default="draft",
                max_length=12,
                verbose_name="state",
            ),
        ),
        migrations.RemoveConstraint(model_name="article", name="article_state_known"),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=Q(state__in=["draft", "published", "withdrawn", "merged"]),
                name="article_state_known",
            ),
        ),
        migrations.RemoveConstraint(model_name="article", name="article_published_at_some_time"),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=Q(state__in=["draft", "merged"]) | Q(published_at__isnull=False),
                name="article_published_at_some_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False, merged_at__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True, merged_at__isnull=True)),
                name="article_merged_into_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="article_not_merged_into_itself",
            ),
        ),
        migrations.RunPython(know_merged, forget_merged),
    ]
