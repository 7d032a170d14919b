"""Lets `python -m fazhi.site` be the command line."""

from fazhi.site.cli import main

if __name__ == "__main__":
    main()
