import Diagnostics
import Host
import Project
import Testing
import TestSupport

@Suite struct LocalModulesTests {
  struct Case: Sendable {
    let files: [String]
    /// An import statement and the file that it stands in.
    let statement: String
    let file: String
    let isLocal: Bool
  }

  @Test(arguments: [
    Case(
      files: ["mysite/__init__.py"], statement: "from celery import Celery", file: "mysite/celery.py", isLocal: false),
    Case(
      files: ["mysite/__init__.py", "mysite/celery.py"], statement: "import celery", file: "mysite/tasks.py",
      isLocal: false),
    Case(files: [], statement: "import statsd", file: "lib/statsd.py", isLocal: false),
    Case(
      files: ["lib/tool/__init__.py", "lib/tool/a.py"], statement: "import statsd", file: "lib/statsd.py",
      isLocal: false),
    Case(files: [], statement: "import celery", file: "celery.py", isLocal: false),
    Case(files: ["scripts/shared.py"], statement: "import shared", file: "scripts/run.py", isLocal: true),
    Case(
      files: ["polls/__init__.py", "polls/models.py"], statement: "import polls.models", file: "a.py", isLocal: true),
    Case(files: [], statement: "import polls.views", file: "polls/__init__.py", isLocal: true),
    Case(files: ["src/polls/__init__.py"], statement: "import polls", file: "src/polls/a.py", isLocal: true),
    Case(files: ["web/manage.py", "web/helpers.py"], statement: "import helpers", file: "web/x/a.py", isLocal: true),
    Case(files: ["space/part.py"], statement: "from space import part", file: "a.py", isLocal: true),
    Case(files: ["space/part.py"], statement: "import space.part", file: "a.py", isLocal: true),
    Case(files: ["celery/beat.py"], statement: "from celery import Celery", file: "a.py", isLocal: false),
    Case(files: ["celery/readme.ini"], statement: "import celery", file: "a.py", isLocal: false),
    Case(files: ["tool.py"], statement: "import tool", file: "a.py", isLocal: true),
    // Several projects in one repository: each sees its own, and what nobody else has.
    Case(
      files: ["web/manage.py", "web/redis/__init__.py"], statement: "import redis", file: "web/polls/views.py",
      isLocal: true),
    Case(
      files: ["web/manage.py", "web/redis/__init__.py", "api/pyproject.toml"], statement: "import redis",
      file: "api/app/main.py", isLocal: false),
    Case(
      files: ["web/manage.py", "libs/pyproject.toml", "libs/our_own_lib/__init__.py"], statement: "import our_own_lib",
      file: "web/polls/views.py", isLocal: true),
    // Folders that the project's own code puts on sys.path.
    Case(
      files: ["apps/__init__.py", "apps/redis/__init__.py"], statement: "import redis", file: "manage.py",
      isLocal: false),
    Case(
      files: ["apps/__init__.py", "apps/redis/__init__.py"],
      statement: "import sys\nsys.path.insert(0, os.path.join(BASE, 'apps'))\nimport redis", file: "manage.py",
      isLocal: true),
    Case(
      files: ["apps/__init__.py", "apps/our_own_app/__init__.py"], statement: "import our_own_app", file: "manage.py",
      isLocal: true),
    // What .gitignore leaves out is there all the same.
    Case(files: [".gitignore", "generated.py"], statement: "import generated", file: "a.py", isLocal: true),
    Case(
      files: [".gitignore", "build/__init__.py", "build/x.py"], statement: "import build.x", file: "a.py",
      isLocal: true),
  ])
  func localOrNot(example: Case) throws {
    let folder = try TemporaryFolder()
    for file in example.files {
      try folder.write(file, file == ".gitignore" ? "generated.py\nbuild/\n" : "")
    }
    try folder.write(example.file, example.statement)
    let root = SourcePath(folder.path)
    let project = try Project(reading: root, host: Host(environment: [:], folder: root))
    #expect(project.evidence.isEmpty == example.isLocal, "\(example.statement) in \(example.file)")
    #expect(project.localImports.isEmpty != example.isLocal)
  }
}
