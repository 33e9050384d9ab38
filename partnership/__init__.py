"""What people decide: members, meetings, plans, actions, shares and the access log."""
