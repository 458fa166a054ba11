import Foundation
import Packaging
import TestSupport

/// What the pip of python3 reads in requirements files, one text for each line of each file, and the same of ours.
enum RequirementsFileOracle {
  struct Answer: Decodable {
    /// Major and minor version.
    let version: [Int]
    /// One list of lines a file.
    let files: [[String]]
  }

  /// Nil when python3 has no pip, or one before 22.
  static func answer(for files: [[UInt8]]) async throws -> Answer? {
    let folder = try TemporaryFolder()
    for (index, bytes) in files.enumerated() {
      try Data(bytes).write(to: URL(filePath: folder.file("\(index).txt")))
    }
    let output = try await Python.output(of: script, [folder.path, "\(files.count)"])
    if output.isEmpty { return nil }
    return try JSONDecoder().decode(Answer.self, from: Data(output.utf8))
  }

  /// Our reading as the script prints pip's.
  static func lines(_ file: RequirementsFile) -> [String] {
    let errors = file.problems.filter(\.isError).map { (line: $0.logicalLine, text: "\($0.logicalLine) error") }
    let entries = Dictionary(grouping: file.entries, by: \.line).map { line, entries in
      (line: line, text: "\(line) \(text(of: entries))")
    }
    return (errors + entries).sorted { $0.line < $1.line }.map(\.text).filter { !$0.hasSuffix(" options") }
  }

  /// Whether our lines are what pip reads. A pip before 26 is laxer: it takes versions of no standard and has other
  /// rules for URLs.
  static func agree(_ ours: [String], _ theirs: [String], _ version: [Int]) -> Bool {
    if ours == theirs { return true }
    guard version[0] < 26, ours.count == theirs.count else { return false }
    return zip(ours, theirs).allSatisfy { ours, theirs in
      ours == theirs || (ours.hasSuffix(" error") && theirs.contains(" requirement "))
        || (theirs.hasSuffix(" error") && ours.contains(" url="))
    }
  }

  private static func text(of entries: [RequirementsFile.Entry]) -> String {
    switch entries[0].content {
    case .requirement(let line):
      // Its name is asked for later.
      if case .url(let url) = line.source, line.isEditable, line.requirement == nil, !url.revealed.hasPrefix("file:") {
        return "error"
      }
      return text(of: line)
    case .file(let name, let isConstraint): return "\(isConstraint ? "constraint" : "include") \(name.revealed)"
    case .option: break
    }
    var values: [String: [String]] = [:]
    for case .option(let option, let value) in entries.map(\.content) {
      if option == .noBinary || option == .onlyBinary { continue }
      values[option.rawValue, default: []].append(value?.revealed ?? "True")
    }
    values["--index-url"] = values["--index-url"].map { Array($0.suffix(1)) }
    for flag in ["--pre", "--no-index", "--prefer-binary", "--require-hashes"] {
      values[flag] = values[flag].map { Array($0.prefix(1)) }
    }
    return (["options"] + values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.joined(separator: ","))" })
      .joined(separator: " ")
  }

  private static func text(of line: RequirementLine) -> String {
    var parts = [line.isEditable ? "editable" : "requirement", line.text.revealed]
    for algorithm in ArtifactHash.Algorithm.allCases {
      let digests = line.hashes.filter { $0.algorithm == algorithm }
      if !digests.isEmpty { parts.append("\(algorithm)=\(digests.map(\.digest).joined(separator: ","))") }
    }
    if !line.isEditable { parts += line.configSettings.map { "config=\($0.revealed)" } }
    parts.append("name=\(line.requirement?.name.normalized ?? "")")
    parts.append("extras=\(line.extras.joined(separator: ","))")
    switch line.source {
    case .index: parts.append("versions=\(line.requirement?.specifiers.description ?? "")")
    case .url(let url): parts.append("url=\(url.revealed)")
    case .path: parts.append("path")
    }
    if let marker = line.marker { parts.append("marker=\(marker)") }
    return parts.joined(separator: " ")
  }

