"""Does the partnership keep what people decide?"""
