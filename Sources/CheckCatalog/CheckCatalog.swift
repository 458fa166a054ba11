import Foundation
import PackagePlugin

/// Writes one Swift file per target at build time: for checks/ the catalogue of its checks, and for a target with a
/// folder Facts a string literal per table in it. Adding a file is all that it takes.
@main
struct CheckCatalog: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let target = target as? SwiftSourceModuleTarget else { return [] }
    let generator = try context.tool(named: "checkgen").url
    let facts = target.directoryURL.appending(path: "Facts")
    if target.name == "Checks" {
      let output = context.pluginWorkDirectoryURL.appending(path: "CheckCatalog.swift")
      let inputs = target.sourceFiles(withSuffix: ".swift").map(\.url).sorted { $0.path < $1.path }
      return [
        .buildCommand(
          displayName: "Listing the checks", executable: generator,
          arguments: ["checks", output.path] + inputs.map(\.path), inputFiles: inputs, outputFiles: [output])
      ]
    }
    let tables = try FileManager.default.contentsOfDirectory(at: facts, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "txt" }.sorted { $0.path < $1.path }
    let output = context.pluginWorkDirectoryURL.appending(path: "Facts.swift")
    return [
      .buildCommand(
        displayName: "Embedding the fact tables", executable: generator,
        arguments: ["facts", output.path] + tables.map(\.path), inputFiles: tables, outputFiles: [output])
    ]
  }
}
