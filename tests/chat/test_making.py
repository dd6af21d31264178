"""Models made of their columns at once are those that Django makes."""

import pytest
from django.db import models
from django.db.models.signals import post_init, pre_init

from accounts.models import User
from chat.models import Message, ReadMarker, Room
from chat.models.making import made
from partnerships.models import Membership

MODELS = [Message, ReadMarker, Room, User, Membership]


@pytest.mark.parametrize("model", MODELS)
def test_a_model_read_is_the_one_that_django_reads(model: type[models.Model]) -> None:
    columns = {field.attname: f"a {field.attname}" for field in model._meta.concrete_fields}
    ours, django = (
        made(model, dict(columns), "default"),
        model.from_db("default", list(columns), list(columns.values())),
    )
    assert facts(ours) == facts(django)
    assert (ours, hash(ours)) == (django, hash(django))


@pytest.mark.parametrize("model", MODELS)
def test_nobody_waits_to_hear_of_it(model: type[models.Model]) -> None:
    assert not pre_init.has_listeners(model)
    assert not post_init.has_listeners(model)


def test_a_new_message_is_the_one_that_django_makes() -> None:
    said = {"room_id": 7, "number": 3, "version": 4, "author_id": 2, "body": "Hello"}
    ours, django = Message.unsaved(**said), Message(**said)
    assert facts(ours) == facts(django)
    ours.reactions.append("shared by nobody")
    assert Message.unsaved(**said).reactions == []


def test_a_column_that_a_message_has_not_is_no_slip_of_the_pen() -> None:
    with pytest.raises(TypeError, match="nummer"):
        Message.unsaved(nummer=3)


def facts(one: models.Model) -> dict[str, object]:
    """Everything that it holds, and its state."""
    held = {name: value for name, value in vars(one).items() if name != "_state"}
    return held | {"state": (one._state.adding, one._state.db, dict(one._state.fields_cache))}
