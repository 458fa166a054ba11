import Foundation
import PackagePlugin

/// Writes one Swift file per target at build time: for checks/ the catalogue of its checks, for Knowledge a string literal
/// per table in its folder Facts, for Commands the commit that is built. Adding a file is all that it takes.
@main
struct CheckCatalog: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    guard let target = target as? SwiftSourceModuleTarget else { return [] }
    let generator = try context.tool(named: "checkgen").url
    if target.name == "Commands" {
      let output = context.pluginWorkDirectoryURL.appending(path: "BuildCommit.swift")
      let git = context.package.directoryURL.appending(path: ".git")
      // The log of HEAD grows with every commit, which makes the file anew.
      let inputs = [git.appending(path: "HEAD"), git.appending(path: "logs/HEAD")]
        .filter { FileManager.default.fileExists(atPath: $0.path) }
      return [
        .buildCommand(
          displayName: "Noting the commit", executable: generator, arguments: ["commit", output.path, git.path],
          inputFiles: inputs, outputFiles: [output])
      ]
    }
    let facts = target.directoryURL.appending(path: "Facts")
    if target.name == "Checks" {
      let output = context.pluginWorkDirectoryURL.appending(path: "CheckCatalog.swift")
      let rules = target.directoryURL.appending(path: "rules")
      let inputs =
        (target.sourceFiles(withSuffix: ".swift").map(\.url)
        + (try FileManager.default.contentsOfDirectory(at: rules, includingPropertiesForKeys: nil))
        .filter { $0.pathExtension == "toml" }).sorted { $0.path < $1.path }
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
