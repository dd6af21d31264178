"""Files that hang on messages: their names, what they are, where they lie, and what looks at them."""
