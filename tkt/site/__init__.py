"""What is the dashboard: linked pages in a folder, made from reports, that need no server?"""
