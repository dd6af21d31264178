"""What commits tell may be kept back for a while, so that it goes out together."""

import pytest
from django.db import transaction

from realtime.publishing import held, publish

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_committed_is_there_in_its_order_and_nothing_else() -> None:
    with held() as items:
        with transaction.atomic():
            publish("room:1", {"type": "first"}, version=1)
            publish("room:1", {"type": "second"}, version=2)
            assert items == []
        with transaction.atomic():
            publish("room:1", {"type": "never"}, version=3)
            transaction.set_rollback(True)
    assert [(item.text, item.version) for item in items] == [('{"type":"first"}', 1), ('{"type":"second"}', 2)]


def test_one_inside_another_keeps_its_own() -> None:
    with held() as outer:
        publish("room:1", {"type": "first"})
        with held() as inner:
            publish("room:1", {"type": "second"})
        publish("room:1", {"type": "third"})
    assert [item.text for item in inner] == ['{"type":"second"}']
    assert [item.text for item in outer] == ['{"type":"first"}', '{"type":"third"}']
