"""What Streamlit runs for the pages of constants on their own."""

import streamlit as st


def one() -> None:
    """Draw constants."""
    st.title("One", anchor=False)
    st.write("This page says the same to everybody.")


def two() -> None:
    """Draw other constants."""
    st.title("Two", anchor=False)
    st.write("This page says the same to everybody, too.")


st.set_page_config(page_title="Constants", layout="wide")
st.navigation([st.Page(one, title="One"), st.Page(two, title="Two")]).run()
