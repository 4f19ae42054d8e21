"""What people send when they write: cleaned here, saved in writing.py."""

import uuid

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from annotations import access
from annotations.locating import Locator
from annotations.models import Annotation, Audience, Group, Motivation
from annotations.selectors import SelectorError, check, in_context, occurrences
from annotations.writing import audience_is_fixed
from articles.forms import parse_tags, tag_line
from articles.given import whole_number
from articles.models import Article, Revision
from articles.text import Span, paragraphs

BODY_LENGTH = 20_000
TAG_LENGTH = 100
PLACES = 50  # of words that stand more often, the first are offered


def audience_choices(user) -> list[tuple[str, str]]:
    """The audiences ``user`` may choose, in the words of every page. Cost: one query."""
    groups = [(f"group:{group.pk}", group.name) for group in access.groups_of(user)]
    return [
        (Audience.PRIVATE, gettext("Only me")),
        *groups,
        (Audience.PUBLIC, gettext("Everyone")),
    ]


def audience_key(audience: str, group_id: int | None) -> str:
    """The value of an audience in a form."""
    return f"group:{group_id}" if audience == Audience.GROUP else audience


def consequences(user, groups: list[Group]) -> dict[str, str]:
    """What each audience means, in a sentence, by its value in the form."""
    told = {
        Audience.PRIVATE.value: gettext("Only you will see this."),
        Audience.PUBLIC.value: gettext("Anyone on the web can read this, under the name %(name)s.")
        % {"name": user},
    }
    for group in groups:
        told[f"group:{group.pk}"] = gettext(
            "The members of %(group)s can read this, under the name %(name)s."
        ) % {"group": group.name, "name": user}
    return told


class _WritingForm(forms.Form):
    """The fields every writing form shares, with the same names and labels everywhere."""

    body = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=BODY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write something first.")},
    )
    tags = forms.CharField(label=_("Tags"), required=False, max_length=1000)
    submission = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_body(self) -> str:
        return self.cleaned_data["body"].replace("\r\n", "\n").strip()

    def clean_tags(self) -> list[str]:
        tags = parse_tags(self.cleaned_data["tags"])
        for tag in tags:
            if len(tag) > TAG_LENGTH:
                raise forms.ValidationError(
                    gettext("“%(tag)s…” is too long for a tag: %(most)d characters at most.")
                    % {"tag": tag[:20], "most": TAG_LENGTH}
                )
        return tags

    def _chosen_group(self, value: str) -> Group | None:
        return Group.objects.get(pk=value.partition(":")[2]) if value.startswith("group:") else None


