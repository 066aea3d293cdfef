"""What does a desk promise: calendars, policies, targets, ladders? (docs/sla.md P1 to P5, E1)

`levels.ServiceLevels` holds all of it, read and checked; `targets` says which promise was in force when.
"""
