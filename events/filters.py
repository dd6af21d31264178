"""What the agenda shall show: a kind, a place."""

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from events.forms import place_key
from events.models import Event
from events.models.event import Events
from partnerships.models import Network, Partnership
from partnerships.permissions import Reach


class AgendaFilter(forms.Form):
    """What the agenda shows: a kind, a place with all that is in it. What is not understood narrows nothing."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    place = forms.ChoiceField(label=_("For whom"), required=False)

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, place = (cast(forms.ChoiceField, self.fields[name]) for name in ("kind", "place"))
        kind.choices = [("", _("All kinds")), *Event.Kind.choices]
        place.choices = [("", _("Everybody’s")), *((place_key(one), str(one)) for one in places_seen(reach))]
        for field in (kind, place):
            field.widget.attrs["class"] = "input"

    def narrow(self, events: Events) -> Events:
        """Those that the person asked for."""
        self.is_valid()
        kind, place = self.cleaned_data.get("kind"), self.cleaned_data.get("place")
        if kind:
            events = events.filter(kind=kind)
        if place:
            events = events.filter(inside(place))
        return events

    @property
    def narrows(self) -> bool:
        """True when something is left out."""
        self.is_valid()
        return any(self.cleaned_data.values())


def places_seen(reach: Reach) -> list[Network | Partnership]:
    """The networks and partnerships whose gatherings one may see, at least some."""
    if reach.administrator:
        return [*Network.objects.all(), *Partnership.objects.all()]
    partnerships = Partnership.objects.filter(
        Q(pk__in=reach.partnerships) | Q(network__in=reach.officer) | Q(bodies__in=reach.bodies)
    )
    return [*Network.objects.filter(pk__in=reach.networks), *partnerships.distinct()]


def inside(key: str) -> Q:
    """The gatherings of a place and of everything in it."""
    kind, _colon, pk = key.partition(":")
    if kind == "network":
        below = Q(partnership__network=pk) | Q(body__partnership__network=pk)
        return Q(network=pk) | below
    return Q(partnership=pk) | Q(body__partnership=pk)
