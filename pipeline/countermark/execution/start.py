"""The first file that a worker process runs, by its path and in an isolated interpreter (`python -I`).

Such an interpreter takes no module from the current folder, from the folder of a script, from the user's own
folder or by a PYTHON... variable. What it lacks of the installation follows on its command line: the end of
the pipe, the parent's process, the folder that this package is in, and further folders.
"""

import sys


def main() -> None:
    """Find this package where the parent has it, all else in the interpreter's own folders first."""
    handle, parent, package, *further = sys.argv[1:]
    sys.path.insert(0, package)
    import countermark  # noqa: F401  (it imports nothing: the folder serves for this name alone)

    sys.path.remove(package)
    sys.path += [folder for folder in (package, *further) if folder not in sys.path]

    from multiprocessing import connection

    from countermark.execution.serve import serve

    end = getattr(connection, "PipeConnection", connection.Connection)
    serve(end(int(handle)), int(parent))


if __name__ == "__main__":
    main()
