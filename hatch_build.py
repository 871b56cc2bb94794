"""Build hook: a wheel carries notebooks/, data_templates/ and the built guide; an editable install keeps using the repository's own."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = ("notebooks", "data_templates", "docs/html")


class ShippedFolders(BuildHookInterface):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version != "standard":
            return
        root = Path(self.root)
        for folder in SHIPPED:
            for path in sorted((root / folder).rglob("*")):
                inside = path.relative_to(root)
                if path.is_file() and not any(part.startswith((".", "~$", "__pycache__")) for part in inside.parts):
                    build_data["force_include"][str(path)] = f"antq_review/_shipped/{inside.as_posix()}"
