"""What is the page of a partner agency put together from? Its actions, the cases shared with it, and totals."""
