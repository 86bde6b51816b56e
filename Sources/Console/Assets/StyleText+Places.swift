extension StyleText {
    /// What only one page has.
    static let places = #"""
        .alone { max-width: 34rem; margin: 8vh auto 0; }
        @media (min-width: 48rem) { .replay { position: sticky; top: 0; z-index: 3; } }
        .replay label { display: inline-flex; align-items: center; gap: var(--s2); margin: 0; }
        .replay select { width: auto; }
        .replay progress { width: 100%; height: .6rem; accent-color: var(--chart); }
        .checks { list-style: none; padding: 0; display: grid; gap: var(--s2); }
        .digest { font-family: var(--mono); font-size: .85rem; }

        """#
}
