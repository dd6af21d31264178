"""The parts of ``bench.delivering``: a light crowd of clients, and the servers that are measured."""
