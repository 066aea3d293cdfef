"""How do requests from outside come in? One module or folder for each way."""
