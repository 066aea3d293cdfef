"""`python -m tkt`."""

from tkt.start import run

run()
