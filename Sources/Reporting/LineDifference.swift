package import Diagnostics
import Project

/// Two states of a file as a unified diff without context: what stands around an edit may be a secret.
///
/// Source: https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
package struct LineDifference: Sendable {
  private let old: [ArraySlice<UInt8>]
  private let new: [ArraySlice<UInt8>]
  private let path: SourcePath

  package init(old: [UInt8], new: [UInt8], path: SourcePath) {
    self.old = Self.lines(of: old)
    self.new = Self.lines(of: new)
    self.path = path
  }

  private static func lines(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// A change of lines: old lines that give way to new ones.
  private struct Change {
    var old: Range<Int>
    var new: Range<Int>
  }

  private var changes: [Change] {
    var start = 0
    while start < old.count, start < new.count, old[start] == new[start] { start += 1 }
    var (oldEnd, newEnd) = (old.count, new.count)
    while oldEnd > start, newEnd > start, old[oldEnd - 1] == new[newEnd - 1] {
      (oldEnd, newEnd) = (oldEnd - 1, newEnd - 1)
    }
    if start == oldEnd, start == newEnd { return [] }
    return changes(from: start, oldEnd, newEnd)
  }

  /// The fewest lines that differ in between: the longest common subsequence, for edits of a file that somebody wrote.
  private func changes(from start: Int, _ oldEnd: Int, _ newEnd: Int) -> [Change] {
    let (rows, columns) = (oldEnd - start, newEnd - start)
    guard rows * columns <= 4_000_000 else { return [Change(old: start..<oldEnd, new: start..<newEnd)] }
    var common = [[Int32]](repeating: [Int32](repeating: 0, count: columns + 1), count: rows + 1)
    for row in (0..<rows).reversed() {
      for column in (0..<columns).reversed() {
        common[row][column] =
          old[start + row] == new[start + column]
          ? common[row + 1][column + 1] + 1 : max(common[row + 1][column], common[row][column + 1])
      }
    }
    var changes: [Change] = []
    var (row, column) = (0, 0)
    while row < rows || column < columns {
      if row < rows, column < columns, old[start + row] == new[start + column] {
        (row, column) = (row + 1, column + 1)
        continue
      }
      let (firstRow, firstColumn) = (row, column)
      while row < rows || column < columns {
        if row < rows, column < columns, old[start + row] == new[start + column] { break }
        if row < rows, column == columns || common[row + 1][column] >= common[row][column + 1] {
          row += 1
        } else {
          column += 1
        }
      }
      changes.append(
        Change(old: (start + firstRow)..<(start + row), new: (start + firstColumn)..<(start + column)))
    }
    return changes
  }

  private func shown(_ line: ArraySlice<UInt8>) -> String {
    Escaping.text(SecretText.masked(String(decoding: line, as: UTF8.self)))
  }

  /// The diff with its line ends; empty when the states are the same. Lines are escaped for a terminal, secrets are hidden.
  package func text(paint: Paint) -> String {
    let changes = changes
    if changes.isEmpty { return "" }
    var text = paint("--- \(path)", .bold) + "\n" + paint("+++ \(path)", .bold) + "\n"
    for change in changes {
      text += paint("@@ -\(Self.place(change.old)) +\(Self.place(change.new)) @@", .cyan) + "\n"
      for removed in change.old { text += paint("-\(shown(old[removed]))", .red) + "\n" }
      for added in change.new { text += paint("+\(shown(new[added]))", .green) + "\n" }
    }
    return text
  }

  private static func place(_ range: Range<Int>) -> String {
    range.count == 1
      ? "\(range.lowerBound + 1)" : "\(range.isEmpty ? range.lowerBound : range.lowerBound + 1),\(range.count)"
  }
}
