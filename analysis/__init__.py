"""What the data says: pure frames in, frames out. No Streamlit, no SQL, no wall clock."""
