"""What does a force look like whose every person, place and number is made up?"""
