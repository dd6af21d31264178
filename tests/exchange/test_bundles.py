"""Modules that are loaded together travel as one, and whoever imports one of them gets that one."""

import pytest

from exchange.bundles import Bundles

MODULES = {
    "talk/kit.js": 'import "./words.js";\nimport "./clock.js";\n',
    "talk/words.js": (
        'import { zone } from "./clock.js";\nconst user = 1;\nexport const say = (name) => name + zone;\n'
    ),
    "talk/clock.js": (
        'import { count } from "../wire/meter.js";\nexport const zone = 2;\nexport async function now() {}\n'
    ),
    "talk/room.js": (
        'import { say as tell } from "./words.js";\nimport { put } from "./log.js";\nexport class Open {}\n'
    ),
    "talk/log.js": (
        'import { say } from "./words.js";\nconst user = 2;\nexport function put() { import("./late.js"); }\n'
    ),
    "talk/late.js": 'import { say } from "./words.js";\nexport const late = say;\n',
    "talk/thread.js": 'import { Open } from "./room.js";\nexport class Thread extends Open {}\n',
}


def bundled(name: str, **more: str) -> str:
    """The module as it is served."""
    modules = MODULES | {f"talk/{key}.js": text for key, text in more.items()}
    return Bundles(modules.__getitem__, ("talk/kit.js", "talk/room.js")).text(name)


def test_a_bundle_holds_its_members_each_in_its_own_scope_after_what_they_import() -> None:
    assert bundled("talk/kit.js") == (
        'import { count } from "../wire/meter.js";\n'
        "const $clock = (() => {\nconst zone = 2;\nasync function now() {}\nreturn { zone, now };\n})();\n"
        "const $words = (() => {\nconst { zone } = $clock;\nconst user = 1;\nconst say = (name) => name + zone;\n"
        "return { say };\n})();\n"
        "export { $clock, $words };\n"
    )


def test_a_later_bundle_borrows_from_an_earlier_one() -> None:
    assert bundled("talk/room.js") == (
        'import { $words } from "./kit.js";\n'
        'const $log = (() => {\nconst { say } = $words;\nconst user = 2;\nfunction put() { import("./late.js"); }\n'
        "return { put };\n})();\n"
        "const { say: tell } = $words;\nconst { put } = $log;\nexport class Open {}\n"
        "export { $log };\n"
    )


def test_whoever_imports_a_member_is_led_to_its_bundle() -> None:
    assert bundled("talk/late.js") == (
        'import { $words } from "./kit.js";\nconst { say } = $words;\nexport const late = say;\n'
    )
    assert bundled("talk/thread.js") == MODULES["talk/thread.js"]


@pytest.mark.parametrize("words", ["export default say;\n", 'import { say } from "./words.js";\n'])
def test_what_cannot_be_bundled_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="words"):
        bundled("talk/kit.js", words=words)
