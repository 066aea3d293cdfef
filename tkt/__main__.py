"""`python -m tkt`."""

from tkt.cli import run

run()
