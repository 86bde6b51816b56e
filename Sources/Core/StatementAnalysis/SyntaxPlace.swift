/// A node of a syntax tree.
struct SyntaxPlace: Hashable {
    var tree: SyntaxTree
    var node: Int
}
