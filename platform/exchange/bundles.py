"""Modules that a page always loads together travel as one file: a third of their bytes, and two round trips, less.

A bundle has the name of the module that imports its members, directly or through each other. In it each member is a
function of its own scope; who else imports a member is led to the bundle, so that there is one of each in a page.
"""

import re
from collections.abc import Callable
from functools import cached_property

BUNDLES = ("chat/kit.js", "chat/room.js")
"""Each with what no bundle before it has. A member must load nothing later that imports from the same bundle: the name
of a file holds the hash of what it names, and so they cannot name each other."""

IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"\./([^"]+)";\n', re.MULTILINE)
OUTSIDE = re.compile(r'^import (?:\{[^}]*\} from )?"\.\./[^"]+";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:const|class|function|async function) (\w+))", re.MULTILINE)
OTHER_EXPORT = re.compile(r"^export (?!const |class |function |async function ).*", re.MULTILINE)


class Bundles:
    """``read`` gives the text of a module of that name, without comments."""

    def __init__(self, read: Callable[[str], str], names: tuple[str, ...] = BUNDLES) -> None:
        self.read, self.names = read, names

    @cached_property
    def home(self) -> dict[str, str]:
        """In which bundle each member is, the members in the order in which they run."""
        found: dict[str, str] = {}
        for bundle in self.names:
            self.collect(bundle, bundle, found, ())
        return found

    def collect(self, name: str, bundle: str, found: dict[str, str], above: tuple[str, ...]) -> None:
        """Note in ``found`` what ``name`` imports, then itself."""
        if name in above:
            raise ValueError(f"{name} imports itself by way of {above[-1]}")
        for _, other in IMPORT.findall(self.read(name)):
            self.collect(beside(name, other), bundle, found, (*above, name))
        found.setdefault(name, bundle)

    def text(self, name: str) -> str:
        """The module as it is served."""
        if name not in self.names:
            return self.led(name, self.read(name))
        members = [member for member, bundle in self.home.items() if bundle == name and member != name]
        bodies = [self.wrapped(member) for member in members]
        own = self.led(name, self.read(name), within=name)
        outside = dict.fromkeys(line for member in members for line in OUTSIDE.findall(self.read(member)))
        shared = ", ".join(sign(member) for member in members)
        return "".join([*outside, *self.borrowed(name, members), *bodies, own, f"export {{ {shared} }};\n"])

    def borrowed(self, name: str, members: list[str]) -> list[str]:
        """The imports of a bundle from those before it."""
        wanted: dict[str, list[str]] = {}
        for member in [*members, name]:
            for _, other in IMPORT.findall(self.read(member)):
                found = beside(member, other)
                if self.home[found] != name and sign(found) not in wanted.setdefault(self.home[found], []):
                    wanted[self.home[found]].append(sign(found))
        return [f'import {{ {", ".join(signs)} }} from "./{home.split("/")[-1]}";\n' for home, signs in wanted.items()]

    def wrapped(self, name: str) -> str:
        """A member as a function that is called once, with what it exports."""
        text = self.read(name)
        if other := OTHER_EXPORT.search(text):
            raise ValueError(f"{name}: {other[0]}")
        exports = ", ".join(EXPORT.findall(text))
        body = OUTSIDE.sub("", EXPORT.sub("", self.led(name, text, within=self.home[name])))
        return f"const {sign(name)} = (() => {{\n{body}return {{ {exports} }};\n}})();\n"

    def led(self, name: str, text: str, within: str = "") -> str:
        """``text`` with what it imports from members taken from their bundles; ``within`` one, they are at hand."""

        def instead(match: re.Match[str]) -> str:
            names, other = match.groups()
            found = beside(name, other)
            home = self.home.get(found)
            if home is None or (home == found and not within):
                return match[0]
            taken = f"const {{{names.replace(' as ', ': ')}}} = {sign(found)};\n" if names else ""
            return taken if within else f'import {{ {sign(found)} }} from "./{home.split("/")[-1]}";\n{taken}'

        return IMPORT.sub(instead, text)


def beside(name: str, other: str) -> str:
    """The module ``./other``, as ``name`` calls it."""
    return f"{name.rpartition('/')[0]}/{other}"


def sign(name: str) -> str:
    """What a member is called in its bundle: no module of ours calls anything so."""
    return "$" + name.split("/")[-1].removesuffix(".js").replace("-", "_")
