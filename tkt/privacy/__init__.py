"""What does a desk do for the people it writes about? Words are taken out of tickets, persons are forgotten.

`redaction` is about one ticket, `forgetting` about a person everywhere. Both change what lies in the
tree, in one commit; `remains` says what git's history holds on to, and how that is rewritten.
"""
