"""The pages of topic rooms: opening one, naming it, archiving it, and joining again those that one has left."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.requests import PersonRequest
from chat.actions import archive_topic, change_topic, join_topic, open_topic, reopen_topic
from chat.actions.topics import NameTaken
from chat.forms import whole_number
from chat.models import Room
from chat.permissions import can_tend
from chat.topic_forms import NewTopicForm, TopicForm, places_for
from chat.views import find_room
from partnerships.permissions import Reach


@login_required
def new(request: PersonRequest) -> HttpResponse:
    """Open a topic room; ``?place=`` is chosen already."""
    places = places_for(request.user)
    if request.method != "POST":
        begun = {"place": request.GET.get("place", "")}
        return render(request, "chat/topic_new.html", {"form": NewTopicForm(initial=begun, places=places)})
    form = NewTopicForm(request.POST, places=places)
    taken = None
    if form.is_valid():
        try:
            room = open_topic(request.user, form.place_chosen, form.topic)
            return redirect(f"{room.get_absolute_url()}#latest")
        except NameTaken as found:
            taken = found.room
            form.add_error("title", _("There is a room of this name already."))
    return render(request, "chat/topic_new.html", {"form": form, "taken": taken}, status=400)


@login_required
def tend(request: PersonRequest, pk: int) -> HttpResponse:
    """Rename a topic room, archive it or open it again: for who opened it and who keeps order there."""
    reach = Reach.of(request.user)
    room = find_room(request, pk, reach)
    if not can_tend(reach, room):
        raise Http404
    form = TopicForm(request.POST) if "title" in request.POST else TopicForm.of(room)
    taken = None
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            return done(request, room, form)
        except NameTaken as found:
            taken = found.room
            if form.is_bound:
                form.add_error("title", _("There is a room of this name already."))
    wrong = taken is not None or (form.is_bound and not form.is_valid())
    context = {"room": room, "form": form, "taken": taken}
    return render(request, "chat/topic.html", context, status=400 if wrong else 200)


def done(request: PersonRequest, room: Room, form: TopicForm) -> HttpResponse:
    """What was asked for is done. Raises ``NameTaken``."""
    if form.is_bound:
        change_topic(room, form.topic)
        messages.success(request, _("Saved."))
    elif request.POST.get("archive") == "on":
        archive_topic(room)
        messages.success(request, _("The room is archived. It is read and found as before."))
    elif request.POST.get("archive") == "off":
        reopen_topic(room)
        messages.success(request, _("The room is open again."))
    return redirect(f"{room.get_absolute_url()}#latest")


@login_required
def join(request: PersonRequest) -> HttpResponse:
    """The topic rooms that one has left, to join again."""
    rooms = Room.objects.left_by(Reach.of(request.user)).with_place()
    if request.method != "POST":
        return render(request, "chat/join.html", {"rooms": rooms.order_by("title", "pk")})
    room = get_object_or_404(rooms, pk=whole_number(request.POST.get("room")))
    join_topic(request.user, room)
    return redirect(f"{room.get_absolute_url()}#latest")
