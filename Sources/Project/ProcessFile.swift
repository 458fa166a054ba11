package import Diagnostics

/// A file that is read for the commands it starts, or for code in another form than a Python source.
package struct ProcessFile: Hashable, Sendable {
  /// What a file is, by its name and place.
  package enum Kind: Sendable {
    case procfile, dockerfile, compose, unit, shellScript, makefile, justfile, taskfile
    case packageJSON, pyproject, pipfile, fly, railwayJSON, railwayTOML, nixpacks, render, heroku, pipeline
    /// Any `.conf`: sections tell whether supervisord reads it.
    case configuration
    case crontab
    /// mkdocs.yml
    case documentation
    /// `.env`, `.env.example`: read for the schemes of URLs alone.
    case environment
    /// Without an ending, where scripts stand; `#!` tells whether it is one.
    case script
    case notebook
    /// `.pyi`
    case stub
    /// `.pyx`, `.pxd`
    case cython
    /// `.pyw`
    case windowed
  }

  package let path: SourcePath
  package let kind: Kind
}

extension ProcessFile.Kind {
  /// Whether the file holds code in another form than a Python source's.
  package var isCode: Bool {
    switch self {
    case .notebook, .stub, .cython, .windowed: true
    default: false
    }
  }

  /// nil for a file of no such kind; decided by the last bytes for most.
  init?(_ name: UnsafeBufferPointer<UInt8>, in folder: SourcePath) {
    let kind: Self?
    switch name.last {
    case UInt8(ascii: "h"): kind = name.hasSuffix(".sh") || name.hasSuffix(".bash") ? .shellScript : nil
    case UInt8(ascii: "b"): kind = name.hasSuffix(".ipynb") ? .notebook : name.equals("crontab") ? .crontab : nil
    case UInt8(ascii: "n"): kind = Self.json(name)
    case UInt8(ascii: "f"): kind = name.hasSuffix(".conf") ? .configuration : nil
    case UInt8(ascii: "l"): kind = Self.markup(name, folder)
    case UInt8(ascii: "k"): kind = name.hasSuffix(".mk") ? .makefile : nil
    case UInt8(ascii: "e"): kind = Self.named(name)
    case UInt8(ascii: "y"): return nil
    case UInt8(ascii: "i"): kind = name.hasSuffix(".pyi") ? .stub : nil
    case UInt8(ascii: "x"): kind = name.hasSuffix(".pyx") ? .cython : nil
    case UInt8(ascii: "d"): kind = name.hasSuffix(".pxd") ? .cython : nil
    case UInt8(ascii: "w"): kind = name.hasSuffix(".pyw") ? .windowed : nil
    default: kind = nil
    }
    guard let found = kind ?? Self.prefixed(name) ?? Self.script(name, folder) else { return nil }
    self = found
  }

  private static func json(_ name: UnsafeBufferPointer<UInt8>) -> Self? {
    name.equals("package.json") ? .packageJSON : name.equals("railway.json") ? .railwayJSON : nil
  }

  private static func named(_ name: UnsafeBufferPointer<UInt8>) -> Self? {
    if name.hasSuffix(".service") { return .unit }
    if name.hasSuffix("ockerfile") || name.equals("Containerfile") { return .dockerfile }
    if name.equals("Procfile") { return .procfile }
    if name.equals("Pipfile") { return .pipfile }
    if name.equals("justfile") || name.equals("Justfile") || name.equals(".justfile") { return .justfile }
    return name.equals("Makefile") || name.equals("makefile") || name.equals("GNUmakefile") ? .makefile : nil
  }

  private static func markup(_ name: UnsafeBufferPointer<UInt8>, _ folder: SourcePath) -> Self? {
    if name.hasSuffix(".toml") {
      if name.equals("pyproject.toml") { return .pyproject }
      if name.equals("fly.toml") { return .fly }
      if name.equals("railway.toml") { return .railwayTOML }
      return name.equals("nixpacks.toml") ? .nixpacks : nil
    }
    guard name.hasSuffix(".yml") || name.hasSuffix(".yaml") else { return nil }
    if name.equals("mkdocs.yml") || name.equals("mkdocs.yaml") { return .documentation }
    if name.starts(with: "docker-compose".utf8) || name.starts(with: "compose".utf8) { return .compose }
    if name.starts(with: "Taskfile.".utf8) || name.starts(with: "taskfile.".utf8) { return .taskfile }
    if name.starts(with: "render.".utf8) { return .render }
    if name.starts(with: "heroku.".utf8) { return .heroku }
    if name.starts(with: ".gitlab-ci".utf8) || name.starts(with: ".travis.".utf8)
      || name.starts(with: "buildspec".utf8) || name.starts(with: "appveyor.".utf8)
      || name.starts(with: ".appveyor.".utf8) || name.starts(with: "azure-pipelines".utf8)
      || name.starts(with: "bitbucket-pipelines".utf8)
    {
      return .pipeline
    }
    let isPipeline =
      folder.bytes.ends(with: ".github/workflows") || folder.bytes.ends(with: ".circleci")
      || folder.bytes.starts(with: ".github/actions/".utf8) || folder.bytes.ends(with: ".gitlab/ci")
    return isPipeline ? .pipeline : nil
  }

  /// `Procfile.dev`, `Dockerfile.worker`, `web.service.j2`
  private static func prefixed(_ name: UnsafeBufferPointer<UInt8>) -> Self? {
    if name.hasPrefix("Procfile.") { return .procfile }
    if name.hasPrefix("Dockerfile.") { return .dockerfile }
    if name.hasPrefix(".env"),
      name.count == 4 || name[4] == UInt8(ascii: ".") || name[4] == UInt8(ascii: "-") || name[4] == UInt8(ascii: "_")
    {
      return .environment
    }
    if name.hasSuffix(".env") || name.hasPrefix("env.example") || name.hasPrefix("env.sample") {
      return .environment
    }
    let marker: StaticString = ".service."
    guard name.count > marker.utf8CodeUnitCount + 1 else { return nil }
    var index = name.count - marker.utf8CodeUnitCount - 1
    // What follows the marker is one ending, so it is looked for among the last bytes alone.
    let first = max(0, index - 8)
    while index >= first {
      if name[index] == UInt8(ascii: "."), name[index + 1] == UInt8(ascii: "s"), !name.hasSuffix("html"),
        UnsafeBufferPointer(rebasing: name[index..<(index + marker.utf8CodeUnitCount)]).equals(marker)
      {
        return .unit
      }
      index -= 1
    }
    return nil
  }

  private static let scriptFolders: [StaticString] = [
    "bin", "sbin", "scripts", "script", "docker", "deploy", "ci", ".ci", "tools",
  ]

  private static func script(_ name: UnsafeBufferPointer<UInt8>, _ folder: SourcePath) -> Self? {
    guard !name.contains(UInt8(ascii: ".")) else { return nil }
    let isStart = name.hasSuffix("entrypoint") || name.starts(with: "start".utf8) || name.starts(with: "run".utf8)
    let place = folder.nameBytes
    let isPlace = scriptFolders.contains { $0.withUTF8Buffer { place.elementsEqual($0) } }
    return isStart || isPlace ? .script : nil
  }
}
