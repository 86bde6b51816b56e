extension StyleText {
    /// Colours, sizes and what every element begins with. Each colour of a text is at least 4.5:1 on every ground that
    /// it stands on, in both schemes (WCAG 2.2, 1.4.3); edges of controls and marks are at least 3:1 (1.4.11).
    static let tokens = #"""
        :root {
          color-scheme: light dark;
          --ground: #f5f7f9; --paper: #ffffff; --sunk: #eef2f6; --line: #d3dae2; --edge: #77859a;
          --ink: #15202d; --soft: #4c5a6b; --link: #175299; --link-ink: #ffffff; --focus: #0b57d0;
          --ok: #17633a; --ok-ground: #e3f4ea; --hold: #7a4b00; --hold-ground: #fdf0d5;
          --no: #a3211b; --no-ground: #fdeae8; --info: #2a4a75; --info-ground: #e6eefa;
          --bar: #ffffff; --chart: #3a78c2; --chart-no: #c2362d;
          --s1: .25rem; --s2: .5rem; --s3: .75rem; --s4: 1rem; --s5: 1.5rem; --s6: 2rem; --s7: 3rem;
          --round: .5rem;
          --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif;
          --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ground: #0f141a; --paper: #171e27; --sunk: #1f2833; --line: #303c4a; --edge: #8493a6;
            --ink: #e6ebf1; --soft: #a9b6c5; --link: #8cbcf7; --link-ink: #0d1a2b; --focus: #a8ccff;
            --ok: #77d3a0; --ok-ground: #14301f; --hold: #ecbb5f; --hold-ground: #35280f;
            --no: #ffa198; --no-ground: #3d1b19; --info: #a9c8f2; --info-ground: #18293f;
            --bar: #141b23; --chart: #5a97dd; --chart-no: #ef7d73;
          }
        }
        *, *::before, *::after { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; scroll-padding-top: var(--s7); }
        body {
          margin: 0; color: var(--ink); background: var(--ground);
          font: 400 1rem/1.5 var(--sans); font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
        }
        h1, h2, h3 { line-height: 1.25; margin: 0; font-weight: 650; text-wrap: balance; }
        h1 { font-size: 1.6rem; letter-spacing: -.01em; }
        h2 { font-size: 1.15rem; }
        h3 { font-size: 1rem; }
        p, ul, ol, dl, pre, table, figure { margin: 0; }
        a { color: var(--link); text-underline-offset: .15em; }
        a:hover { text-decoration-thickness: .12em; }
        code, pre, kbd, .mono { font-family: var(--mono); font-size: .9em; }
        kbd {
          border: 1px solid var(--edge); border-radius: .25rem; padding: 0 .3em; background: var(--sunk); color: var(--ink);
        }
        :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: .2rem; }
        [hidden] { display: none !important; }
        .unseen {
          position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; overflow: hidden;
          clip-path: inset(50%); white-space: nowrap; border: 0;
        }
        @media (prefers-reduced-motion: no-preference) {
          .button, .nav a, .card { transition: background-color .12s, border-color .12s; }
        }
        @media print { .bar, .nav, .skip, form, .button { display: none !important; } body { background: #fff; } }

        """#
}
