"""How does the desk look as columns of cards, in a terminal that one works at, and in a pipe?

What is shown and what it says: `cards`, `lanes`, `plain`, `watching`, `drafts`; what the board asks of the desk:
`work`. Only the live board (`app` and what it is made of) knows textual, and is imported late.
"""
