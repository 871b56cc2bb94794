"""The pack of packages for a school without a network."""

import json
import subprocess
import sys

from launch import steps
from launch.environment import PACK, dotted, ensure
from launch.steps import run

#: What only Windows needs, so that this system's constraints do not name it.
WINDOWS_ONLY = ("colorama", "pywin32")
ASKED = (
    "import json, tomllib; p = tomllib.load(open('pyproject.toml', 'rb')); "
    "print(json.dumps(p['project']['dependencies'] + p['build-system']['requires']))"
)


def pack_commands(python, asked, version):
    """The steps that fill the pack for 64-bit Windows: wheels alone; bagit has none on the registry and is built here."""
    pip = [python, "-m", "pip"]
    bagit = [name for name in asked if name.startswith("bagit")]
    rest = [name for name in asked if name not in bagit] + list(WINDOWS_ONLY)
    chosen = ["--platform", "win_amd64", "--python-version", version, "--only-binary=:all:"]
    return [
        [*pip, "wheel", "--no-deps", "-c", "constraints.txt", "-w", PACK, *bagit],
        [*pip, "download", "-c", "constraints.txt", "-d", PACK, "--find-links", PACK, *chosen, *bagit, *rest],
    ]


def pack(arguments):
    """Fill `goi_cai_dat`. `--python 3.12`: for that Python of the school; `--dry-run`: only print the steps."""
    version = arguments[arguments.index("--python") + 1] if "--python" in arguments[:-1] else dotted(sys.version_info[:2])
    python = ensure(".venv", "")
    asked = json.loads(subprocess.check_output([python, "-c", ASKED], cwd=steps.ROOT).decode("utf-8"))
    for command in pack_commands(python, asked, version):
        print(" ".join(command), flush=True)
        code = 0 if "--dry-run" in arguments else run(command, steps.ROOT)
        if code:
            return code
    return 0
