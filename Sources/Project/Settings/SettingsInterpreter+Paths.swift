import Diagnostics
import PythonSource

/// os.path, pathlib and files.
extension SettingsInterpreter {
  /// A path as the process would open it from the project's folder.
  func absolute(_ text: String) -> SourcePath { root.appending(SourcePath(text)).normalized }

  func pathFunction(_ name: String, _ call: PythonCall) throws(Interruption) -> PythonValue? {
    switch name {
    case "pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "pathlib.PurePosixPath", "path.Path":
      return try joinedPath(call.arguments, call)
    case "os.path.join", "posixpath.join": return transformed(call, SourcePath.joining)
    case "os.path.dirname", "posixpath.dirname": return transformed(call) { $0[0].directoryName }
    case "os.path.basename": return transformed(call) { SourcePath(bytes: $0[0].nameBytes) }
    case "os.path.abspath": return transformed(call) { self.root.appending($0[0]).normalized }
    case "os.path.normpath": return transformed(call) { $0[0].normalized.isEmpty ? "." : $0[0].normalized }
    case "os.path.realpath": return transformed(call) { self.resolved($0[0]) }
    case "os.path.expanduser":
      guard let text = call.arguments.first?.text, !text.hasPrefix("~") else { return nil }
      return call.arguments[0]
    case "os.path.exists", "os.path.isfile", "os.path.isdir", "os.path.lexists", "os.access":
      guard let text = call.arguments.first?.text else { return nil }
      return existence(PythonValue(.boolean(exists(absolute(text), kind: name)), at: call.place))
    case "os.path.expandvars":
      guard let value = call.arguments.first, let text = value.text else { return nil }
      return try expanded(text, value, at: call.place)
    case "os.path.split":
      guard let value = call.arguments.first, let text = value.text else { return nil }
      let path = SourcePath(text)
      let parts = [path.directoryName, SourcePath(bytes: path.nameBytes)]
      return try tuple(parts.map { value.with(.string(Self.text($0))) }, at: call.place)
    case "os.path.splitext":
      guard let value = call.arguments.first, let text = value.text else { return nil }
      let (stem, suffix) = Self.splitSuffix(SourcePath(text))
      return try tuple([stem, suffix].map { value.with(.string($0)) }, at: call.place)
    case "os.path.isabs":
      return call.arguments.first?.text.map { PythonValue(.boolean($0.hasPrefix("/")), at: call.place) }
    case "environ.Path", "environ.environ.Path":
      guard let start = call.arguments.first?.text else { return nil }
      return environPath(at: root.appending(start).normalized, call.place)
    default: return nil
    }
  }

  private func exists(_ path: SourcePath, kind: String) -> Bool {
    guard files.resolve(path) != nil else { return false }
    switch kind {
    case "os.path.isfile": return files.read(path) != nil
    case "os.path.isdir": return files.read(path) == nil
    default: return true
    }
  }

  /// A function of os.path, which takes paths and gives text.
  private func transformed(_ call: PythonCall, _ change: ([SourcePath]) -> SourcePath) -> PythonValue? {
    let texts = call.arguments.compactMap(\.text)
    guard texts.count == call.arguments.count, !texts.isEmpty, !call.isOpen else { return pathUnknown(call) }
    return PythonValue(
      .string(Self.text(change(texts.map { SourcePath($0) }))), at: call.place,
      variable: call.arguments.lazy.compactMap(\.variable).first)
  }

  /// A path of pathlib from its parts.
  private func joinedPath(_ parts: [PythonValue], _ call: PythonCall) throws(Interruption) -> PythonValue? {
    let texts = parts.compactMap(\.text)
    guard texts.count == parts.count, !call.isOpen else { return pathUnknown(call) }
    guard let first = texts.first else { return PythonValue(.path("."), at: call.place) }
    let path = texts.dropFirst().reduce(SourcePath(first)) { $0.appending($1) }
    return PythonValue(
      .path(path.collapsed), at: call.place, variable: parts.lazy.compactMap(\.variable).first)
  }

  private func pathUnknown(_ call: PythonCall) -> PythonValue {
    let value = call.arguments.first { $0.isUnknown }
    return unknown(value?.unknownReason ?? "a path that is not known", at: call.place, variable: value?.variable)
  }

  /// Without links, as far as the path exists; what does not is kept as it is written.
  private func resolved(_ path: SourcePath) -> SourcePath {
    let absolute = root.appending(path)
    if let real = files.resolve(absolute) { return real }
    guard absolute.parent != absolute else { return absolute }
    return resolved(absolute.parent).appending(SourcePath(bytes: absolute.nameBytes)).normalized
  }

  private static func splitSuffix(_ path: SourcePath) -> (String, String) {
    let name = path.nameBytes
    let head = name.prefix { $0 == UInt8(ascii: ".") }
    guard let dot = name[head.endIndex...].lastIndex(of: UInt8(ascii: ".")) else { return (text(path), "") }
    let suffix = name[dot...]
    return (
      String(decoding: path.bytes.dropLast(suffix.count), as: UTF8.self), String(decoding: suffix, as: UTF8.self)
    )
  }

  // MARK: - Methods

