"""The engines that search is measured beside, each as its own manual has it, on our terms but for Whoosh."""

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

import tantivy
from django.db import connection
from whoosh.fields import ID, TEXT, Schema
from whoosh.index import create_in
from whoosh.qparser import OrGroup, QueryParser

from search.analysis import LONGEST, placed, terms
from search.document import Document

Answer = Callable[[str], list[int]]
TOP = 20


def fts5(documents: Iterable[Document], language: str) -> Answer:
    """SQLite's full-text index: words joined by OR, ranked by its BM25."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 0')")
    rows = ((document.id + 1, told(document)) for document in documents)
    database.executemany("INSERT INTO t (rowid, x) VALUES (?, ?)", rows)

    def answer(query: str) -> list[int]:
        wanted = " OR ".join(f'"{term}"' for term in dict.fromkeys(terms(query, language)))
        asked = "SELECT rowid - 1 FROM t WHERE x MATCH ? ORDER BY rank LIMIT ?"
        return [number for (number,) in database.execute(asked, [wanted or '""', TOP])]

    return answer


def tantivys(folder: Path, documents: Iterable[Document], language: str) -> Answer:
    """Tantivy: the same, with its BM25."""
    folder.mkdir()
    builder = tantivy.SchemaBuilder().add_integer_field("key", stored=True)
    schema = builder.add_text_field("text", tokenizer_name="whitespace").build()
    index = tantivy.Index(schema, path=str(folder))
    writer = index.writer(128_000_000, 1)
    for document in documents:
        writer.add_document(tantivy.Document(key=document.id, text=told(document)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def answer(query: str) -> list[int]:
        either = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", term))
            for term in dict.fromkeys(terms(query, language))
        ]
        hits = searcher.search(tantivy.Query.boolean_query(either), TOP).hits if either else []
        return [searcher.doc(address)["key"][0] for _score, address in hits]

    return answer


def told(document: Document) -> str:
    """A document's terms as one text."""
    return " ".join(terms(f"{document.title} {document.text}", document.language))


def as_it_comes(folder: Path, documents: Iterable[Document], *, joined_by_or: bool) -> Answer:
    """Whoosh by its own manual: TEXT, QueryParser, the searcher kept open."""
    folder.mkdir()
    index = create_in(str(folder), Schema(key=ID(stored=True), text=TEXT))
    writer = index.writer(limitmb=128)
    for document in documents:
        writer.add_document(key=str(document.id), text=f"{document.title} {document.text}")
    writer.commit()
    searcher = index.searcher()
    parser = QueryParser("text", index.schema, **({"group": OrGroup} if joined_by_or else {}))
    return lambda query: [int(hit["key"]) for hit in searcher.search(parser.parse(query), limit=TOP)]


def ts_rank(documents: Iterable[Document], language: str) -> Answer:
    """PostgreSQL's own: tsvector with GIN, ``ts_rank`` over at most 2,000 candidates, titles .6 and texts .4."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_texts")
        cursor.execute("CREATE TABLE bench_texts (id bigint PRIMARY KEY, words tsvector)")
        for document in documents:
            cursor.execute("INSERT INTO bench_texts VALUES (%s, %s::tsvector)", [document.id, weighted(document)])
        cursor.execute("CREATE INDEX ON bench_texts USING gin (words)")
        cursor.execute("ANALYZE bench_texts")
    asked = f"""SELECT id FROM (SELECT id, words FROM bench_texts WHERE words @@ %s::tsquery LIMIT 2000) AS candidates
        ORDER BY ts_rank('{{0, 0, 0.4, 0.6}}', words, %s::tsquery, 1) DESC LIMIT {TOP}"""

    def answer(query: str) -> list[int]:
        wanted = " | ".join(f"'{term}'" for term in dict.fromkeys(terms(query, language)))
        with connection.cursor() as cursor:
            cursor.execute(asked, [wanted, wanted])
            return [number for (number,) in cursor.fetchall()]

    return answer


def weighted(document: Document) -> str:
    """The terms with their places and weights, as PostgreSQL reads a tsvector."""
    parts = [(document.title, "A", 1), (document.text, "B", LONGEST)]
    return " ".join(
        f"'{term}':{min(place + begin, 16383)}{weight}"
        for text, weight, begin in parts
        for term, place in placed(text, document.language)
    )
