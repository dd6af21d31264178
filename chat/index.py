"""The index of messages on the two databases: which messages (by key, newest first) have these words and facts."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from chat.models import Findable
from chat.models.findable import LAST
from chat.wording import Clause

IN_SQLITE = """
SELECT rowid FROM chat_findable_words
WHERE chat_findable_words MATCH %s AND rowid >= %s AND rowid < %s{only} ORDER BY rowid DESC LIMIT %s
"""
AMONG_THE_NEWEST = """
SELECT key FROM (SELECT key, words FROM chat_findable WHERE {facts} ORDER BY key DESC LIMIT 5000) AS newest
WHERE words @@ ({words}) ORDER BY key DESC LIMIT %s
"""
AMONG_ALL = """
WITH found AS MATERIALIZED (SELECT key FROM chat_findable WHERE {facts} AND words @@ ({words}))
SELECT key FROM found ORDER BY key DESC LIMIT %s
"""


@dataclass
class Asked:
    """What is wanted, in rows: messages of ``rooms`` with every clause of ``all`` and none of ``none``, by one of
    ``authors`` (None for anybody), with keys from ``since`` to before ``until``, ``only`` these (None for all)."""

    rooms: list[int]
    all: list[Clause]
    none: list[Clause]
    authors: list[int] | None = None
    since: int = 0
    until: int = LAST
    links: bool = False
    only: list[int] | None = None


def keys(asked: Asked, limit: int) -> list[int]:
    """The newest ``limit`` of them."""
    if not asked.rooms or asked.authors == [] or asked.only == []:
        return []
    if not asked.all and not asked.none:
        return by_facts(asked, limit)
    return in_postgresql(asked, limit) if connection.vendor == "postgresql" else in_sqlite(asked, limit)


def by_facts(asked: Asked, limit: int) -> list[int]:
    """Without words: along the indexes of authors, of rooms, of time."""
    rows = Findable.objects.filter(room__in=asked.rooms, pk__gte=asked.since, pk__lt=asked.until)
    rows = rows if asked.authors is None else rows.filter(author__in=asked.authors)
    rows = rows.filter(has_link=True) if asked.links else rows
    rows = rows if asked.only is None else rows.filter(pk__in=asked.only)
    return list(rows.order_by("-pk").values_list("pk", flat=True)[:limit])


def in_sqlite(asked: Asked, limit: int) -> list[int]:
    """FTS5 walks its lists from the newest key down, and ends where there are enough."""
    only = asked.only or []
    sql = IN_SQLITE.format(only=f" AND rowid IN ({', '.join(['%s'] * len(only))})" if only else "")
    return fetched(sql, [match(asked), asked.since, asked.until, *only, limit])


def match(asked: Asked) -> str:
    """The question in FTS5's language. A term is made of letters and digits alone, so quotes are all it needs."""
    facts = [any_of((f"r{pk}",) for pk in asked.rooms)]
    facts += [any_of((f"a{pk}",) for pk in asked.authors)] if asked.authors is not None else []
    facts += ["link"] if asked.links else []
    wanted = [f"facts : ({' AND '.join(facts)})", *(f"terms : ({any_of(clause)})" for clause in asked.all)]
    left_out = "".join(f" NOT (terms : ({any_of(clause)}))" for clause in asked.none)
    return f"({' AND '.join(f'({one})' for one in wanted)}){left_out}"


def any_of(phrases: Any) -> str:
    """``("a b" OR "c")``."""
    return "(" + " OR ".join(f'"{" ".join(phrase)}"' for phrase in phrases) + ")"


def in_postgresql(asked: Asked, limit: int) -> list[int]:
    """A common word is often enough among the newest 5,000; of a rarer one the index of words has few rows to sort.
    (By itself the planner takes an unknown word for a common one, and reads all messages from the newest down.)"""
    facts, values = facts_in_sql(asked)
    words, terms = words_in_sql(asked)
    for sql in (AMONG_THE_NEWEST, AMONG_ALL):
        found = fetched(sql.format(facts=facts, words=words), [*values, *terms, limit])
        if len(found) == limit:
            break
    return found


def facts_in_sql(asked: Asked) -> tuple[str, list[Any]]:
    """Rooms, authors, links and time, with their values."""
    sql, values = "room_id = ANY(%s) AND key >= %s AND key < %s", [asked.rooms, asked.since, asked.until]
    if asked.authors is not None:
        sql, values = f"{sql} AND author_id = ANY(%s)", [*values, asked.authors]
    if asked.only is not None:
        sql, values = f"{sql} AND key = ANY(%s)", [*values, asked.only]
    return (f"{sql} AND has_link" if asked.links else sql), values


def words_in_sql(asked: Asked) -> tuple[str, list[str]]:
    """The question as a tsquery, with its values."""
    one = "phraseto_tsquery('simple', %s)"
    clauses = [(f"({' || '.join([one] * len(clause))})", clause) for clause in asked.all]
    clauses += [(f"!!({' || '.join([one] * len(clause))})", clause) for clause in asked.none]
    sql = " && ".join(sql for sql, _clause in clauses)
    return sql, [" ".join(phrase) for _sql, clause in clauses for phrase in clause]


def fetched(sql: str, values: list[Any]) -> list[int]:
    """The first column."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]
