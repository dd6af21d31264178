"""When this, then that: the only place that knows two apps at once. One file per app that something is heard from."""

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
