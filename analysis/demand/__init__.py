"""Who contacted the police, about what, when and where? Contacts, groups, windows, totals and linked crimes."""
