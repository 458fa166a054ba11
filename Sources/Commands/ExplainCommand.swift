import Checks
import Diagnostics
import Doctor
import Host
import Knowledge
import Manifests
import Packaging
import Project
import PythonEnvironment
import Reporting

/// `envtool explain`
struct ExplainCommand: Subcommand {
  enum Format: String, CaseIterable {
    case text
    case dot
    case mermaid
  }

  let what: String
  let folder: String
  let graph: Bool
  let format: Format
  let output: String?
  let common: CommonOptions

  func run(in session: Session) throws -> Int32 {
    if let check = Self.explanation(ofCheck: what), !drawsGraph {
      try session.give(check.text(paint: paint(in: session)), to: output)
      return ExitStatus.fine
    }
    let known = try Known(self, in: session)
    if drawsGraph {
      guard let name = known.distribution(what) ?? known.provider(of: what) else { throw unknown(known) }
      let report = GraphReport(around: name, in: known.graph, extras: known.extras(of: name))
      let text =
        switch format {
        case .text: report.text
        case .dot: report.dot
        case .mermaid: report.mermaid
        }
      try session.give(text, to: output)
      return ExitStatus.fine
    }
    let blocks = known.explanations(of: what)
    if blocks.isEmpty { throw unknown(known) }
    let paint = paint(in: session)
    try session.give(blocks.map { $0.text(paint: paint) }.joined(separator: "\n"), to: output)
    return ExitStatus.fine
  }

  /// Only a graph can be drawn for graph tools.
  private var drawsGraph: Bool { graph || format != .text }

  private func paint(in session: Session) -> Paint {
    output == nil ? session.paint(session.output, common.color) : Paint(isOn: common.color == .always)
  }

  /// The checks of doctor and the findings of scan.
  private static func explanation(ofCheck id: String) -> Explanation? {
    if let check = CheckCatalog.everything.first(where: { $0.id == id }) { return Explanation(of: check.documentation) }
    return ScanReport.rules.first { $0.id == id }.map { Explanation(of: $0) }
  }

  private func unknown(_ known: Known) -> CommandFailure {
    let names = CheckCatalog.everything.map(\.id) + ScanReport.rules.map(\.id) + known.names
    let hint = Suggestion.closest(to: what, among: names).map { "did you mean \(Escaping.text($0))?" }
    return CommandFailure(
      ExitStatus.usage,
      Finding(
        .error,
        "nothing is known of \(Escaping.text(what)): no check, and nothing that the project needs, declares or has installed",
        remedy: hint ?? "`envtool scan` names what the project needs, `envtool doctor --list` the checks"))
  }
}

extension ExplainCommand {
  /// What there is to explain: the project, its environment, its manifests and locks.
  struct Known {
    let project: Project
    let manifest: Manifest
    let declared: DeclaredDependencies
    let graph: DependencyGraph
    private let resolver: ModuleResolver
    private let closure: [PackageName: PackageName?]

    init(_ command: ExplainCommand, in session: Session) throws {
      project = try command.project(at: command.folder, in: session)
      let (environment, installed) = try command.common.environment(for: project.root, in: session)
      declared = DeclaredDependencies(of: project.root, folders: project.tree.projectFolders, host: session.host)
      manifest = Manifest(
        of: project, installed: installed, declared: DeclaredNames(declared),
        python: environment?.interpreter.version)
      graph = DependencyGraph(
        locks: declared.locks, installed: installed, markers: environment?.markerEnvironment(machine: Machine.name))
      resolver = ModuleResolver(installed: installed)
      let asked = declared.entries.filter { $0.role.kind != .constraint }
      let roots = asked.map { ($0.name, $0.requirement.extras) } + manifest.requirements.map { ($0.name, []) }
      closure = graph.closure(of: roots)
    }

    /// Every name that can be asked for, sorted.
    var names: [String] {
      let distributions = manifest.requirements.map(\.name) + declared.entries.map(\.name) + graph.names
      let modules = manifest.requirements.flatMap(\.modules) + manifest.unresolved.map(\.module)
      return Set(distributions.map(\.normalized) + modules).sorted()
    }

    /// The distribution of that name, however it is spelt, when the project has to do with it.
    func distribution(_ text: String) -> PackageName? {
      guard let name = PackageName(text) else { return nil }
      let isKnown =
        requirement(name) != nil || declared.entries.contains { $0.name == name } || graph[name] != nil
        || closure[name] != nil
      return isKnown ? name : nil
    }

    /// The distribution that the project takes for a module, else the likeliest.
    func provider(of module: String) -> PackageName? {
      manifest.requirements.first { $0.modules.contains(module.topLevelModule) }?.name
        ?? resolver.resolve(module)?.candidates.first
    }

    func extras(of name: PackageName) -> [String] {
      Set(declared.entries.filter { $0.name == name }.flatMap(\.requirement.extras)).sorted()
    }

    func explanations(of text: String) -> [Explanation] {
      let name = distribution(text)
      var blocks: [Explanation] = []
      if let name {
        blocks.append(
          Explanation(
            of: name, needed: requirement(name), declared: declared.entries.filter { $0.name == name }, in: graph,
            chain: chain(to: name)))
      }
      // A module that is called like its distribution needs no words of its own.
      if let module = module(text), name == nil || provider(of: text) != name { blocks.append(module) }
      return blocks
    }

    private func requirement(_ name: PackageName) -> RequirementEntry? {
      manifest.requirements.first { $0.name == name }
    }

    private func chain(to name: PackageName) -> [PackageName] {
      var chain = [name]
      while let parent = closure[chain[0]] ?? nil, chain.count < 100 { chain.insert(parent, at: 0) }
      return chain
    }

    private func module(_ text: String) -> Explanation? {
      let top = text.topLevelModule
      let evidence = project.evidence.filter { item in
        guard case .module(let module) = item.subject else { return false }
        return module == text || module.hasPrefix("\(text).") || (text == top && module.topLevelModule == top)
      }
      let isLocal = project.localImports.contains(top)
      let found = resolver.resolve(text)
      if evidence.isEmpty, !isLocal, found == nil, !StandardLibrary.contains(top, python: nil) { return nil }
      return Explanation(
        ofModule: text, providers: found?.candidates ?? [], proof: found?.proof, evidence: evidence, isLocal: isLocal,
        chosen: manifest.requirements.first { $0.modules.contains(top) }?.name)
    }
  }
}
