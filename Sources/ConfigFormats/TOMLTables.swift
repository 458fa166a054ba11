internal import Diagnostics

// What may be extended (https://toml.io/en/v1.0.0#table), as tomllib has it:
// - `[a.b]` makes a and b; b is defined, a is not, so that `[a]` may follow once.
// - `a.b.c = 1` makes a and b; other dotted keys may add to them until the next header, headers may go through them.
// - `[[a]]` adds an element to a; a header that goes through a list goes through its last element.
// - Values are closed, inline tables and arrays too.

/// The tables of a TOML file while it is read: they grow at any place until the end.
struct TOMLTables {
  private enum Child {
    case table(Int)
    /// An array of tables.
    case list(Int)
  }

  private struct Table {
    /// The values; where a child stands, a value that the child replaces in the end.
    var entries = ConfigTable()
    /// By position in `entries`.
    var children: [Int: Child] = [:]
    var place: ConfigPlace
    /// Whether a header of its own or an element of an array made it.
    var isDefined = false
    /// The number of headers before the dotted key that last went through it; nil when none did.
    var dottedIn: Int?
  }

  private struct List {
    let place: ConfigPlace
    var elements: [Int] = []
  }

  static let root = 0

  private var tables = [Table(place: ConfigPlace(line: 1, column: 1, bytes: 0..<0), isDefined: true)]
  private var lists: [List] = []
  private var headers = 0

  /// The table of `[key]`.
  mutating func define(_ key: [TOMLKeyPart], at place: ConfigPlace) throws(ConfigError) -> Int {
    headers += 1
    let (owner, name) = try enter(key, at: place)
    guard let position = tables[owner].entries.position(of: name.text) else {
      return addTable(name, to: owner, at: place, isDefined: true)
    }
    guard case .table(let table)? = tables[owner].children[position], !isClosed(table) else {
      throw taken(name, in: owner, by: "a table")
    }
    tables[table].isDefined = true
    tables[table].place = place
    return table
  }

  /// The table of `[[key]]`.
  mutating func appendElement(_ key: [TOMLKeyPart], at place: ConfigPlace) throws(ConfigError) -> Int {
    headers += 1
    let (owner, name) = try enter(key, at: place)
    let list: Int
    if let position = tables[owner].entries.position(of: name.text) {
      guard case .list(let known)? = tables[owner].children[position] else {
        throw taken(name, in: owner, by: "an array of tables")
      }
      list = known
    } else {
      list = lists.count
      lists.append(List(place: place))
      add(.list(list), name, to: owner, at: place)
    }
    tables.append(Table(place: place, isDefined: true))
    lists[list].elements.append(tables.count - 1)
    return tables.count - 1
  }

  /// The table that a dotted key of a pair names, and its last part, which that table does not have yet.
  mutating func reach(
    _ key: [TOMLKeyPart], from table: Int
  ) throws(ConfigError) -> (owner: Int, name: TOMLKeyPart) {
    var owner = table
    for part in key.dropLast() {
      guard let position = tables[owner].entries.position(of: part.text) else {
        owner = addTable(part, to: owner, at: part.place, isDefined: false)
        tables[owner].dottedIn = headers
        continue
      }
      guard case .table(let next)? = tables[owner].children[position], !isClosed(next) else {
        throw taken(part, in: owner, by: "a table to add to")
      }
      owner = next
      tables[owner].dottedIn = headers
    }
    let name = key[key.count - 1]
    if tables[owner].entries.position(of: name.text) != nil { throw taken(name, in: owner, by: nil) }
    return (owner, name)
  }

  mutating func insert(_ node: ConfigNode, _ name: TOMLKeyPart, into table: Int) {
    tables[table].entries.append(ConfigTable.Entry(key: name.text, keyPlace: name.place, value: node))
  }

  /// Begins an inline table.
  mutating func begin(at place: ConfigPlace) -> Int {
    tables.append(Table(place: place))
    return tables.count - 1
  }

  /// Ends the inline table that was begun last.
  mutating func end(_ table: Int, at place: ConfigPlace) -> ConfigNode {
    let node = close(table, at: place)
    tables.removeSubrange(table...)
    return node
  }

  /// The table as a value; nothing may be added to it any more.
  mutating func close(_ table: Int, at place: ConfigPlace? = nil) -> ConfigNode {
    var closed = Table(place: place ?? tables[table].place)
    swap(&closed.entries, &tables[table].entries)
    for (position, child) in tables[table].children {
      let node: ConfigNode
      switch child {
      case .table(let table): node = close(table)
      case .list(let list): node = ConfigNode(.array(lists[list].elements.map { close($0) }), at: lists[list].place)
      }
      closed.entries.replaceValue(at: position, by: node)
    }
    return ConfigNode(.table(closed.entries), at: closed.place)
  }

  /// The table that holds the last part of a header.
  private mutating func enter(
    _ key: [TOMLKeyPart], at place: ConfigPlace
  ) throws(ConfigError) -> (owner: Int, name: TOMLKeyPart) {
    var owner = Self.root
    for part in key.dropLast() {
      guard let position = tables[owner].entries.position(of: part.text) else {
        owner = addTable(part, to: owner, at: place, isDefined: false)
        continue
      }
      switch tables[owner].children[position] {
      case .table(let next): owner = next
      case .list(let list): owner = lists[list].elements[lists[list].elements.count - 1]
      case nil: throw taken(part, in: owner, by: "a table to add to")
      }
    }
    return (owner, key[key.count - 1])
  }

  private mutating func addTable(
    _ name: TOMLKeyPart, to owner: Int, at place: ConfigPlace, isDefined: Bool
  ) -> Int {
    tables.append(Table(place: place, isDefined: isDefined))
    add(.table(tables.count - 1), name, to: owner, at: place)
    return tables.count - 1
  }

  private mutating func add(_ child: Child, _ name: TOMLKeyPart, to owner: Int, at place: ConfigPlace) {
    tables[owner].children[tables[owner].entries.entries.count] = child
    insert(ConfigNode(.null, at: place), name, into: owner)
  }

  /// Whether a header or an earlier section has said all that the table holds.
  private func isClosed(_ table: Int) -> Bool {
    tables[table].isDefined || tables[table].dottedIn.map { $0 < headers } ?? false
  }

  /// The error that a name stands for something else already.
  private func taken(_ name: TOMLKeyPart, in owner: Int, by wanted: String?) -> ConfigError {
    let shown = Escaping.text(name.text)
    guard let position = tables[owner].entries.position(of: name.text) else {
      return ConfigError(at: name.place, "`\(shown)` is missing")
    }
    let entry = tables[owner].entries.entries[position]
    let kind: String
    switch tables[owner].children[position] {
    case .table(let table): kind = tables[table].dottedIn == nil ? "a table" : "a table of dotted keys"
    case .list: kind = "an array of tables"
    case nil: kind = entry.value.table == nil ? entry.value.kindName : "an inline table"
    }
    let earlier = "line \(entry.keyPlace.line) has made `\(shown)` \(kind)"
    guard let wanted else { return ConfigError(at: name.place, "`\(shown)` is defined twice: \(earlier)") }
    return ConfigError(at: name.place, "`\(shown)` cannot be \(wanted): \(earlier)")
  }
}
