"""What is ready to show? Finished words and numbers, made from released answers."""