  /// Every path that looks like one is a folder to this pip: ours does not ask the disk.
  private static let script = #"""
    import json, os, sys
    try:
        import pip
        from pip._internal.req import req_file, constructors
    except ImportError:
        sys.exit(0)
    from pip._vendor.packaging.utils import canonicalize_name
    version = [int(part) for part in pip.__version__.split(".")[:2]]
    if version < [22]:
        sys.exit(0)

    looks_like_path = constructors._looks_like_path
    constructors._looks_like_path = lambda name: looks_like_path(name) and (
        "@" not in name or looks_like_path(name.split("@", 1)[0]))
    constructors.is_installable_dir = lambda path: True
    systems = ("git", "hg", "svn", "bzr")
    os.path.isdir = lambda path: "://" not in path and not path.lower().startswith(
        ("file:",) + tuple(name + mark for name in systems for mark in ":+"))
    os.environ.update(NAME="django", SECRET="se cret", NESTED="${NAME}", EMPTY="")
    os.environ.pop("NONE", None)

    def joined(values):
        return ",".join(str(value) for value in values)

    def requirement(args, opts):
        editable = not args
        text = args or opts.editables[0]
        if editable:
            parts = constructors.parse_req_from_editable(text)
        else:
            parts = constructors.parse_req_from_line(text, None)
        result = ["editable" if editable else "requirement", text]
        if not editable:
            for name, digests in sorted((opts.hashes or {}).items()):
                result.append(name + "=" + joined(digests))
            for key, values in (opts.config_settings or {}).items():
                for value in values if isinstance(values, list) else [values]:
                    result.append("config=%s=%s" % (key, value))
        found, link = parts.requirement, parts.link
        result.append("name=" + (canonicalize_name(found.name) if found else ""))
        extras = set(parts.extras or ()) | (found.extras if found else set())
        result.append("extras=" + joined(sorted({canonicalize_name(name) for name in extras})))
        url = link.url if link else found.url
        if url is None:
            result.append("versions=" + joined(sorted(str(item) for item in found.specifier)))
        elif url.startswith("file:") and "file:" not in text:
            result.append("path")
        else:
            result.append("url=" + url)
        marker = parts.markers or (found.marker if found else None)
        if marker:
            result.append("marker=" + str(marker))
        return " ".join(result)

    def options(opts):
        values = {
            "--index-url": [opts.index_url] if opts.index_url is not None else [],
            "--extra-index-url": opts.extra_index_urls, "--find-links": opts.find_links,
            "--trusted-host": opts.trusted_hosts, "--use-feature": opts.features_enabled,
            "--no-index": [True] if opts.no_index else [], "--pre": [True] if opts.pre else [],
            "--prefer-binary": [True] if opts.prefer_binary else [],
            "--require-hashes": [True] if opts.require_hashes else [],
            "--no-require-hashes": [True] if getattr(opts, "no_require_hashes", False) else [],
        }
        return " ".join(["options"] + [
            "%s=%s" % (key, joined(value)) for key, value in sorted(values.items()) if value])

    def line_text(args, opts):
        if args or opts.editables:
            return requirement(args, opts)
        if opts.requirements:
            return "include " + opts.requirements[0]
        if opts.constraints:
            return "constraint " + opts.constraints[0]
        return options(opts)

    def lines(path):
        try:
            _, content = req_file.get_file_content(path, None)
        except Exception:
            return ["error"]
        parse = req_file.get_line_parser(None)
        result = []
        for number, line in req_file.preprocess(content):
            try:
                text = line_text(*parse(line))
            except Exception:
                text = "error"
            if text != "options":
                result.append("%d %s" % (number, text))
        return result

    sys.stderr = open(os.devnull, "w")
    folder = sys.argv[1]
    files = [lines(os.path.join(folder, "%d.txt" % index)) for index in range(int(sys.argv[2]))]
    print(json.dumps({"version": version, "files": files}))
    """#

  /// The variables that the script sets.
  static let variables = ["NAME": "django", "SECRET": "se cret", "NESTED": "${NAME}", "EMPTY": ""]
}