class NoteForm(_WritingForm):
    """A new note: on a place, on pasted words, on a paragraph or on the whole article."""

    field_order = ["quote", "occurrence", "body", "tags", "audience"]

    quote = forms.CharField(
        label=_("Words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Paste or type the words your note is about."),
    )
    occurrence = forms.TypedChoiceField(
        label=_("Which of them"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    audience = forms.ChoiceField(label=_("Audience"))
    motivation = forms.ChoiceField(
        required=False,
        choices=[(m.value, m.label) for m in Motivation if m != Motivation.REPLYING],
        widget=forms.HiddenInput,
    )
    revision = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    paragraph = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    whole = forms.BooleanField(label=_("On the whole article"), required=False)

    def __init__(self, *args, user, article: Article, revision: Revision, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.article, self.on_revision = user, article, revision
        self.fields["audience"].choices = audience_choices(user)
        self.fields["audience"].initial = Audience.PRIVATE
        self.fields["submission"].initial = uuid.uuid4
        self.quoted = ""  # the words to look for, where nothing else says the place
        self.places: list[Span] = []  # where they stand
        self.paragraph_words = ""  # those of the paragraph named instead
        if self._given("start") or self._given("whole"):
            return
        if self._given("paragraph"):
            number = whole_number(self._given("paragraph")) or 0
            found = paragraphs(revision.html)[:number]
            self.paragraph_words = found[-1].of(revision.text) if len(found) == number > 0 else ""
        else:
            self.quoted = self._given("quote").strip()
            self._offer_places(revision.text)

    def _given(self, name: str) -> str:
        value = self.data.get(name) if self.is_bound else self.initial.get(name)
        return "" if value is None or value is False else str(value)

    def _offer_places(self, text: str) -> None:
        if not self.quoted or len(self.quoted) > 2 * len(text):
            return
        self.places = occurrences(text, self.quoted, at_most=PLACES) or [
            Span(*place) for place in Locator(text).spelt_otherwise(self.quoted)[:PLACES]
        ]
        self.fields["occurrence"].choices = [
            (number, in_context(text, span)) for number, span in enumerate(self.places)
        ]

    def clean_quote(self) -> str:
        if len(self.cleaned_data["quote"]) > 2 * len(self.on_revision.text):
            raise forms.ValidationError(gettext("These words are longer than the text."))
        return self.cleaned_data["quote"]

    def clean_motivation(self) -> str:
        return self.cleaned_data["motivation"] or Motivation.COMMENTING

    def clean(self) -> dict:
        data = super().clean()
        data["span"] = None
        if not self.errors:
            data["span"] = self._span(data)
        if not data.get("body") and not self.errors.get("body"):
            self._check_wordless(data)
        if data.get("audience"):
            data["group"] = self._chosen_group(data["audience"])
            data["audience"] = data["audience"].partition(":")[0]
        return data

    def _check_wordless(self, data: dict) -> None:
        motivation = data.get("motivation")
        if motivation == Motivation.TAGGING:
            if not data.get("tags") and not self.errors.get("tags"):
                self.add_error("tags", gettext("Name at least one tag."))
        elif motivation != Motivation.HIGHLIGHTING:
            self.add_error("body", gettext("Write something first."))

    def _span(self, data: dict) -> Span | None:
        """The place meant, None for the whole article; adds an error where it cannot be told."""
        text = self.on_revision.text
        if data.get("whole"):
            return None
        if data.get("start") is not None and data.get("end") is not None:
            try:
                return check(text, Span(data["start"], data["end"]), data.get("quote") or None)
            except SelectorError as problem:
                self.add_error("quote", gettext("The words are not there: %s.") % problem)
                return None
        if data.get("paragraph"):
            found = paragraphs(self.on_revision.html)
            if data["paragraph"] > len(found):
                self.add_error("quote", gettext("The text has only %d paragraphs.") % len(found))
                return None
            return found[data["paragraph"] - 1]
        if not data.get("quote"):
            self.add_error(
                "quote", gettext("Paste the words your note is about, or choose the whole article.")
            )
            return None
        return self._place_of_quote(data)

    def _place_of_quote(self, data: dict) -> Span | None:
        if not self.places:
            self.add_error(
                "quote",
                gettext("These words do not stand in the text. Copy them exactly from the page."),
            )
        elif len(self.places) == 1:
            return self.places[0]
        elif data.get("occurrence") is None:
            self.add_error(
                "occurrence",
                ngettext(
                    "These words stand %d time. Choose the place you mean.",
                    "These words stand %d times. Choose the place you mean.",
                    len(self.places),
                )
                % len(self.places),
            )
        else:
            return self.places[data["occurrence"]]
        return None


class ReplyForm(_WritingForm):
    """An answer; its audience is its thread's, or its writer alone."""

    audience = forms.ChoiceField(label=_("Audience"), required=False)

    def __init__(self, *args, user, to: Annotation, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.to = user, to
        self.fields["body"].required = True
        self.fields["submission"].initial = uuid.uuid4
        root = to.root or to
        thread = (audience_key(root.audience, root.group_id), root.audience_words)
        only_me = (Audience.PRIVATE.value, gettext("Only me"))
        fixed = to.audience == Audience.PRIVATE
        self.fields["audience"].choices = [only_me] if fixed else [thread, only_me]
        self.fields["audience"].initial = self.fields["audience"].choices[0][0]

    @property
    def audience_reason(self) -> str:
        """Why these are the audiences to choose from."""
        if self.to.audience == Audience.PRIVATE:
            return gettext("Only you can see the note you reply to.")
        return gettext("A reply is for the readers of its thread, or for you alone.")

    def clean(self) -> dict:
        data = super().clean()
        data["only_me"] = data.get("audience") == Audience.PRIVATE
        return data


class EditForm(_WritingForm):
    """Other words for a note of one's own; ``version`` is the one the writer saw."""

    audience = forms.ChoiceField(label=_("Audience"))
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args, user, note: Annotation, **kwargs) -> None:
        initial = {
            "body": note.body,
            "tags": tag_line(sorted(note.tags.names())),
            "audience": audience_key(note.audience, note.group_id),
            "version": note.version,
        }
        super().__init__(*args, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.user, self.note = user, note
        self.audience_fixed = audience_is_fixed(note)
        if self.audience_fixed:
            choices = [(initial["audience"], note.audience_words)]
        elif note.is_root:
            choices = audience_choices(user)
        else:
            choices = list(ReplyForm(user=user, to=note.parent).fields["audience"].choices)
        self.fields["audience"].choices = choices

    @property
    def audience_reason(self) -> str:
        if self.audience_fixed:
            return gettext("Others have replied, so the audience stays.")
        return ""

    def clean(self) -> dict:
        data = super().clean()
        wordless = self.note.motivation in (Motivation.HIGHLIGHTING, Motivation.TAGGING)
        if not data.get("body") and not wordless and "body" not in self.errors:
            self.add_error("body", gettext("Write something first."))
        if data.get("audience"):
            data["group"] = self._chosen_group(data["audience"])
            data["audience"] = data["audience"].partition(":")[0]
        return data
