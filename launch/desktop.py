"""The icon on the desktop that opens the page."""

import os
import sys

from launch import steps
from launch.steps import run


def desktop_entry(python, root):
    """The icon of Linux: a file that names this folder. A path may hold spaces and Vietnamese letters."""
    script = os.path.join(root, "run.py").replace("\\", "\\\\").replace('"', '\\"').replace("`", "\\`").replace("$", "\\$")
    return (
        "[Desktop Entry]\nType=Application\nName=ANTQ\nComment=An toàn về an ninh, trật tự\n"
        'Exec="%s" "%s" page\nTerminal=false\nCategories=Education;\n' % (python, script.replace("%", "%%"))
    )


def windows_link(root):
    """The icon of Windows, made by PowerShell without an administrator; no script of VBScript, which Windows takes away."""
    quoted = root.replace("'", "''")
    return (
        "$w = New-Object -ComObject WScript.Shell; "
        "$l = $w.CreateShortcut([IO.Path]::Combine($w.SpecialFolders('Desktop'), 'ANTQ.lnk')); "
        "$l.TargetPath = '%s\\ANTQ.bat'; $l.WorkingDirectory = '%s'; $l.WindowStyle = 7; $l.Save()" % (quoted, quoted)
    )


def desktop():
    """The user's desktop folder; the home folder where it has another name."""
    home = os.path.expanduser("~")
    names = [os.path.join(home, name) for name in ("Desktop", "Màn hình nền")]
    return next((name for name in names if os.path.isdir(name)), home)


def shortcut(platform=sys.platform):
    """Put the icon on the desktop."""
    if platform == "win32":
        return run(["powershell", "-NoProfile", "-NonInteractive", "-Command", windows_link(steps.ROOT)])
    name = "ANTQ.command" if platform == "darwin" else "ANTQ.desktop"
    target = os.path.join(desktop(), name)
    if platform == "darwin":
        started = os.path.join(steps.ROOT, name).replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")
        text = '#!/bin/sh\nexec /bin/sh "%s"\n' % started
    else:
        text = desktop_entry(sys.executable, steps.ROOT)
    with open(target, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    os.chmod(target, 0o755)
    print("Đã đặt biểu tượng: " + target)
    return 0
