"""What does each feed and each stored table hold? The contracts every other step relies on."""
