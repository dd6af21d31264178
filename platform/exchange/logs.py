"""Logs for machines: one JSON object a line, with whatever a line says beside its words."""

import logging

import structlog


class JsonFormatter(structlog.stdlib.ProcessorFormatter):
    """``{"event": "…", "level": "warning", "logger": "realtime.bus", "timestamp": "…", …}``; what was given as
    ``extra=`` stands under its own name, a traceback under ``exception``."""

    def __init__(self) -> None:
        super().__init__(
            foreign_pre_chain=[
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                structlog.stdlib.PositionalArgumentsFormatter(),
                structlog.stdlib.ExtraAdder(),
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.format_exc_info,
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        return str(super().format(record))
