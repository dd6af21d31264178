"""The text of a document, taken out in a process of its own that has little memory, little time and no network.

Only ``files.texts`` starts it. Nothing here knows Django: what a hostile file may bring down is this and no more.
"""
