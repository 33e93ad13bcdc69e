"""Two pages of constants, for Streamlit to run: the least that a page turn can be."""

import streamlit as st


def one() -> None:
    """Draw constants."""
    st.title("One", anchor=False)
    st.write("This page says the same to everybody.")


def two() -> None:
    """Draw other constants."""
    st.title("Two", anchor=False)
    st.write("This page says the same to everybody, too.")


st.set_page_config(layout="wide")
st.navigation([st.Page(one, title="One"), st.Page(two, title="Two")]).run()
