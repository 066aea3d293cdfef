"""What does the passing of time ask for: warn, escalate, remind, take up again, close?

`table.RULES` lists the rules, one file each; a rule says what falls due on a `case.Case`, as `firing.Firing`s,
and `carrying_out` does it. Pure: `tkt.ticking` finds the tickets and writes.
"""
