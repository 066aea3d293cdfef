"""What was learnt, written down: articles, what they may not tell, and what is wrong with them."""
