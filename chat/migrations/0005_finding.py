"""The index of messages' words, kept by the database itself from the rows of ``chat_findable``: on PostgreSQL a generated
column, on SQLite an FTS5 table behind triggers. A later migration that alters ``chat_findable`` on SQLite makes it anew,
without its triggers: it has to run ``TRIGGERS`` again, and ``chat.indexing`` all messages (empty ``chat_takenup``)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

POSTGRESQL = """
ALTER TABLE chat_findable ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', terms)) STORED;
CREATE INDEX findable_words ON chat_findable USING gin (words);
"""
TABLE = """
CREATE VIRTUAL TABLE chat_findable_words USING fts5(terms, facts, content='', tokenize="ascii tokenchars '_'")
"""
FACTS = "'r' || {row}.room_id || ' a' || {row}.author_id || CASE WHEN {row}.has_link THEN ' link' ELSE '' END"
ADD = "INSERT INTO chat_findable_words (rowid, terms, facts) VALUES (new.key, new.terms, {facts});"
TAKE = """
INSERT INTO chat_findable_words (chat_findable_words, rowid, terms, facts)
VALUES ('delete', old.key, old.terms, {facts});
"""
IN, OUT = ADD.format(facts=FACTS.format(row="new")), TAKE.format(facts=FACTS.format(row="old"))
TRIGGERS = [
    f"CREATE TRIGGER chat_findable_in AFTER INSERT ON chat_findable BEGIN {IN} END",
    f"CREATE TRIGGER chat_findable_out AFTER DELETE ON chat_findable BEGIN {OUT} END",
    f"CREATE TRIGGER chat_findable_anew AFTER UPDATE ON chat_findable BEGIN {OUT} {IN} END",
]


def make_index(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What Django has no words for."""
    statements = [POSTGRESQL] if schema_editor.connection.vendor == "postgresql" else [TABLE, *TRIGGERS]
    for statement in statements:
        schema_editor.execute(statement)


def drop_index(apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """On PostgreSQL, and the triggers, it goes with the table."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE chat_findable_words")


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0004_pace"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TakenUp",
            fields=[
                (
                    "room",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="taken_up",
                        serialize=False,
                        to="chat.room",
                    ),
                ),
                ("version", models.PositiveBigIntegerField(default=0)),
                ("floor", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "verbose_name": "room taken up by search",
                "verbose_name_plural": "rooms taken up by search",
            },
        ),
        migrations.CreateModel(
            name="Findable",
            fields=[
                ("key", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "terms",
                    models.TextField(blank=True, help_text="as the analyzer of search makes them, in their order"),
                ),
                ("has_link", models.BooleanField(default=False)),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="chat.message"
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="chat.room"
                    ),
                ),
            ],
            options={
                "verbose_name": "findable message",
                "verbose_name_plural": "findable messages",
                "indexes": [
                    models.Index(fields=["author", "key"], name="findable_by_author"),
                    models.Index(fields=["room", "key"], name="findable_by_room"),
                ],
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
