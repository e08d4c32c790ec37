"""Which folders modules are imported from: those of the installation, never one that documents may be in."""

import os
import sys

PACKAGE = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))  # noqa: PTH120  (pathlib is not imported yet)
"""The folder that this package is in."""


def trusted_folders() -> list[str]:
    """Return the folders of `sys.path` without the current one, that of the script, those given in relation
    to the current one and those that PYTHONPATH names: a repository can set all of these. The folder that
    this package is in stays.
    """
    script = os.path.dirname(sys.argv[0]) if sys.argv else ""  # noqa: PTH120  (as above)
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    untrusted = {os.path.realpath(folder) for folder in (os.curdir, script, *named)} - {PACKAGE}
    return [
        folder
        for folder in sys.path
        if os.path.isabs(folder) and os.path.realpath(folder) not in untrusted  # noqa: PTH117  (as above)
    ]
