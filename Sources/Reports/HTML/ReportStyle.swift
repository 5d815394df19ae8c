extension OwnSource {
    /// The style sheet of every HTML report: light and dark by the reader's setting, and for paper.
    ///
    /// Colours only repeat what shapes, words and underlines say: curves differ in dashes and marks, stretches of text in
    /// their underline, gates and rows in words.
    static let reportStyle = OwnSource(
        .style,
        """
        :root{color-scheme:light dark;--page:#fff;--text:#1b1f24;--soft:#57606a;--line:#d0d7de;--panel:#f6f8fa;\
        --link:#0550ae;--s0:#0550ae;--s1:#b35900;--s2:#1a7f37;--s3:#8250df;--s4:#a40e26;--s5:#57606a;\
        --good:#1a7f37;--bad:#a40e26;--open:#7d4e00;--same:#dafbe1;--near:#fff3c4;\
        --h0:#f1f5fb;--h1:#d9e5f5;--h2:#bcd2ee;--h3:#99bbe4;--h4:#6d9dd6;--h5:#3a70b5;--h6:#2659a1;--h7:#143a73}
        @media screen and (prefers-color-scheme:dark){:root{--page:#0d1117;--text:#e6edf3;--soft:#9aa4af;--line:#30363d;\
        --panel:#161b22;--link:#79c0ff;--s0:#79c0ff;--s1:#ffa657;--s2:#7ee787;--s3:#d2a8ff;--s4:#ff9492;--s5:#9aa4af;\
        --good:#7ee787;--bad:#ff9492;--open:#e3b341;--same:#12361f;--near:#3d3000;\
        --h0:#1a2331;--h1:#1d3557;--h2:#224a7d;--h3:#2a61a5;--h4:#2f6bb3;--h5:#67a0e0;--h6:#9bc4f0;--h7:#d6e8fb}}
        *{box-sizing:border-box}
        html{scroll-padding-top:1rem}
        body{margin:0 auto;max-width:76rem;padding:1.5rem;background:var(--page);color:var(--text);\
        font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;\
        display:grid;grid-template-columns:13rem minmax(0,1fr);gap:0 2.5rem}
        .skip{position:absolute;left:-99rem;top:.5rem;background:var(--page);padding:.5rem 1rem;z-index:2}
        .skip:focus{left:.5rem}
        nav{position:sticky;top:1.5rem;align-self:start;max-height:calc(100vh - 3rem);overflow:auto;font-size:.9rem}
        nav ul{list-style:none;margin:0;padding:0}
        nav li{margin:.3rem 0}
        nav a{text-decoration:none}
        nav a:hover{text-decoration:underline}
        footer{grid-column:2;color:var(--soft);font-size:.875rem;border-top:1px solid var(--line);margin-top:2.5rem}
        a{color:var(--link)}
        :focus-visible{outline:3px solid var(--link);outline-offset:2px}
        main:focus{outline:none}
        h1{font-size:1.15rem;font-weight:600;color:var(--soft);margin:0 0 .5rem}
        h2{font-size:1.4rem;line-height:1.25;margin:2.75rem 0 .75rem;border-bottom:1px solid var(--line);\
        padding-bottom:.35rem}
        h3{font-size:1.1rem;margin:1.75rem 0 .5rem}
        h4{font-size:1rem;margin:1.25rem 0 .4rem}
        p,ul,ol{max-width:46rem}
        code,pre{font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
        code{overflow-wrap:anywhere}
        th code,td code{overflow-wrap:break-word}
        pre{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:.75rem 1rem;\
        white-space:pre-wrap;overflow-wrap:anywhere;max-height:30rem;overflow:auto}
        .verdict{border:1px solid var(--line);border-left:.5rem solid var(--open);border-radius:6px;\
        padding:1rem 1.25rem;background:var(--panel)}
        .verdict.memorized{border-left-color:var(--bad)}
        .verdict.notExtractable{border-left-color:var(--good)}
        .verdict .answer{font-size:1.9rem;line-height:1.2;font-weight:700;margin:0}
        .verdict p{margin:.6rem 0 0}
        .numbers{display:flex;flex-wrap:wrap;gap:.75rem 2.5rem;margin:1rem 0 0;padding:0}
        .numbers div{min-width:8rem}
        .numbers dt{color:var(--soft);font-size:.875rem}
        .numbers dd{margin:0;font-size:1.35rem;font-variant-numeric:tabular-nums}
        .proof{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:0 2rem}
        .scroll{overflow:auto;max-height:34rem;margin:1rem 0}
        table{border-collapse:collapse;font-size:.925rem;font-variant-numeric:tabular-nums}
        caption{text-align:left;color:var(--soft);font-size:.875rem;padding-bottom:.35rem}
        th,td{text-align:left;vertical-align:top;padding:.35rem .75rem;border-bottom:1px solid var(--line)}
        th{font-weight:600}
        tbody th{font-weight:400}
        .number{text-align:right;white-space:nowrap}
        figure{margin:1.5rem 0;max-width:52rem}
        figcaption{margin-bottom:.5rem;max-width:46rem}
        svg{width:100%;height:auto;display:block}
        svg text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;fill:var(--text)}
        svg .tick,svg .row-value{fill:var(--soft);font-size:11px}
        svg .axis-title,svg .row-name{font-size:12px}
        svg .reference-name{font-size:11px;fill:var(--soft)}
        .grid{stroke:var(--line);stroke-width:.6}
        .axis{stroke:var(--soft)}
        .reference{stroke:var(--soft);stroke-dasharray:2 3}
        .curve{fill:none;stroke-width:2}
        .band{stroke:none;opacity:.16}
        .mark{stroke:var(--page);stroke-width:1}
        .whisker{stroke-width:2}
        .series-0{stroke:var(--s0)}.mark.series-0,.band.series-0{fill:var(--s0)}
        .series-1{stroke:var(--s1);stroke-dasharray:7 3}.mark.series-1,.band.series-1{fill:var(--s1)}
        .series-2{stroke:var(--s2);stroke-dasharray:2 3}.mark.series-2,.band.series-2{fill:var(--s2)}
        .series-3{stroke:var(--s3);stroke-dasharray:10 3 2 3}.mark.series-3,.band.series-3{fill:var(--s3)}
        .series-4{stroke:var(--s4);stroke-dasharray:4 2}.mark.series-4,.band.series-4{fill:var(--s4)}
        .series-5{stroke:var(--s5);stroke-dasharray:1 4}.mark.series-5,.band.series-5{fill:var(--s5)}
        .mark,.whisker{stroke-dasharray:none}
        .mark{stroke:var(--page)}
        .band{stroke:none}
        .heat-0{fill:var(--h0)}.heat-1{fill:var(--h1)}.heat-2{fill:var(--h2)}.heat-3{fill:var(--h3)}
        .heat-4{fill:var(--h4)}.heat-5{fill:var(--h5)}.heat-6{fill:var(--h6)}.heat-7{fill:var(--h7)}
        svg .cell{font-size:11px}
        svg .on-dark{fill:var(--page)}
        details{margin:.5rem 0}
        summary{cursor:pointer;color:var(--link)}
        .holds{color:var(--good);font-weight:600}
        .fails{color:var(--bad);font-weight:600}
        .bar{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;margin:1rem 0}
        .bar label{display:block;font-size:.875rem;color:var(--soft)}
        input,button{font:inherit;color:var(--text);background:var(--page);border:1px solid var(--soft);\
        border-radius:6px;padding:.35rem .7rem}
        button{cursor:pointer}
        button[disabled]{opacity:.45;cursor:default}
        #rows-frame{max-height:none}
        #rows tr{cursor:pointer}
        #rows tr[aria-selected=true]{background:var(--panel);box-shadow:inset .3rem 0 0 var(--link)}
        #rows tr:focus-visible{outline-offset:-3px}
        #document:focus{outline:none}
        .pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(19rem,1fr));gap:1rem}
        .pair pre{margin:.25rem 0 1rem;max-height:none;font-family:inherit;font-size:.95rem}
        mark{color:inherit;background:none}
        mark.s{background:var(--same);text-decoration:underline;text-underline-offset:.2em}
        mark.n{background:var(--near);text-decoration:underline wavy;text-underline-offset:.2em}
        mark.m{color:var(--soft)}
        .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;user-select:none}
        @media(max-width:60rem){body{display:block}nav{position:static;max-height:none}}
        @media print{:root{color-scheme:light}body{display:block;max-width:none;padding:0;font-size:10pt}nav,.skip,.bar,#rows-frame,#browser>p{display:none}\
        h2,h3,h4,figcaption{break-after:avoid}figure,tr{break-inside:avoid}pre,.scroll{overflow:visible;max-height:none}\
        mark.s,mark.n,.heat,.mark,.band{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        @media(prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}

        """)
}
