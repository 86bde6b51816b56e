extension StyleText {
    /// The frame of every page: bar, navigation, the content.
    static let frame = #"""
        .skip {
          position: absolute; left: var(--s2); top: -4rem; z-index: 9; padding: var(--s2) var(--s4);
          background: var(--paper); color: var(--link); border: 2px solid var(--focus); border-radius: var(--round);
        }
        .skip:focus { top: var(--s2); }
        .bar {
          display: flex; align-items: center; justify-content: space-between; gap: var(--s4);
          padding: var(--s2) var(--s4); background: var(--bar); border-bottom: 1px solid var(--line);
        }
        .brand {
          display: inline-flex; align-items: center; gap: var(--s2); padding: var(--s1) 0;
          font-weight: 700; letter-spacing: -.01em; color: var(--ink); text-decoration: none; white-space: nowrap;
        }
        .brand img { width: 1.6rem; height: 1.6rem; display: block; }
        .person { position: relative; min-width: 0; }
        .person > summary {
          list-style: none; cursor: pointer; padding: var(--s1) var(--s3); border: 1px solid var(--edge);
          border-radius: 2rem; max-width: 60vw; overflow: hidden; white-space: nowrap; text-overflow: ellipsis;
        }
        .person > summary::-webkit-details-marker { display: none; }
        .person > summary::after { content: " ▾" / ""; color: var(--soft); }
        .person > div {
          position: absolute; right: 0; top: calc(100% + var(--s2)); z-index: 5; width: min(18rem, calc(100vw - 2rem));
          padding: var(--s4); background: var(--paper); border: 1px solid var(--line); border-radius: var(--round);
          box-shadow: 0 .5rem 1.5rem rgb(0 0 0 / .18); display: grid; gap: var(--s3);
        }
        .frame { display: grid; grid-template-columns: minmax(0, 1fr); max-width: 100rem; margin: 0 auto; }
        .nav { padding: var(--s2) var(--s3); background: var(--bar); border-bottom: 1px solid var(--line); }
        .nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: var(--s1); }
        .nav a {
          display: flex; align-items: center; gap: var(--s2); min-height: 2.25rem; padding: var(--s1) var(--s3);
          border-radius: var(--round); color: var(--ink); text-decoration: none;
        }
        .nav a:hover { background: var(--sunk); }
        .nav a[aria-current] { background: var(--info-ground); color: var(--info); font-weight: 650; }
        .count {
          min-width: 1.5em; padding: 0 .45em; border-radius: 1em; text-align: center; font-size: .85em; font-weight: 700;
          color: var(--hold-ground); background: var(--hold);
        }
        main { padding: var(--s5) var(--s4) var(--s7); display: grid; gap: var(--s5); align-content: start; min-width: 0; }
        main > *, .stack > * { min-width: 0; }
        .stack { display: grid; gap: var(--s4); align-content: start; min-width: 0; }
        .head { display: grid; gap: var(--s2); }
        .head p { color: var(--soft); max-width: 46rem; }
        .crumbs { font-size: .9rem; }
        .foot { padding: var(--s4); color: var(--soft); font-size: .85rem; }
        .pair, .halves { gap: var(--s4); display: grid; min-width: 0; }
        .line { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s2) var(--s3); }
        @media (min-width: 64rem) {
          .frame { grid-template-columns: 13rem minmax(0, 1fr); }
          .nav { background: none; border: 0; padding: var(--s5) var(--s3); }
          .nav ul { display: grid; position: sticky; top: var(--s5); }
          .nav a { justify-content: space-between; }
          main { padding: var(--s6) var(--s6) var(--s7); gap: var(--s6); }
          .pair { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: var(--s4); align-items: start; }
          .halves { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: var(--s4); align-items: start; }
          .split { display: grid; grid-template-columns: minmax(0, 1fr) 20rem; gap: var(--s5); align-items: start; }
        }

        """#
}
