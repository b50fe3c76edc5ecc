"""Build hook: a wheel carries the translations compiled, since its folder may not be writable later."""

import importlib.util
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    def initialize(self, version: str, build_data: dict) -> None:
        if version == "editable":
            return  # `make setup` compiles them where they lie
        root = Path(self.root)
        spec = importlib.util.spec_from_file_location("catalogues", root / "src/kutomo/config/catalogues.py")
        catalogues = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(catalogues)
        catalogues.compile_stale(root / "locale")
        for path in (root / "locale").glob("*/LC_MESSAGES/*.[mp]o"):
            build_data["force_include"][str(path)] = f"kutomo/locale/{path.relative_to(root / 'locale')}"
