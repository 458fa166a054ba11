extension RequirementLine {
  /// What stands before the marker, the marker's text, and where that begins: behind `;`, for a URL behind `; `.
  static func splitMarker(_ text: String, isURL: Bool) -> (head: String, marker: String?, offset: Int) {
    let scalars = Array(text.unicodeScalars)
    let end = scalars.indices.first { index in
      scalars[index] == ";" && (!isURL || scalars[(index + 1)...].first == " ")
    }
    let head = LogicalLines.trimmed(scalars[..<(end ?? scalars.count)])
    guard let end else { return (String(scalars: head), nil, 0) }
    let marker = LogicalLines.trimmed(scalars[(end + 1)...])
    return (String(scalars: head), marker.isEmpty ? nil : String(scalars: marker), marker.startIndex)
  }

  /// The path, and its extras with their brackets; without any the whole path.
  static func splitExtras(_ path: String) -> (path: String, extras: String) {
    var scalars = Array(path.unicodeScalars)
    while scalars.count > 1, scalars.last == "/" { scalars.removeLast() }
    guard scalars.last == "]", let open = scalars.lastIndex(of: "["), open > 0,
      !scalars[open...].dropLast().contains("]"), scalars.count - open > 2
    else { return (path, "") }
    var end = open
    while end > 0, LogicalLines.isSpace(scalars[end - 1]) { end -= 1 }
    return (String(scalars: scalars[..<end]), String(scalars: scalars[open...]))
  }

  /// Whether pip looks for a file or folder of that name before it reads a requirement: pip asks the disk, too, but a
  /// requirement holds neither a `/` nor a `.` at its start, except in the URL behind `@`.
  static func namesPath(_ head: String) -> Bool {
    let before = head.utf8.prefix { $0 != UInt8(ascii: "@") }
    if before.count < head.utf8.count, !looksLikePath(before) { return false }
    return looksLikePath(head.utf8) || isArchive(splitExtras(head).path)
  }

  private static func looksLikePath(_ text: some Collection<UInt8>) -> Bool {
    text.first == UInt8(ascii: ".") || text.contains(UInt8(ascii: "/"))
  }

  private static func isArchive(_ path: String) -> Bool {
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last.map { String($0)?.lowercased() ?? "" } ?? ""
    return [
      ".zip", ".whl", ".tar.bz2", ".tbz", ".tar.gz", ".tgz", ".tar", ".tar.xz", ".txz", ".tlz", ".tar.lz", ".tar.lzma",
    ].contains { name.hasSuffix($0) && name.utf8.count > $0.utf8.count }
  }

  /// The name that a wheel's file name or `#egg=` gives.
  static func nameWithin(_ location: String, isPath: Bool) throws(Failure) -> Requirement? {
    let url = RequirementURL(location)
    let file = isPath ? url.lastComponent(ofPath: location) : url.fileName
    if file.lowercased().hasSuffix(".whl") {
      guard let requirement = wheelRequirement(file) else { throw Failure(reason: .wheelName(file), offset: 0) }
      return requirement
    }
    guard !isPath, let egg = url.fragment("egg") else { return nil }
    guard !egg.unicodeScalars.contains(where: LogicalLines.isSpace), let requirement = try? Requirement(parsing: egg),
      requirement.marker == nil, requirement.url == nil,
      requirement.specifiers.isEmpty
    else { throw Failure(reason: .eggFragment(egg), offset: 0) }
    return requirement
  }

  /// `NAME==VERSION` for the file name of a wheel.
  private static func wheelRequirement(_ file: String) -> Requirement? {
    guard let wheel = WheelName(file), let name = PackageName(wheel.name),
      let specifiers = SpecifierSet("==\(wheel.version)")
    else { return nil }
    return Requirement(name: name, specifiers: specifiers)
  }

  static func marker(_ text: String?, _ offset: Int) throws(Failure) -> Marker? {
    guard let text else { return nil }
    return try requirement("x", text, offset).marker
  }

  /// Reads head and marker as one requirement; failures get the offsets that they have in the line.
  static func requirement(_ head: String, _ marker: String?, _ offset: Int) throws(Failure) -> Requirement {
    let joined = marker.map { "\(head) ; \($0)" } ?? head
    do { return try Requirement(parsing: joined) } catch {
      let markerStart = head.unicodeScalars.count + 3
      let column = error.column - 1
      let place = marker != nil && column >= markerStart ? column - markerStart + offset : column
      let reason: RequirementsFileProblem.Reason =
        assigns(head) ? .assignment : .requirement(expected: error.expected)
      throw Failure(reason: reason, offset: place)
    }
  }

  /// Whether the text holds a lone `=`, where `==` was meant.
  private static func assigns(_ head: String) -> Bool {
    head.utf8.contains(UInt8(ascii: "="))
      && !["~=", "==", "!=", "<", ">"].contains { head.utf8.contains(sequence: $0) }
  }
}

extension String.UTF8View {
  func contains(sequence text: String) -> Bool {
    let wanted = Array(text.utf8)
    return indices.contains { self[$0...].starts(with: wanted) }
  }
}
