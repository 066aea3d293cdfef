"""What is found by words: tickets, articles and customers; and which tickets are about the same?"""
