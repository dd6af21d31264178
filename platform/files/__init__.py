"""Files that people bring: their names, what they are, where they lie, what looks at them, how they go out."""
