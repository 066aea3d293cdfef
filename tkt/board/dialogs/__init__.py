"""What stands in front of the board for a while: something to read, to choose, to fill in, to write?"""
