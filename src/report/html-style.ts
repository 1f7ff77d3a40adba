/** How the page looks: light and dark as the reader's system is, on a phone and on paper. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1c2330;--soft:#5a6473;--line:#d9dee6;--card:#f5f7fa;--critical:#a3123f;--high:#d1461f;--medium:#c98a00;--low:#3f7cc4;--none:#3c8a5a;--warn:#fff4d6}
@media (prefers-color-scheme:dark){:root{--bg:#12161d;--fg:#e6eaf1;--soft:#9aa6b8;--line:#2c3542;--card:#1a202a;--critical:#ff5d8a;--high:#ff8a5c;--medium:#f2c14e;--low:#76b0f2;--none:#6cc592;--warn:#3a3215}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:72rem;padding:1.5rem 1rem 4rem;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif}
h1{font-size:1.6rem;margin:0 0 .25rem;overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:2.2rem 0 .6rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
p,li{overflow-wrap:anywhere}
.soft{color:var(--soft);font-size:.9em}
.warn{background:var(--warn);border-left:4px solid var(--medium);padding:.6rem .8rem}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(8rem,1fr));gap:.6rem;margin:0;padding:0}
.cards div{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.6rem .8rem}
.cards dt{color:var(--soft);font-size:.85em}
.cards dd{margin:0;font-size:1.5rem;font-weight:600;font-variant-numeric:tabular-nums}
.Critical{color:var(--critical)}.High{color:var(--high)}.Medium{color:var(--medium)}.Low{color:var(--low)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92em}
th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
td{overflow-wrap:anywhere;min-width:9rem}
td.n{min-width:0;overflow-wrap:normal}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
th button{all:unset;cursor:pointer;font-weight:600}
th button:focus-visible{outline:2px solid var(--low)}
th[aria-sort=ascending] button::after{content:" \\2191"}
th[aria-sort=descending] button::after{content:" \\2193"}
svg{display:block;width:100%;min-width:34rem;height:auto}
.legend span::before{content:"\\25a0  "}
svg text{fill:var(--fg);font:13px system-ui,"PingFang SC","Microsoft YaHei",sans-serif}
svg .fCritical{fill:var(--critical)}svg .fHigh{fill:var(--high)}svg .fMedium{fill:var(--medium)}svg .fLow{fill:var(--low)}svg .fnone{fill:var(--none)}svg .fnot_scanned{fill:var(--soft)}
@media print{:root{color-scheme:light;--bg:#fff;--fg:#000;--soft:#444;--line:#bbb;--card:#fff;--critical:#a3123f;--high:#d1461f;--medium:#a87300;--low:#2d62a3;--none:#2f6f48;--warn:#fff}body{max-width:none;padding:0;font-size:11px}h2{break-after:avoid}tr,svg,.cards div{break-inside:avoid}svg,td{min-width:0}.scroll{overflow:visible}thead{display:table-header-group}}
`;
