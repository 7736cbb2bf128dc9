"""``python -m gridsim``: the command line."""

from gridsim.cli import main

if __name__ == "__main__":
    main()
