"""The background work: for administrators; for everybody else it is not there."""

from uuid import UUID

from tests.access_rows import NOBODY, PEOPLE, Row

ADMINISTRATOR = dict.fromkeys(PEOPLE, 404) | {NOBODY: 302, "administrator": 200}
PRESSED = ADMINISTRATOR | {"administrator": 302}
TASK = UUID(int=7)

ROWS = [
    Row("work/", "/work/", ADMINISTRATOR, visitor="administrator"),
    *(
        Row(f"work/<uuid:task>/{verb}/", f"/work/{TASK}/{verb}/", PRESSED, method="POST")
        for verb in ("retry", "drop", "cancel")
    ),
]
