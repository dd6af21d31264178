"""Processes that are killed at any moment. As an app it gives them something to tell: see ``settings.py``."""
