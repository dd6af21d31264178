"""Autobahn's fuzzing client against our server, where there is a Python 2.7 for it (``make audit`` runs it).

Its last release, 0.8.2, needs that interpreter: ``python2.7`` on the path, or one of pyenv's. It is put into a folder
of its own, from the package index. Run as a command it prints one line and exits 1 if a case failed.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.live import ROOT, free_port, process_of

SUITE = "autobahntestsuite==0.8.2"
GOOD = {"OK", "NON-STRICT", "INFORMATIONAL"}
LEFT_OUT = ["12.*", "13.*"]
"""Compression of single messages, which the server does not offer."""


def interpreter() -> str:
    """A Python 2.7 that runs; nothing where there is none."""
    folders = {Path(os.environ.get("PYENV_ROOT", "")), Path.home() / ".pyenv", Path("/root/.pyenv")}
    kept = [str(path) for folder in sorted(folders) for path in folder.glob("versions/2.7*/bin/python2.7")]
    return next((path for path in [*kept, shutil.which("python2.7")] if path and runs(path)), "")


def runs(python: str) -> bool:
    """Whether it is more than a name: pyenv's own is there for versions that are not chosen, too."""
    return subprocess.run([python, "-c", ""], stderr=subprocess.DEVNULL, check=False).returncode == 0


def install(python: str, folder: Path) -> None:
    """Put the fuzzing client into ``folder``. Its namespace package needs a file that pip leaves out."""
    command = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--target", str(folder), SUITE]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    (folder / "zope" / "__init__.py").touch()


def fuzz(python: str, folder: Path) -> dict[str, str]:
    """Case → what Autobahn says of our server's behaviour, the worse of both its verdicts."""
    port = free_port()
    plan = {
        "outdir": str(folder / "reports"),
        "servers": [{"agent": "exchange", "url": f"ws://127.0.0.1:{port}"}],
        "cases": ["*"],
        "exclude-cases": LEFT_OUT,
        "exclude-agent-cases": {},
    }
    (folder / "plan.json").write_text(json.dumps(plan))
    client = [python, str(folder / "bin" / "wstest"), "-m", "fuzzingclient", "-s", str(folder / "plan.json")]
    ours = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'platform'}"}
    with process_of([sys.executable, "-m", "tests.realtime.echo", str(port)], port, ours):
        theirs = os.environ | {"PYTHONPATH": str(folder)}
        subprocess.run(client, check=True, env=theirs, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found = json.loads((folder / "reports" / "index.json").read_text())["exchange"]
    return {case: verdict(said) for case, said in found.items()}


def verdict(said: dict[str, str]) -> str:
    """Of a case's two words (its course, and how it was closed) the one that is not good, else the first."""
    return next((word for word in (said["behavior"], said["behaviorClose"]) if word not in GOOD), said["behavior"])


def main() -> int:
    """Print what came of it; 1 if a case failed."""
    python = interpreter()
    if not python:
        sys.stdout.write("not run: there is no Python 2.7 here\n")
        return 0
    folder = Path(tempfile.mkdtemp(prefix="exchange-autobahn-"))
    try:
        install(python, folder)
        verdicts = fuzz(python, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    bad = sorted(case for case, word in verdicts.items() if word not in GOOD)
    counted = ", ".join(f"{count} {word}" for word, count in Counter(verdicts.values()).most_common())
    sys.stdout.write(f"{len(verdicts)} cases: {counted}{': ' + ', '.join(bad) if bad else ''}\n")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