  func pathMethod(
    _ name: String, of path: SourcePath, _ receiver: PythonValue, _ call: PythonCall
  ) throws(Interruption) -> PythonValue? {
    switch name {
    case "resolve": return receiver.with(.path(resolved(path)))
    case "absolute": return receiver.with(.path(root.appending(path).collapsed))
    case "joinpath": return try joinedPath([receiver] + call.arguments, call)
    case "as_posix", "__str__", "__fspath__": return receiver.with(.string(Self.text(path)))
    case "exists", "is_file", "is_dir":
      let kinds = ["exists": "os.path.exists", "is_file": "os.path.isfile", "is_dir": "os.path.isdir"]
      let isThere = exists(root.appending(path).normalized, kind: kinds[name] ?? "")
      return existence(PythonValue(.boolean(isThere), at: call.place))
    case "with_suffix":
      guard let suffix = call.arguments.first?.string else { return nil }
      return receiver.with(.path(SourcePath(Self.splitSuffix(path).0 + suffix)))
    case "with_name":
      guard let name = call.arguments.first?.string else { return nil }
      return receiver.with(.path(path.parent.appending(name)))
    case "read_text": return try contents(of: root.appending(path).normalized, at: call.place)
    case "open": return instance("file", ["path": receiver], at: call.place)
    case "mkdir": return PythonValue(.none, at: call.place)
    default: return nil
    }
  }

  // MARK: - Files

  func opened(_ call: PythonCall) throws(Interruption) -> PythonValue {
    guard let path = call.argument(0, "file"), let text = path.text else {
      return unknown(call.unknownReason ?? "a file that is not known", at: call.place)
    }
    guard files.read(absolute(text)) != nil else {
      return try raise("FileNotFoundError", "there is no file \(SourcePath(text))", at: call.place)
    }
    return instance("file", ["path": path], at: call.place)
  }

  func readFile(_ fields: [String: PythonValue], _ method: String, _ call: PythonCall) throws(Interruption)
    -> PythonValue?
  {
    guard let path = fields["path"]?.text else { return nil }
    let whole = try contents(of: absolute(path), at: call.place)
    guard method != "read", let text = whole.string else { return method == "read" ? whole : nil }
    let lines = PythonText.split(text, at: "\n")
    if method == "readline" { return whole.with(.string(lines[0] + (lines.count > 1 ? "\n" : ""))) }
    let ended = lines.enumerated().map { $0.offset < lines.count - 1 ? $0.element + "\n" : $0.element }
    return try list(ended.filter { !$0.isEmpty }.map { whole.with(.string($0)) }, at: call.place)
  }

  private func contents(of path: SourcePath, at place: Place) throws(Interruption) -> PythonValue {
    guard let bytes = files.read(path) else {
      return try raise("FileNotFoundError", "there is no file \(path)", at: place)
    }
    guard bytes.count <= Self.sizeLimit else { return unknown("\(path) is larger than is read", at: place) }
    try step(bytes.count / 1024)
    let text = String(decoding: bytes, as: UTF8.self)
    readTexts[text] = path
    guard bytes.count <= Self.textLimit || path.bytes.ends(with: ".py") else {
      return unknown("\(path) is larger than is kept", at: place)
    }
    return PythonValue(.string(text), at: place)
  }

  /// `exec(text)`: the statements of a file that was read, in the names of the caller.
  func execute(_ code: PythonValue, in frame: Frame) throws(Interruption) -> PythonValue {
    guard let text = code.string else {
      setDoubt(of: frame.globals, to: code.unknownReason ?? "code that is not known was run")
      return PythonValue(.none, at: code.place)
    }
    guard let path = readTexts[text] else {
      setDoubt(of: frame.globals, to: "`exec` of text")
      return PythonValue(.none, at: code.place)
    }
    try include(path, in: frame)
    return PythonValue(.none, at: code.place)
  }

  /// Runs the statements of a file in the names of a module; false when there is no such file.
  @discardableResult
  func include(_ path: SourcePath, in frame: Frame) throws(Interruption) -> Bool {
    guard includeDepth < 10, let tree = sources.tree(of: path) else { return false }
    includeDepth += 1
    defer { includeDepth -= 1 }
    knownFiles.append(File(path: path.relative(to: root) ?? path, lines: tree.lines))
    let inner = Frame(
      scopes: [frame.globals], globals: frame.globals, file: Int32(knownFiles.count - 1), path: path)
    _ = try run(tree.statements, in: inner)
    return true
  }

  // MARK: - environ.Path

  func environPath(at path: SourcePath, _ place: Place) -> PythonValue {
    instance("environ.Path", ["root": PythonValue(.string(Self.text(path)), at: place)], at: place)
  }

  func environPath(_ method: String, _ fields: [String: PythonValue], _ call: PythonCall) throws(Interruption)
    -> PythonValue?
  {
    guard let base = fields["root"]?.text else { return nil }
    let texts = call.arguments.compactMap(\.text)
    guard texts.count == call.arguments.count else { return nil }
    let path = texts.reduce(SourcePath(base)) { $0.appending($1) }.normalized
    switch method {
    case "__call__": return PythonValue(.string(Self.text(path)), at: call.place)
    case "path": return environPath(at: path, call.place)
    default: return nil
    }
  }
}
