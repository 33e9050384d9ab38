"""What is a page put together from? Pieces that take finished values and own their widget keys."""
