"""Written words: Markdown made safe, plain text cut from it, the language guessed. Knows no app and no database."""

from prose.bare import bare
from prose.language import guess_language
from prose.markdown import Mark, plain, render
from prose.times import retold

__all__ = ["Mark", "bare", "guess_language", "plain", "render", "retold"]
