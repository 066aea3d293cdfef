"""Which colours and which room does everything on the live board have?"""

from __future__ import annotations

from textual.theme import Theme

THEMES = (
    Theme(
        name="tkt-dark",
        primary="#7aa2f7",
        secondary="#565f89",
        accent="#7dcfff",
        foreground="#c8cede",
        background="#16181f",
        surface="#1b1e27",
        panel="#262a36",
        success="#9ece6a",
        warning="#e0af68",
        error="#f7768e",
        dark=True,
        variables={"quiet": "#8a91a8"},
    ),
    Theme(
        name="tkt-light",
        primary="#2f5fb3",
        secondary="#7a8194",
        accent="#0b6e8f",
        foreground="#22262f",
        background="#fbfbf9",
        surface="#f3f3ef",
        panel="#e4e5e0",
        success="#3b7a1e",
        warning="#8a5a00",
        error="#b3213f",
        dark=False,
        variables={"quiet": "#5f6675"},
    ),
)

STYLE = """
Screen { background: $background; }
#head { height: 1; padding: 0 1; background: $surface; }
#strip { height: 1; padding: 0 1; }
#lanes { height: 1fr; margin-top: 1; }
#said { height: 1; padding: 0 1; color: $quiet; }
#keys { height: 1; padding: 0 1; background: $surface; color: $quiet; }

LaneView { width: 1fr; }
LaneView .lane-head { height: 2; padding-left: 2; border-bottom: solid $panel; }
LaneView.-current .lane-head { border-bottom: solid $primary; }
Cards, VerticalScroll, OptionList, TextArea {
  scrollbar-size: 1 1; scrollbar-color: $panel; scrollbar-color-hover: $secondary;
  scrollbar-color-active: $secondary; scrollbar-background: $background;
  scrollbar-background-hover: $background; scrollbar-background-active: $background; }
Cards { height: 1fr; scrollbar-gutter: stable; overflow-x: hidden; }
.dialog VerticalScroll, .dialog OptionList { scrollbar-background: $surface;
  scrollbar-background-hover: $surface; scrollbar-background-active: $surface; }
Cards > .cards--card { color: $foreground; }
Cards > .cards--selected { color: $foreground; background: $panel; }

ModalScreen { align: center middle; background: $background 60%; }
.dialog { width: 84; max-width: 94%; height: auto; max-height: 90%;
          background: $surface; border: round $secondary; padding: 0 1; }
.dialog.-wide { width: 108; height: 90%; }
.dialog.-public { border: round $warning; }
.dialog.-fault { border: round $error; }
.dialog .title { height: auto; text-style: bold; margin-bottom: 1; }
.dialog .hint { height: auto; color: $quiet; margin-top: 1; }
.dialog .fault { height: auto; color: $error; margin-top: 1; }
.dialog .context { height: auto; max-height: 8; color: $quiet; margin-bottom: 1; }
.dialog .label { height: auto; max-height: 2; margin-top: 1; }
.dialog VerticalScroll { height: auto; max-height: 60vh; background: $surface; }
.dialog.-wide VerticalScroll { height: 1fr; max-height: 100%; }
.dialog Input, .dialog TextArea { background: $background; padding: 0 1; }
.dialog Select > SelectCurrent, .dialog Select:focus > SelectCurrent
  { border: none; height: 1; padding: 0 1; background: $background; }
.dialog Select { height: 1; }
.dialog Select.-expanded { height: auto; }
.dialog Select:focus > SelectCurrent { background: $panel; }
.dialog Input:focus, .dialog TextArea:focus { background: $panel; }
.dialog TextArea { height: 10; }
.dialog TextArea.-short { height: 5; }
.dialog OptionList { height: auto; max-height: 14; margin-top: 1; border: none; background: $surface; padding: 0; }
"""
