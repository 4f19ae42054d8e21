"""Other places at which a work was published."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles import dates
from articles.models.names import Publisher
from articles.models.texts import Capture
from articles.models.works import Article


class Appearance(models.Model):
    """A further place of publication of a work, with what it was called there and when."""

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="appearances", verbose_name=_("article")
    )
    publisher = models.ForeignKey(
        Publisher,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appearances",
        verbose_name=_("publisher"),
    )
    publication = models.TextField(_("publication"), blank=True)
    title = models.TextField(_("title there"), blank=True)
    url = models.URLField(_("address"), max_length=2000, blank=True)
    published_on = models.DateField(
        _("date"), null=True, blank=True, help_text=_("For a month or a year, its first day")
    )
    date_precision = models.CharField(
        _("precision"),
        max_length=5,
        choices=Article.Precision.choices,
        default=Article.Precision.NONE,
    )
    capture = models.ForeignKey(
        Capture,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appearances",
        verbose_name=_("capture"),
    )

    class Meta:
        verbose_name = _("further place of publication")
        verbose_name_plural = _("further places of publication")
        ordering = ["published_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["url"], condition=~Q(url=""), name="appearance_address_once"
            ),
            models.CheckConstraint(
                condition=Q(publisher__isnull=False)
                | ~Q(publication="")
                | ~Q(url="")
                | ~Q(title=""),
                name="appearance_says_where",
                violation_error_message=_("Say where: publisher, publication, address or title."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(date_precision="none", published_on__isnull=True)
                    | Q(date_precision="day", published_on__isnull=False)
                    | Q(date_precision="month", published_on__isnull=False, published_on__day=1)
                    | Q(
                        date_precision="year",
                        published_on__isnull=False,
                        published_on__day=1,
                        published_on__month=1,
                    )
                ),
                name="appearance_date_as_precise_as_known",
                violation_error_message=_(
                    "Date and precision disagree: a month is its first day, a year its 1 January, "
                    "and without a date the precision is “No date is known”."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.publication or (self.publisher.name if self.publisher else self.url)

    @property
    def date_text(self) -> str:
        """The date in words, or "" where none is known."""
        if self.published_on is None:
            return ""
        return dates.in_words(self.published_on, self.date_precision, "")

    @property
    def places(self) -> list[str]:
        """Publication and publisher, each once. Cost: none where the publisher came along."""
        names = [self.publication, self.publisher.name if self.publisher else ""]
        return [name for name in dict.fromkeys(names) if name]
