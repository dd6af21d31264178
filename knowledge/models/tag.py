"""Free words on lessons: whoever writes a word first decides its spelling, whatever case or accents come later."""

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from taggit.managers import _TaggableManager
from taggit.models import ItemBase, TagBase

if TYPE_CHECKING:
    from knowledge.models.lesson import Lesson

LONGEST = 100


def tag_key(label: str) -> str:
    """What two spellings of one tag have in common: compatibility forms, case, accents and spaces are folded away."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", label).casefold())
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).split())


class Tags(models.Manager["Tag"]):
    """Every tag; ``labelled`` finds or makes."""

    def labelled(self, labels: Iterable[str]) -> list["Tag"]:
        """The tag of each label, in the given order and each once; those that are new are made."""
        wanted: dict[str, str] = {}
        for label in labels:
            words = " ".join(label.split())[:LONGEST]
            if tag_key(words):
                wanted.setdefault(tag_key(words), words)
        known = self.by_key(wanted)
        for key in sorted(wanted.keys() - known.keys()):  # in one order everywhere: else two writers may lock out
            known[key] = self.get_or_create(key=key, defaults={"name": wanted[key]})[0]
        return [known[key] for key in wanted]

    def by_key(self, keys: Iterable[str]) -> dict[str, "Tag"]:
        """Those that are there, by their key."""
        return {tag.key: tag for tag in self.filter(key__in=list(keys))}


class Tag(TagBase, models.Model):
    """A free word. ``name`` is the label first written, ``key`` what makes it one on every database."""

    key: "models.CharField[str, str]" = models.CharField(_("key"), max_length=2 * LONGEST, unique=True, editable=False)

    objects: ClassVar[Tags] = Tags()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]

    def __str__(self) -> str:
        return str(self.name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the key in step with the label."""
        self.key = tag_key(self.name)
        super().save(*args, **kwargs)

    def slugify(self, tag: str, i: int | None = None) -> str:
        """The tag's name in addresses, the same for every spelling."""
        slug = slugify(tag_key(tag), allow_unicode=True) or "tag"
        return slug if i is None else f"{slug}_{i}"


class Tagged(ItemBase, models.Model):
    """That a lesson has a tag."""

    content_object: "models.ForeignKey[Lesson, Lesson]" = models.ForeignKey(
        "knowledge.Lesson", models.CASCADE, related_name="tagged"
    )
    tag: "models.ForeignKey[Tag, Tag]" = models.ForeignKey(Tag, models.CASCADE, related_name="tagged")

    objects: ClassVar[models.Manager["Tagged"]] = models.Manager()

    class Meta:
        verbose_name = _("tag of a lesson")
        verbose_name_plural = _("tags of lessons")
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="a_tag_once_a_lesson")]

    def __str__(self) -> str:
        return f"{self.content_object}: {self.tag}"


class OneSpelling(_TaggableManager):
    """``lesson.tags``: taggit's manager, which finds tags by their key instead of by case-insensitive name."""

    def _to_tag_model_instances(self, tags: Iterable["str | Tag"], tag_kwargs: dict[str, Any]) -> list[Tag]:
        made = {tag: tag for tag in tags if isinstance(tag, Tag)}
        return list(dict.fromkeys([*made, *Tag.objects.labelled(tag for tag in tags if isinstance(tag, str))]))
