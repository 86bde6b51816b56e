extension String {
    /// Whether both are the same bytes of UTF-8.
    ///
    /// `==` takes texts for equal that Unicode calls canonically equivalent (an accented letter, and the letter with the
    /// accent after it). Issuers, databases and file systems do not, so names that grant something are compared by this.
    package func hasBytes(of other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}
