"""Folders of Markdown become lessons: ``files`` reads them, ``store`` keeps them."""
