"""How people see it: the Streamlit app and the command line."""
