"""Services in many layouts of YAML: orders of fields, styles of values, comments and blank lines."""

from hypothesis import strategies as st

_VALUES = {
    "name": ["A", '"A: b"', "|\n      A\n      b", ">-\n      A\n\n      b", "|+\n      A\n\n"],
    "purpose": ["x", "'x'  # why", "|2-\n        x\n      y", "x\n      y"],
    "role": ["vendor"],
    "sees": ["[usage]", "\n    - note: x\n      data: usage\n    - content", "\n      - content  # c\n"],
    "processing": ["[USA, 'NL']", "\n      - when: x\n        place: [UK, Holland]", "[]"],
    "entity": ["{country: Ireland, name: A}", "\n      # who\n      country: DEU\n\n      name: A"],
    "until": ["2024-01-01"],
    "x-own": ["{b: 1, a: 2}", "1"],
}
_TRIVIA = [
    "",
    "",
    "\n",
    "    # a comment\n",
    "      # a deeper one\n",
    "\n    # one\n\n    # two\n",
    "# at the left\n",
]


@st.composite
def service_layouts(draw: st.DrawFn) -> str:
    """Return services with their fields in any order, and with comments and blank lines anywhere."""
    text = draw(st.sampled_from(["services:\n", "services:  # all\n\n"]))
    for key in draw(st.sampled_from(["a", "ab"])):
        fields = draw(st.permutations(list(_VALUES)))[: draw(st.integers(0, 8))]
        fields += [] if "name" in fields else ["name"]
        text += f"  {key}:\n"
        for field in fields:
            value = draw(st.sampled_from(_VALUES[field]))
            space = "" if value.startswith("\n") else " "
            above = draw(st.sampled_from(_TRIVIA))
            text += f"{above}    {field}:{space}{value}\n"
        text += draw(st.sampled_from(_TRIVIA))
    if draw(st.booleans()):
        text = f"{text}notice: {{contact: x, days: 3}}\n# the end\n"
    return text.removesuffix("\n") if draw(st.booleans()) else text
