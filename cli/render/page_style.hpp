// The style of every page that the program makes. cli/page/build.mjs takes it from here for the page that runs the engine.
#pragma once

#include <string_view>

namespace schancfg::cli {

// Colours have a contrast of at least 4.5 to 1 on their ground (WCAG 2.1, 1.4.3), light and dark.
constexpr std::string_view page_style = R"css(:root{color-scheme:light dark;--ground:#fff;--text:#1b1f24;--faint:#57606a;--line:#d0d7de;--good:#116329;--bad:#b3202a;--warn:#7d4e00;--panel:#f6f8fa;--mark:#0550ae}
@media screen and (prefers-color-scheme:dark){:root{--ground:#0d1117;--text:#e6edf3;--faint:#9aa4af;--line:#3d444d;--good:#56d364;--bad:#ff8d85;--warn:#e3b341;--panel:#161b22;--mark:#79c0ff}}
*{box-sizing:border-box}body{margin:0 auto;padding:1.5rem;max-width:72rem;background:var(--ground);color:var(--text);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem;margin:0 0 .5rem}h2{font-size:1.2rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:0}
p{margin:.5rem 0}.faint{color:var(--faint)}.good{color:var(--good)}.bad{color:var(--bad)}.warn{color:var(--warn)}
table{border-collapse:collapse;width:100%;margin:.5rem 0}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th{color:var(--faint);font-weight:600;overflow-wrap:normal}code{font:.9em ui-monospace,monospace;overflow-wrap:anywhere}
details{border:1px solid var(--line);border-radius:.4rem;margin:.5rem 0;background:var(--panel)}summary{padding:.5rem .8rem;cursor:pointer}details>div{padding:0 .8rem .8rem}
summary:focus-visible,input:focus-visible{outline:2px solid var(--mark);outline-offset:2px}
ul.names{columns:18rem;padding-left:1.2rem;margin:.5rem 0}ul.names li{overflow-wrap:anywhere}
.figures{display:flex;flex-wrap:wrap;gap:1rem 2rem;margin:1rem 0}.figures div{min-width:6rem}.figures b{display:block;font-size:1.6rem;line-height:1.2}
svg{display:block;width:100%;height:auto;max-width:44rem}svg text{fill:var(--text);font:14px system-ui,sans-serif}
.wide{overflow-x:auto}.wide td{overflow-wrap:normal}.wide svg{min-width:36rem;max-width:48rem}.wide:focus-visible{outline:2px solid var(--mark);outline-offset:2px}
.f0{fill:var(--good)}.f1{fill:var(--bad)}.f2{fill:var(--warn)}.f3{fill:var(--faint)}.f4{fill:var(--panel);stroke:var(--line)}
label{display:block;margin:1rem 0 .25rem}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:.85em ui-monospace,monospace;margin:.5rem 0}input{font:inherit;width:100%;max-width:30rem;padding:.4rem .6rem;border:1px solid var(--faint);border-radius:.3rem;background:var(--ground);color:var(--text)}
[hidden]{display:none}
@media print{:root{color-scheme:light}body{max-width:none;padding:0}label,input{display:none}h2,summary{break-after:avoid}tr,li,svg{break-inside:avoid}details::details-content{content-visibility:visible;block-size:auto}.wide{overflow:visible}.wide svg{min-width:0}}
)css";

}  // namespace schancfg::cli
