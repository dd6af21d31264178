"""The files of a batch of posts: whose they are is asked under the room's lock. A post without any costs nothing."""

from collections.abc import Collection, Iterable
from typing import Any, Protocol

from chat.models import File, Message
from chat.models.file import MOST_AT_ONCE, shown
from chat.text import problem


class Bringing(Protocol):
    """As much of a post as matters here."""

    @property
    def room_id(self) -> int: ...
    @property
    def author_id(self) -> int: ...
    @property
    def body(self) -> str: ...
    @property
    def attachments(self) -> Collection[int]: ...


class Attaching:
    """What the posts of one batch bring along."""

    def __init__(self, posts: Iterable[Bringing]) -> None:
        wanted = {pk for post in posts for pk in post.attachments}
        rows = File.objects.select_for_update().filter(pk__in=wanted, message=None) if wanted else ()
        self.free = {file.pk: file for file in rows}
        self.taken: list[tuple[Message, list[File]]] = []

    def problem(self, post: Bringing) -> str:
        """The code of what is wrong with the words or the files: one of both is enough."""
        wrong = problem(post.body)
        if not post.attachments or wrong not in {"", "empty"}:
            return wrong
        files = self.of(post)
        fit = len(files) == len(post.attachments) <= MOST_AT_ONCE
        return "" if fit and all(is_here(file, post) for file in files) else "bad_files"

    def of(self, post: Bringing) -> list[File]:
        """The files that are still to be had, as they came in."""
        return [self.free[pk] for pk in sorted(post.attachments) if pk in self.free]

    def shown(self, post: Bringing) -> list[dict[str, Any]]:
        """As the message carries them."""
        return shown(self.of(post))

    def take(self, post: Bringing, message: Message) -> None:
        """They are this message's, and no other's."""
        if post.attachments:
            self.taken.append((message, self.of(post)))
            for pk in post.attachments:
                self.free.pop(pk, None)

    def save(self) -> None:
        """Once the messages have their ids."""
        for message, files in self.taken:
            File.objects.filter(pk__in=[file.pk for file in files]).update(message=message)
            Message.objects.filter(pk=message.pk).update(attachments=message.attachments)


def is_here(file: File, post: Bringing) -> bool:
    """Brought by the post's author for its room, whole."""
    whole = file.state in {File.State.READY, File.State.WAITING}
    return whole and file.owner_id == post.author_id and file.room_id == post.room_id
