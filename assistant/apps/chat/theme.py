"""The look of the chat: Gradio's own parts by a theme, ours by a style sheet, in one palette."""

from importlib.resources import files

from assistant.apps.chat.gradio_library import gr

# Fonts of the system alone: none is fetched. macOS, Windows, Linux, older Windows, any other.
_FONTS = (
    "Hiragino Sans",
    "Yu Gothic UI",
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Meiryo",
    "system-ui",
    "sans-serif",
)
_CODE_FONTS = ("ui-monospace", "SFMono-Regular", "Consolas", "Noto Sans Mono CJK JP", "monospace")

# What they say of one element stands in one of them alone, so that their order hardly matters.
_STYLE_SHEETS = (
    "colours.css",
    "page.css",
    "head.css",
    "controls.css",
    "conversation.css",
    "pressed.css",
    "tables.css",
    "source.css",
    "panels.css",
)

_SCRIPTS = ("chat.js", "conversations.js", "focus.js", "keys.js")

# Indigo as cloth is dyed, and greys that lean towards it. `assets/colours.css` has the same.
_INDIGO = (
    "#f2f6fb",
    "#e2ebf5",
    "#c6d7ea",
    "#9dbad8",
    "#6f97c1",
    "#4672a3",
    "#335a88",
    "#2a4a70",
    "#243d5c",
    "#1f334c",
    "#142233",
)
_GREY = (
    "#f7f9fb",
    "#eef1f5",
    "#dde3ea",
    "#c4cdd8",
    "#94a1b1",
    "#5f6d7e",
    "#4a5767",
    "#3a4553",
    "#29323d",
    "#1c232c",
    "#12171d",
)


def build_theme() -> gr.themes.Base:
    """Return the theme of the chat: light and dark, text of contrast AA (4.5 to 1) throughout."""
    indigo = gr.themes.Color(*_INDIGO, name="tenkyo-indigo")
    theme = gr.themes.Base(
        primary_hue=indigo,
        secondary_hue=indigo,
        neutral_hue=gr.themes.Color(*_GREY, name="tenkyo-grey"),
        text_size=gr.themes.sizes.text_lg,
        spacing_size=gr.themes.sizes.spacing_md,
        radius_size=gr.themes.sizes.radius_lg,
        font=_FONTS,
        font_mono=_CODE_FONTS,
    )
    # Base's own greys for labels, hints and placeholders are too pale to read.
    return theme.set(
        body_background_fill="*neutral_50",
        body_background_fill_dark="*neutral_950",
        body_text_color="*neutral_900",
        body_text_color_dark="*neutral_100",
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        block_background_fill="white",
        block_background_fill_dark="*neutral_900",
        block_border_color_dark="*neutral_700",
        block_shadow="none",
        block_radius="10px",
        background_fill_primary="white",
        background_fill_primary_dark="*neutral_900",
        background_fill_secondary="*neutral_50",
        background_fill_secondary_dark="*neutral_950",
        block_label_text_color="*neutral_700",
        block_label_text_color_dark="*neutral_200",
        block_title_text_color="*neutral_700",
        block_title_text_color_dark="*neutral_200",
        border_color_primary="*neutral_200",
        border_color_primary_dark="*neutral_700",
        color_accent="*primary_600",
        link_text_color="*primary_700",
        link_text_color_dark="*primary_300",
        button_medium_text_weight="500",
        button_medium_padding="6px 14px",
        button_medium_radius="10px",
        button_medium_text_size="*text_md",
        checkbox_label_background_fill="transparent",
        checkbox_label_background_fill_dark="transparent",
        checkbox_label_background_fill_hover="*primary_100",
        checkbox_label_background_fill_hover_dark="*neutral_800",
        checkbox_label_background_fill_selected="*primary_100",
        checkbox_label_background_fill_selected_dark="*primary_800",
        checkbox_label_border_color="*neutral_300",
        checkbox_label_border_color_dark="*neutral_600",
        checkbox_label_border_color_selected="*primary_600",
        checkbox_label_border_color_selected_dark="*primary_300",
        checkbox_border_color="*neutral_500",
        checkbox_border_color_dark="*neutral_400",
        input_background_fill="white",
        input_background_fill_dark="*neutral_950",
        # A field must be told from what it stands on: 3 to 1.
        input_border_color="*neutral_500",
        input_border_color_dark="*neutral_400",
        input_border_width="1px",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_dark="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_background_fill_hover_dark="*primary_700",
        button_primary_text_color="white",
        button_primary_text_color_dark="white",
        button_secondary_background_fill="*neutral_100",
        button_secondary_background_fill_dark="*neutral_800",
        button_secondary_background_fill_hover="*neutral_200",
        button_secondary_background_fill_hover_dark="*neutral_700",
        button_secondary_text_color="*neutral_900",
        button_secondary_text_color_dark="*neutral_100",
        button_cancel_background_fill="#a32a2a",
        button_cancel_background_fill_dark="#a32a2a",
        button_cancel_background_fill_hover="#832020",
        button_cancel_background_fill_hover_dark="#832020",
        button_cancel_text_color_hover="white",
        button_cancel_text_color_hover_dark="white",
        button_cancel_text_color="white",
        button_cancel_text_color_dark="white",
    )


def read_css() -> str:
    """Return the style sheet, to stand in a `<style>` of the page's own."""
    return "\n".join(_read_asset(name) for name in _STYLE_SHEETS)


def read_script() -> str:
    """Return the page's script, to stand in a `<script>` of its own."""
    return "\n".join(_read_asset(name) for name in _SCRIPTS)


def read_favicon() -> str:
    """Return the sign of the page, an SVG image."""
    return _read_asset("favicon.svg")


def _read_asset(name: str) -> str:
    return files(__package__).joinpath("assets", name).read_text(encoding="utf-8")
