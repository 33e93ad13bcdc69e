"""What people type and files bring that a browser could take for something else than text."""

ON_ONE_LINE = (
    "https://zq.example/a_b?c=d",
    "HTTP://ZQ.example",
    "www.zq.example",
    "robin@zq.example",
    "mailto:zq@a.example",
    ":material/zq: :material_zq: :material/home:",
    ":smile: :+1: :100: :streamlit:",
    ":red[zq] :small[zq] :color[zq]{foreground=red} :help[zq] :green-badge[zq]",
    "zq -> a <- b <-> c -- d >= e <= f ~= g",
    "$zq^2$ $$zq$$",
    "**zq** _zq_ ~~zq~~ `zq`",
    "<b>zq</b> <img src=x> <https://zq.example>",
    "&lt;zq&gt; &copy; &#35;",
    "[zq](https://zq.example) ![zq](https://zq.example/i.png) [^1]",
    "zq\\*zq\\",
    "08:00-17:00 zq  two   three",
)
"""Each with zq in what would become of it."""

AT_A_LINES_START = (
    "# zq",
    "> zq",
    "- zq",
    "+ zq",
    "* zq",
    "1. zq",
    "2) zq",
    "- [ ] zq",
    "    zq indented",
    "->",
    "--",
    "---",
    ":::zq",
    "```",
    "zq\n===",
    "zq\n---",
    "zq|zq\n-|-\nzq|zq",
    "zq\n:-:",
    "zq\n\n\nzq",
)
"""What is something else only where a line begins with it, or is followed by another."""

LINE = " ".join(ON_ONE_LINE)
STORY = "\n".join([*AT_A_LINES_START, *ON_ONE_LINE])
