"""What is the same on every report page: its style, and how to read it."""

STYLE = """
:root {
  color-scheme: light dark;
  --page: #ffffff; --text: #1c2024; --quiet: #5a636d; --line: #d5dae0; --band: #f4f6f8;
}
@media (prefers-color-scheme: dark) {
  :root { --page: #14171a; --text: #e7eaee; --quiet: #a2abb5; --line: #373e46; --band: #1d2227; }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 1rem/1.6 system-ui, "Hiragino Sans", "Noto Sans CJK JP", "Yu Gothic", Meiryo, sans-serif;
}
main { max-width: 66rem; margin: 0 auto; padding: 1rem clamp(1rem, 4vw, 2rem) 4rem; }
h1 { font-size: 1.6rem; line-height: 1.3; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; line-height: 1.4; margin: 2.5rem 0 .5rem; overflow-wrap: anywhere; }
p { max-width: 46rem; margin: .5rem 0; }
h2 + p { color: var(--quiet); font-size: .9rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 1rem 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
details { border: 1px solid var(--line); border-radius: .5rem; padding: .6rem 1rem; }
summary { cursor: pointer; font-weight: 600; }
li { margin: .3rem 0; }
.scroll { overflow-x: auto; width: fit-content; max-width: 100%; }
.scroll { border: 1px solid var(--line); border-radius: .5rem; }
.scroll:focus-visible { outline: 2px solid #2f80d0; outline-offset: 2px; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .7rem; text-align: right; white-space: nowrap; vertical-align: top; }
th:first-child { text-align: left; }
thead th { background: var(--band); font-weight: 600; }
tbody th { font-weight: 400; white-space: normal; min-width: 7rem; }
tbody th, thead th:first-child { position: sticky; left: 0; }
tbody th { background: var(--page); }
tbody tr { border-top: 1px solid var(--line); }
small { display: block; color: var(--quiet); font-size: .8rem; line-height: 1.3; }
.failures th, .failures td { text-align: left; }
.failures td { white-space: normal; min-width: 12rem; overflow-wrap: anywhere; }
.failures td:last-child { min-width: 4rem; }
.figures { display: grid; gap: 1.5rem; align-items: start; }
.figures { grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); }
figure { margin: 0; }
svg { display: block; width: 100%; max-width: 32rem; height: auto; overflow: visible; }
"""

READING = """<details>
<summary>How to read this</summary>
<ul>
<li><b>R@k</b>: share of the right sections among the first k.
<b>RR</b>: 1 divided by the rank of the first right section.
<b>nDCG@10</b>: right sections among the first ten, worth less further down.
<b>evidence@500</b>: share of the answering lines read within 500 characters of what is returned;
the only one that is fair to systems which return chunks instead of sections.</li>
<li>The small range under a figure is where its true value lies with 95 % confidence.
Ranges of small slices are wide: do not read much into them.</li>
<li>Two systems differ if the range of their <b>difference</b> leaves out 0.
The <b>effect</b> puts the difference in relation to how much single questions vary.</li>
<li>A loss below the <b>visible loss</b> may go unseen in that slice,
so that the gate leaves small slices alone.</li>
<li><b>Risk and coverage</b>: if only the surest questions are answered, how many answers are wrong.
The lower the line, the more the confidence is worth.</li>
</ul>
<p lang="ja">読み方：検索の値は大きいほど良く、下の小さな数字は95%信頼区間です。<br>
差の区間が0をまたぐ場合、その差は偶然かもしれません。</p>
</details>"""
