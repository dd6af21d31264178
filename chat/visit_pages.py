"""The page on which an administrator takes access to a room of a partnership or body, and gives it back."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.requests import PersonRequest
from chat.actions import visiting
from chat.forms import whole_number
from chat.models import Visit
from chat.order_forms import VisitForm, room_label

PLACES = ("partnership__network", "body__partnership__network")


@login_required
def visits(request: PersonRequest) -> HttpResponse:
    """Rooms that an administrator looks into, and taking or ending such access."""
    if not request.user.is_superuser:
        raise Http404
    own = Visit.objects.open().filter(user=request.user).select_related(*(f"room__{place}" for place in PLACES))
    if "end" in request.POST:
        visiting.end(get_object_or_404(own, pk=whole_number(request.POST["end"])))
        return redirect("chat:visits")
    form = VisitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        visiting.enter(request.user, said["room"], said["span"], said["reason"])
        return redirect(f"{said['room'].get_absolute_url()}#latest")
    context = {"form": form, "visits": [(one, room_label(one.room)) for one in own.order_by("ends")]}
    return render(request, "chat/visits.html", context, status=400 if request.method == "POST" else 200)
