"""Pages that say the same to everybody: on Streamlit alone, and beside the desk's own pages."""
