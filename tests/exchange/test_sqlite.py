"""What is stored for very many at once takes one query on every database."""

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from notifications.models import Choice
from tests.conftest import person


@pytest.mark.django_db
def test_two_thousand_five_hundred_rows_are_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    owner = person("Owner")
    rows = [Choice(person=owner, kind="note", place=f"room:{n}", when="off") for n in range(2500)]
    with django_assert_num_queries(1):
        Choice.objects.bulk_create(rows, ignore_conflicts=True)
    assert Choice.objects.count() == 2500


@pytest.mark.django_db
def test_thousands_are_asked_for_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    owner = person("Owner")
    with django_assert_num_queries(1):
        assert list(User.objects.in_bulk(range(owner.pk, owner.pk + 5000))) == [owner.pk]
