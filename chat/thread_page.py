"""A thread on a page of its own, the list of those that one follows, and whether one is seen. No script is needed."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import PersonRequest
from chat.about import about
from chat.actions import follow_thread, mark_thread_read
from chat.conversation import lines
from chat.drafts import begun, is_kept, take
from chat.form_files import FormFiles
from chat.forms import STATUS, MessageForm, whole_number
from chat.message_page import find_message
from chat.models import Message, Room
from chat.presence import show_presence
from chat.roomlist import room_groups
from chat.signs import SIGNS
from chat.threads import followed_by, own_marker, thread_window, unread_threads
from chat.views import THREAD_MODULES, find_room
from partnerships.permissions import Reach


@login_required
@require_safe
def followed(request: PersonRequest) -> HttpResponse:
    """The threads that one follows, unread ones first."""
    page = whole_number(request.GET.get("page")) or 1
    threads, more = followed_by(request.user, min(page, 1000))
    context = {"threads": threads, "page": page, "more": more}
    return render(request, "chat/threads.html", context)


@login_required
def thread(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """The thread that message ``number`` began, or stands in. Posting here answers in it."""
    reach = Reach.of(request.user)
    room = find_room(request, pk, reach)
    root = find_message(room, number)
    if root.thread:
        return redirect(f"{thread_url(room, root.thread)}?around={number}#m{number}")
    if request.method != "POST":
        return show(request, root, reach, begun(request.user, room, root.number))
    data = request.POST.copy()
    data["thread"] = str(root.number)
    form = MessageForm(data)
    files = FormFiles(data, request.FILES.getlist("files"), room, request.user)
    form.attachments = files.ids
    if status := files.status or STATUS.get(take(form, room, request.user, root.number), 0):
        return show(request, root, reach, form, status, files)
    return redirect(f"{thread_url(room, number)}#{'composer' if is_kept(data) else 'latest'}")


@login_required
@require_POST
def follow(request: PersonRequest, pk: int, number: int) -> HttpResponse:
    """Follow the thread (``on``), leave it, or with ``read`` mark it read up to that number."""
    room = find_room(request, pk, Reach.of(request.user))
    if read := whole_number(request.POST.get("read")):
        mark_thread_read(request.user, room, number, read)
    elif not follow_thread(request.user, room, number, on=request.POST.get("follow") == "on"):
        raise Http404
    back = request.POST.get("back") == "list"
    return redirect(reverse("chat:threads") if back else thread_url(room, number))


@login_required
@require_POST
def presence(request: PersonRequest) -> HttpResponse:
    """Whether others see that one is active (``show``: on or off)."""
    show_presence(request.user, on=request.POST.get("show") == "on")
    return redirect(f"{reverse('accounts:me')}#presence")


def show(
    request: PersonRequest,
    root: Message,
    reach: Reach,
    form: MessageForm,
    status: int = 200,
    files: FormFiles | None = None,
) -> HttpResponse:
    """The thread's page, with what was typed and brought."""
    user, room = request.user, root.room
    around, before = (whole_number(request.GET.get(name)) for name in ("around", "before"))
    window = thread_window(room, root.number, before=before, around=around)
    marker = own_marker(user, room, root.number)
    last_read: int = marker.read if marker else room.message_count  # type: ignore[attr-defined]  # by with_unread
    shown = [root, *window.messages]
    context: dict[str, Any] = {
        "room": room,
        "root": root,
        "about": about(room, user, reach),
        "lines": lines(room, shown, user, last_read, thread=root.number),
        "earlier": window.messages[0].number if window.more and around is None else 0,
        "later": window.more and around is not None,
        "last": shown[-1].number,
        "last_read": last_read,
        "marker": marker,
        "groups": room_groups(user, reach),
        "unread_threads": unread_threads(user, reach),
        "form": form,
        "files": files,
        "has_files": any(message.attachments for message in shown),
        "signs": SIGNS,
        "modules": THREAD_MODULES,
    }
    return render(request, "chat/thread.html", context, status=status)


def thread_url(room: Room, root: int) -> str:
    """The page of a thread."""
    return reverse("chat:thread", args=[room.pk, root])
