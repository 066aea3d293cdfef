"""What does git ask tkt about one file: how do its versions merge, and how does it read in a diff?

Git calls this once a file, so it must start fast: neither typer nor the whole configuration is loaded.
"""
