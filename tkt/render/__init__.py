"""How does a value look: on a terminal, in Markdown, as JSON?"""
