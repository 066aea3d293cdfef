"""What is the help centre: articles and a search in a folder of pages that need no server?"""
