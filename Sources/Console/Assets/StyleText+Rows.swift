extension StyleText {
    /// Tables, which are cards on a narrow screen; lists of pages; the line of a session.
    static let rows = #"""
        .rows { width: 100%; border-collapse: collapse; background: var(--paper); border: 1px solid var(--line); }
        .rows caption { text-align: left; padding: 0 0 var(--s2); font-weight: 650; }
        .rows th {
          text-align: left; font-size: .8rem; font-weight: 600; color: var(--soft); padding: var(--s2) var(--s3);
          border-bottom: 1px solid var(--line); white-space: nowrap;
        }
        .rows td { padding: var(--s2) var(--s3); border-bottom: 1px solid var(--line); vertical-align: top; }
        .rows tbody tr:last-child td { border-bottom: 0; }
        .rows tbody tr:hover { background: var(--sunk); }
        .rows tbody tr:hover .badge { outline: 1px solid var(--line); }
        .rows .when, .rows .id { white-space: nowrap; }
        .rows .number { text-align: right; white-space: nowrap; }
        .rows .snippet {
          font-family: var(--mono); font-size: .85rem; display: -webkit-box; -webkit-box-orient: vertical;
          -webkit-line-clamp: 2; overflow: hidden; white-space: pre-wrap;
        }
        @media (min-width: 48rem) {
          .rows thead th { position: sticky; top: 0; z-index: 1; background: var(--paper); box-shadow: inset 0 -1px var(--line); }
          .records { table-layout: fixed; }
          .records .when { white-space: normal; font-size: .9rem; }
          .records th:nth-child(1) { width: 9.5rem; }
          .records th:nth-child(2) { width: 24%; }
          .records th:nth-child(3) { width: 13%; }
          .records th:nth-child(4) { width: 19%; }
        }
        @media (max-width: 47.99rem) {
          .rows, .rows tbody, .rows tr, .rows td { display: block; width: 100%; }
          .rows { border: 0; background: none; }
          .rows caption { display: block; }
          .rows thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
          .rows tbody { display: grid; gap: var(--s3); }
          .rows tr {
            background: var(--paper); border: 1px solid var(--line); border-radius: var(--round); padding: var(--s2) 0;
          }
          .rows td {
            border: 0; padding: var(--s1) var(--s3); display: grid; gap: var(--s2);
            grid-template-columns: 5.5rem minmax(0, 1fr); align-items: baseline;
          }
          .rows td::before { content: attr(data-label); color: var(--soft); font-size: .8rem; }
          .rows td > * { min-width: 0; justify-self: start; }
          .rows td.number { text-align: left; white-space: normal; }
          .rows .when, .rows .id { white-space: normal; }
          .rows td:empty { display: none; }
        }
        .pager { display: flex; flex-wrap: wrap; gap: var(--s3); align-items: center; justify-content: space-between; }
        .chips { display: flex; flex-wrap: wrap; gap: var(--s2); list-style: none; padding: 0; }
        .chip {
          display: inline-flex; align-items: center; gap: .4em; min-height: 2rem; padding: 0 .7em; border-radius: 1rem;
          border: 1px solid var(--edge); background: var(--paper); color: var(--ink); text-decoration: none;
          font-size: .875rem; max-width: 100%;
        }
        a.chip:hover { background: var(--sunk); }
        .chip[aria-current] { background: var(--info-ground); color: var(--info); border-color: var(--info); font-weight: 650; }
        a.chip .x { font-weight: 700; color: var(--soft); }
        .facet ul { list-style: none; padding: 0; display: grid; }
        .facet li a {
          display: flex; justify-content: space-between; gap: var(--s3); padding: var(--s1) var(--s2); border-radius: .3rem;
          text-decoration: none; min-height: 1.9rem;
        }
        .facet li a:hover { background: var(--sunk); }
        .facet .n { color: var(--soft); white-space: nowrap; }
        .timeline { list-style: none; padding: 0 0 0 var(--s4); border-left: 2px solid var(--line); display: grid; gap: var(--s4); }
        .timeline > li { position: relative; display: grid; gap: var(--s2); min-width: 0; }
        .timeline > li::before {
          content: ""; position: absolute; left: calc(-1 * var(--s4) - .42rem); top: .5rem; width: .7rem; height: .7rem;
          border-radius: 50%; background: var(--paper); border: 2px solid var(--edge);
        }
        .timeline > li.ok::before { border-color: var(--ok); background: var(--ok); }
        .timeline > li.hold::before { border-color: var(--hold); background: var(--hold); border-radius: 0; }
        .timeline > li.no::before { border-color: var(--no); background: var(--no); border-radius: 0; }
        .timeline > li.is-now { outline: 3px solid var(--focus); outline-offset: .4rem; border-radius: .2rem; }
        .timeline > li.is-later { display: none; }

        """#
}
