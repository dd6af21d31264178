"""Where the files of messages lie."""

from files.shelf import Shelf

shelf = Shelf("chat")
