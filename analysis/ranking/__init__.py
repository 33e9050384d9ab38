"""Who contacts the police most in each area, and what changed since last week's list?"""
