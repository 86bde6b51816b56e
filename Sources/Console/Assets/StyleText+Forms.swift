extension StyleText {
    /// Controls. What is pressed is at least 2.5 rem high (WCAG 2.2, 2.5.8).
    static let forms = #"""
        .button, button {
          display: inline-flex; align-items: center; justify-content: center; gap: var(--s2); min-height: 2.5rem;
          padding: 0 var(--s4); border: 1px solid var(--edge); border-radius: var(--round); cursor: pointer;
          background: var(--paper); color: var(--ink); font: 600 1rem/1.2 var(--sans); text-decoration: none;
        }
        .button:hover, button:hover { background: var(--sunk); }
        .button.first, button.first { background: var(--link); border-color: var(--link); color: var(--link-ink); }
        .button.first:hover, button.first:hover { filter: brightness(.93); }
        button.yes { background: var(--ok); border-color: var(--ok); color: var(--ok-ground); }
        button.yes:hover { background: var(--ok); filter: brightness(.93); }
        button.stop { border-color: var(--no); color: var(--no); }
        button.stop:hover { background: var(--no-ground); }
        button.copy { min-height: 1.75rem; padding: 0 var(--s2); font-size: .8rem; font-weight: 500; }
        .facts dd > .copy { margin-left: var(--s2); }
        pre + .copy { display: flex; margin: var(--s1) 0 0 auto; }
        button[disabled] { opacity: .55; cursor: not-allowed; }
        label, .label { display: block; font-size: .875rem; font-weight: 600; margin-bottom: var(--s1); }
        input[type="text"], input[type="search"], select, textarea {
          width: 100%; min-height: 2.5rem; padding: var(--s2) var(--s3); border: 1px solid var(--edge);
          border-radius: .4rem; background: var(--paper); color: var(--ink); font: 400 1rem/1.4 var(--sans);
        }
        textarea { min-height: 5rem; resize: vertical; }
        textarea.code, input.code { font-family: var(--mono); font-size: .9rem; }
        ::placeholder { color: var(--soft); opacity: 1; }
        .fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr)); gap: var(--s3); }
        @media (max-width: 47.99rem) { .fields { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
        .fields .wide { grid-column: 1 / -1; }
        .actions { display: flex; flex-wrap: wrap; gap: var(--s3); align-items: center; }
        .hint { color: var(--soft); font-size: .85rem; }

        """#
}
