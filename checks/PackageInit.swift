import ConfigFormats
import Diagnostics
import Doctor
import Project

/// A package's start-up code stands in `__init__.py`.
struct PackageInit: Check {
  let documentation = CheckDocumentation(
    id: "package-init", area: .source, reach: .static, severity: .warning,
    title: "packages start in __init__.py",
    what: """
      Looks for files such as init.py or _init_.py that hold what a package starts with and that nothing imports. A module \
      init.py with functions of its own, or one that is imported, is fine.
      """,
    why: """
      Python runs __init__.py alone when a package is imported, and says nothing of a file of another name. Tutorials lose \
      the underscores where Markdown takes them for bold type.
      """,
    example: "mysite/init.py with pymysql.install_as_MySQLdb()",
    remedy: "git mv mysite/init.py mysite/__init__.py, or move its code there")

  func run(in context: CheckContext) async throws -> [CheckResult] {
    context.code.misnamedPackageFiles.filter { file in
      !context.commands.contains { command, _ in command.words.contains { $0.hasSuffix(file.description) } }
    }.map { file in
      let target = file.parent.appending("__init__.py")
      let isThere = context.code.bytes(of: target) != nil
      let isEmpty = context.code.bytes(of: file)?.isEmpty ?? true
      return CheckResult(
        context.status(self), "\(file)", "Python never runs \(file.name): a package starts in __init__.py",
        remedy: isThere ? "move its code into \(target) and delete it" : "git mv \(file) \(target)",
        at: isEmpty ? Location(path: file) : Location(path: file, line: 1, column: 1))
    }
      + context.code.unreadablePackageFiles.map { file in
        CheckResult(
          .unknown, "\(file)", "whether it is meant as __init__.py is not known: it cannot be read as Python",
          at: Location(path: file, line: 1, column: 1))
      }
  }
}
