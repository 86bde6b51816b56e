extension StyleText {
    /// Words that stand out: states by word and shape, notices, statements, facts.
    static let words = #"""
        .panel {
          background: var(--paper); border: 1px solid var(--line); border-radius: var(--round);
          padding: var(--s4); display: grid; gap: var(--s4); min-width: 0;
        }
        .panel > * { min-width: 0; }
        .soft { color: var(--soft); }
        .small { font-size: .875rem; }
        .badge {
          display: inline-flex; align-items: baseline; gap: .4em; padding: .05em .6em; border-radius: 1em;
          font-size: .875rem; font-weight: 600; white-space: nowrap; max-width: 100%; overflow: hidden;
          text-overflow: ellipsis; color: var(--soft); background: var(--sunk);
        }
        .badge::before { content: "○" / ""; font-size: .8em; }
        .badge.ok { color: var(--ok); background: var(--ok-ground); }
        .badge.ok::before { content: "●" / ""; }
        .badge.hold { color: var(--hold); background: var(--hold-ground); }
        .badge.hold::before { content: "▲" / ""; }
        .badge.no { color: var(--no); background: var(--no-ground); }
        .badge.no::before { content: "■" / ""; }
        .notice {
          border-left: .3rem solid var(--info); background: var(--info-ground); color: var(--info);
          padding: var(--s3) var(--s4); border-radius: 0 var(--round) var(--round) 0; display: grid; gap: var(--s1);
        }
        .notice.hold { border-color: var(--hold); background: var(--hold-ground); color: var(--hold); }
        .notice.no { border-color: var(--no); background: var(--no-ground); color: var(--no); }
        .notice.ok { border-color: var(--ok); background: var(--ok-ground); color: var(--ok); }
        .notice a { color: inherit; }
        .notice.away { display: none; }
        .is-away .notice.away { display: grid; }
        .notice ul { padding-left: 1.2rem; }
        .empty {
          border: 1px dashed var(--edge); border-radius: var(--round); padding: var(--s5) var(--s4);
          display: grid; gap: var(--s2); justify-items: start; color: var(--soft); background: var(--paper);
        }
        .empty strong { color: var(--ink); }
        .sql, .raw {
          background: var(--sunk); border: 1px solid var(--line); border-radius: var(--round); padding: var(--s3);
          white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; line-height: 1.45;
        }
        .raw { font-size: .8rem; max-height: 30rem; overflow: auto; }
        .facts { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--s1) var(--s4); }
        .facts dt { color: var(--soft); font-size: .875rem; }
        .facts dd { margin: 0 0 var(--s2); min-width: 0; }
        @media (min-width: 40rem) {
          .facts { grid-template-columns: minmax(7rem, 12rem) minmax(0, 1fr); gap: var(--s2) var(--s4); }
          .facts dd { margin: 0; }
        }
        .params { list-style: none; padding: 0; display: grid; gap: var(--s1); }
        .params li { display: grid; grid-template-columns: 2.6rem minmax(0, 1fr); gap: var(--s2); align-items: baseline; }
        .params .name { color: var(--soft); font-family: var(--mono); font-size: .875rem; }
        .params code {
          background: var(--sunk); border: 1px solid var(--line); border-radius: .25rem; padding: .05em .4em;
          white-space: pre-wrap; justify-self: start; max-width: 100%;
        }
        .plain { list-style: none; padding: 0; display: grid; gap: var(--s2); }
        @media (min-width: 60rem) {
          .beside { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: var(--s4); align-items: start; }
        }
        .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr)); gap: var(--s4); }
        @media (max-width: 47.99rem) { .cards { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--s3); } }
        .card {
          display: grid; gap: var(--s1); align-content: start; padding: var(--s4); background: var(--paper); color: var(--ink);
          border: 1px solid var(--line); border-radius: var(--round); text-decoration: none; min-width: 0;
        }
        a.card:hover { border-color: var(--edge); }
        .card .what { color: var(--soft); font-size: .875rem; }
        .card .figure { font-size: 1.75rem; font-weight: 650; line-height: 1.2; letter-spacing: -.01em; }
        @media (max-width: 47.99rem) { .card .figure { font-size: 1.3rem; } }
        .card .more { font-size: .875rem; color: var(--soft); }
        .chart { display: block; width: 100%; height: 4rem; }
        .chart rect { fill: var(--chart); }
        .chart rect.no { fill: var(--chart-no); }
        details > summary { cursor: pointer; }
        details.panel:not([open]) { gap: 0; }
        details[open] > summary { margin-bottom: var(--s3); }

        """#
}
