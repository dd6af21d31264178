"""Where the files of lessons lie."""

from files.shelf import Shelf

shelf = Shelf("knowledge")
