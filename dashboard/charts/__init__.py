"""How is each picture drawn? Pure figures from finished values; nothing here reads data or the screen."""
