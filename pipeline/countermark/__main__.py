"""The program, as `countermark` and as `python -m countermark`.

Both begin with folders on Python's path that documents may be in; nothing more is imported before they are
off it.
"""

import sys

from countermark.import_path import trusted_folders

sys.path[:] = trusted_folders()


def main() -> int:
    """Run the command line and return its exit status."""
    from countermark.cli.main import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
