"""What are the parts of the Action plans page? The list of actions, the plans with their sign-off, the agencies."""
