// SPDX-License-Identifier: Apache-2.0
#include "tools/demo/page_style.hpp"

namespace cancuoc::demo {

std::string_view pageStyle() {
    return R"css(
:root {
  --paper: #f5f4f0; --surface: #ffffff; --ink: #1b2430; --soft: #5c6675; --faint: #8b94a1; --line: #e3e1da;
  --good: #12715b; --good-wash: #e4f1ec; --bad: #b3261e; --bad-wash: #fbe9e7; --open: #8a5a00; --open-wash: #f8efdc;
  --s0: #1f4e79; --s1: #2f7f79; --s2: #c98b2b; --s3: #7a5195; --s4: #b2544c; --s5: #5b7f3a; --s6: #4b6a9b; --s7: #9a8c7c;
  --sans: "Be Vietnam Pro", Inter, "Segoe UI", "Noto Sans", system-ui, sans-serif;
  --mono: "OCR B", "JetBrains Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12161c; --surface: #1a2028; --ink: #e8eaee; --soft: #a5aebb; --faint: #7d8795; --line: #2b333e;
    --good: #63c7a8; --good-wash: #17302a; --bad: #ff8a80; --bad-wash: #3a1d1c; --open: #e2b45c; --open-wash: #332a17;
    --s0: #6ea3d4; --s1: #5bb5ae; --s2: #e0b063; --s3: #b391cd; --s4: #db8f88; --s5: #9dbf7c; --s6: #8fa8d0; --s7: #b9ad9f;
  }
}
* { box-sizing: border-box; margin: 0; }
body { background: var(--paper); color: var(--ink); font: 16px/1.55 var(--sans); -webkit-font-smoothing: antialiased; }
main { max-width: 1060px; margin: 0 auto; padding: 4.5rem 1.5rem 5rem; }
.mark { font-size: .82rem; font-weight: 600; letter-spacing: .04em; color: var(--good); }
h1 { font-size: clamp(1.9rem, 4.2vw, 2.9rem); line-height: 1.14; font-weight: 650; letter-spacing: -.022em; margin: .5rem 0 .9rem; }
.lead { max-width: 42rem; color: var(--soft); font-size: 1.06rem; }
.figures { display: flex; flex-wrap: wrap; gap: .5rem 3rem; margin: 2.4rem 0 2.6rem; }
.figures dd { font-size: 1.75rem; font-weight: 600; letter-spacing: -.02em; font-variant-numeric: tabular-nums; line-height: 1.2; }
.figures dt { font-size: .84rem; color: var(--soft); }
.figures div { display: flex; flex-direction: column-reverse; }
.bar { display: flex; height: .55rem; border-radius: 99px; overflow: hidden; gap: 2px; }
.bar i { min-width: 3px; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin-top: .7rem; padding: 0; list-style: none;
  font-size: .82rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.legend i { display: inline-block; width: .6rem; height: .6rem; border-radius: 2px; margin-right: .5rem; }
.legend b { font-weight: 500; color: var(--ink); }
.s0 { background: var(--s0); } .s1 { background: var(--s1); } .s2 { background: var(--s2); } .s3 { background: var(--s3); }
.s4 { background: var(--s4); } .s5 { background: var(--s5); } .s6 { background: var(--s6); } .s7 { background: var(--s7); }
article { background: var(--surface); border: 1px solid var(--line); border-radius: 16px; margin-top: 2.5rem; overflow: hidden; }
.person { display: grid; grid-template-columns: 168px minmax(0, 1fr) 158px; gap: 2rem; padding: 2rem; }
.portrait { width: 168px; aspect-ratio: 3 / 4; object-fit: cover; border-radius: 10px; background: var(--paper); display: block; }
.caption { font-size: .74rem; color: var(--faint); margin-top: .55rem; line-height: 1.4; }
h2 { font-size: 1.62rem; font-weight: 640; letter-spacing: -.016em; line-height: 1.2; }
.number { font: 500 1.02rem/1.3 var(--mono); color: var(--soft); letter-spacing: .03em; margin: .4rem 0 1.3rem; }
.items { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: .8rem 1.6rem; }
.items .wide { grid-column: 1 / -1; }
.items dt { font-size: .74rem; color: var(--faint); }
.items dd { font-size: .97rem; overflow-wrap: anywhere; }
.qr { background: #fff; border: 1px solid var(--line); border-radius: 10px; padding: 6px; width: 158px; height: 158px; display: block; }
.mrz { font: 500 .8rem/1.7 var(--mono); letter-spacing: .09em; color: var(--soft); background: var(--paper);
  padding: .8rem 2rem; border-block: 1px solid var(--line); overflow-x: auto; white-space: pre; }
.verdict { display: flex; flex-wrap: wrap; align-items: baseline; gap: .25rem 1rem; padding: 1.6rem 2rem .3rem; }
.verdict strong { font-size: 1.16rem; font-weight: 640; }
.verdict span { color: var(--soft); font-size: .9rem; }
.passed strong, .passed .sign { color: var(--good); } .failed strong, .failed .sign { color: var(--bad); }
.open strong, .open .sign { color: var(--open); }
.checks { list-style: none; padding: .6rem 2rem 1.6rem; columns: 2; column-gap: 2.5rem; }
.checks li { display: grid; grid-template-columns: 1.5rem 1fr; break-inside: avoid; padding: .42rem 0; line-height: 1.4; }
.sign { font-weight: 700; }
.checks .title { font-size: .95rem; }
.checks .reason { display: block; font-size: .8rem; color: var(--soft); }
.checks code { display: block; font: 400 .72rem/1.5 var(--mono); color: var(--faint); }
.checks .result { color: var(--faint); font-size: .8rem; }
.dialogue { border-top: 1px solid var(--line); padding: 1.4rem 2rem 1.7rem; }
.dialogue p { font-size: .9rem; color: var(--soft); margin-bottom: .8rem; font-variant-numeric: tabular-nums; }
.dialogue p b { color: var(--ink); font-weight: 600; }
.dialogue p.closed { margin: .8rem 0 0; font-size: .82rem; }
footer { margin-top: 3rem; font-size: .84rem; color: var(--faint); max-width: 44rem; }
@media (max-width: 860px) {
  main { padding-top: 2.5rem; }
  .person { grid-template-columns: 120px minmax(0, 1fr); gap: 1.3rem; padding: 1.3rem; }
  .portrait { width: 120px; }
  .code { grid-column: 1 / -1; display: flex; gap: 1rem; align-items: center; }
  .items { grid-template-columns: 1fr; }
  .checks { columns: 1; }
  .mrz, .verdict, .checks, .dialogue { padding-left: 1.3rem; padding-right: 1.3rem; }
  .mrz { font-size: .68rem; letter-spacing: .04em; }
}
@media print { body { background: #fff; } article { break-inside: avoid; } }
)css";
}

} // namespace cancuoc::demo
