"""Written words: Markdown made safe, plain text cut from it. Knows no app and no database."""

from prose.markdown import plain, render

__all__ = ["plain", "render"]
