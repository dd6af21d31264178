"""The protocol's JSON Schema, which everything that the server says in a test is held against."""

import json
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SCHEMA = json.loads((Path(__file__).resolve().parents[2] / "docs" / "chat-protocol.schema.json").read_text())


def validator(name: str) -> Draft202012Validator:
    """For one of the schema's definitions."""
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]})


HEARD = {
    one["properties"]["type"]["const"]: one for one in SCHEMA["$defs"]["server_frame"]["oneOf"] if "oneOf" not in one
}


def hold(frame: Any, name: str = "server_frame") -> None:
    """Fail, and say where, if ``frame`` is not what the schema says."""
    kind = frame.get("type") if name == "server_frame" else None
    schema = {**HEARD[kind], "$defs": SCHEMA["$defs"]} if kind in HEARD else None
    held = Draft202012Validator(schema) if schema else validator(name)
    faults = [f"{error.json_path}: {error.message[:300]}" for error in held.iter_errors(frame)]
    assert faults == [], frame
