"""The lists and cards of people, partnerships and organisations."""

from tests.access_rows import MEMBERS, Row

ROWS = [
    Row("network/", "/network/", MEMBERS),
    Row("network/people/", "/network/people/", MEMBERS),
    Row("network/people/<int:pk>/", lambda world: f"/network/people/{world.partner.pk}/", MEMBERS),
    Row(
        "network/people/<int:pk>/",
        lambda world: f"/network/people/{world.stranger.pk}/",
        dict.fromkeys(MEMBERS, 404) | {"nobody": 302},
    ),
    Row("network/partnerships/<int:pk>/", lambda world: f"/network/partnerships/{world.partnership.pk}/", MEMBERS),
    Row("network/organisations/<slug:slug>/", "/network/organisations/karlskrona/", MEMBERS),
]
