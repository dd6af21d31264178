"""What people read when something is wrong: plain words, in our design, even when the database is gone."""

import pytest
from django.template.loader import render_to_string
from django.test import Client


@pytest.mark.parametrize(("page", "words"), [("500.html", "broke on our side"), ("400.html", "makes no sense")])
def test_the_pages_of_a_broken_server_need_no_database(page: str, words: str) -> None:
    assert words in render_to_string(page)


def test_whoever_is_not_signed_in_reads_it_at_the_gate(client: Client, db: None) -> None:
    response = client.get("/nothing-here/")
    assert (response.status_code, 'class="gate"' in response.content.decode()) == (404, True)
