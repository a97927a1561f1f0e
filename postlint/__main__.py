"""``python -m postlint``."""

from postlint.cli.main import run

if __name__ == "__main__":
    run()
