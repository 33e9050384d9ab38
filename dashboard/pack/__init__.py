"""What is handed to those who meet? One document in three forms: made once, written as PDF, Word or Excel."""
