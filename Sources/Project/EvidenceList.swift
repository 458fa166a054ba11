/// Some of the evidence of a project, sorted by location.
package struct EvidenceList: Sendable, RandomAccessCollection {
  private let table: EvidenceTable
  private let positions: [Int]

  /// `positions` in the table, ascending.
  package init(_ positions: [Int], of table: EvidenceTable) {
    self.table = table
    self.positions = positions
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { positions.count }
  package subscript(index: Int) -> Evidence { table[positions[index]] }

  /// Whether any of it belongs to one of these groups.
  package func contains(anyOf groups: Set<DependencyGroup>) -> Bool {
    positions.contains { groups.contains(table.items[$0].group) }
  }
}
