import Foundation
import TestSupport
import Testing

/// `doctor --live`: a real Django imports a real project.
@Suite(.enabled(if: TestEnvironment.holds("django-"), "needs Django in ENVTOOL_TEST_ENVIRONMENT"))
struct DoctorLiveTests {
  private struct Entry: Decodable {
    struct Place: Decodable {
      let path: String
      let line: Int?
    }

    let id: String
    let status: String
    let subject: String
    let message: String
    let location: Place?
  }

  private struct Report: Decodable { let checks: [Entry] }

  private static let ids = "settings-import,app-registry,django-check,models-changed"
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("manage.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site_.settings')\n")
    try folder.write("site_/__init__.py")
    try folder.write("site_/urls.py", "urlpatterns = []\n")
    try folder.write("site_/settings.py", Self.settings)
    try folder.write("polls/__init__.py")
    try folder.write("polls/models.py", Self.models)
    try folder.write("polls/migrations/__init__.py")
    try folder.write("polls/migrations/0001_initial.py", Self.migration)
  }

  private static let settings = """
    SECRET_KEY = "planted-Secret-4711"
    ROOT_URLCONF = "site_.urls"
    INSTALLED_APPS = ["polls"]
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}
    DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

    """

  private static let models = """
    from django.db import models


    class Question(models.Model):
        text = models.CharField(max_length=20)

    """

  private static let migration = """
    from django.db import migrations, models


    class Migration(migrations.Migration):
        initial = True
        dependencies = []
        operations = [
            migrations.CreateModel(
                name="Question",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("text", models.CharField(max_length=20)),
                ],
            ),
        ]

    """

  private func live(_ ids: String = Self.ids) async throws -> (lines: [String], run: EnvtoolRun) {
    let python = try #require(TestEnvironment.python)
    let run = try await EnvtoolRun(
      ["doctor", "--live", "--offline", "--format", "json", "--python", "\(python)", "--only", ids], in: folder.path)
    let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
    let lines = report.checks.filter { $0.status != "ok" && $0.status != "skipped" }.map { entry in
      let place = entry.location.map { place in place.line.map { "\(place.path):\($0)" } ?? place.path }
      return [entry.status, entry.id, entry.subject, place].compactMap(\.self).joined(separator: " ")
    }
    return (lines, run)
  }

  @Test func aHealthyProject() async throws {
    let (lines, run) = try await live()
    #expect(lines == [] && run.status == 0)
    // Nothing is left behind.
    #expect(!FileManager.default.fileExists(atPath: folder.file("polls/__pycache__")))
    #expect(!FileManager.default.fileExists(atPath: folder.file("db.sqlite3")))
  }

  @Test func aModelWithoutItsMigration() async throws {
    try folder.write("polls/models.py", Self.models + "    votes = models.IntegerField(default=0)\n")
    #expect(try await live().lines == ["warning models-changed polls polls/models.py"])
  }

  @Test func everyAppThatCannotBeLoaded() async throws {
    let settings = Self.settings.replacing("[\"polls\"]", with: "[\"polls\", \"none\", \"polls.apps.Polls\"]")
    try folder.write("site_/settings.py", settings)
    #expect(
      try await live().lines == [
        "error app-registry none site_/settings.py:3", "error app-registry polls.apps.Polls site_/settings.py:3",
      ])
  }

  @Test func whatDjangoSays() async throws {
    try folder.write("polls/models.py", Self.models + "    size_ = models.IntegerField()\n")
    #expect(try await live("django-check").lines == ["error django-check fields.E001 polls/models.py:6"])
  }

  @Test func routesThatCannotBeImported() async throws {
    try folder.write("site_/urls.py", "from . import viewz\nurlpatterns = []\n")
    #expect(try await live().lines == ["error app-registry routes site_/urls.py:1"])
  }

  @Test func settingsThatCannotBeImported() async throws {
    try folder.write("site_/settings.py", Self.settings + "import no_such_module\n")
    #expect(try await live().lines == ["error settings-import site_.settings site_/settings.py:6"])
  }

  @Test func whatASettingHidesStaysHidden() async throws {
    try folder.write(
      "polls/models.py",
      "from django.conf import settings\nprint(settings.SECRET_KEY)\nraise ValueError(repr(settings.SECRET_KEY))\n")
    let (lines, run) = try await live()
    #expect(lines == ["error app-registry apps polls/models.py:3"])
    #expect(!run.output.contains("planted") && !run.errors.contains("planted") && run.output.contains("***"))
  }

  @Test func aProjectThatEndsTheProcess() async throws {
    try folder.write("polls/models.py", "import os\nos._exit(3)\n")
    let (lines, run) = try await live("settings-import")
    #expect(lines == ["unknown settings-import "] && run.output.contains("ended with status 3"))
  }

  @Test func aProjectThatTakesAllMemory() async throws {
    try folder.write("polls/models.py", "x = 'a' * (3 << 30)\n")
    #expect(try await live("app-registry").lines == ["error app-registry apps polls/models.py:1"])
  }

  /// What the files tell already is not said twice.
  @Test func nothingIsToldTwice() async throws {
    try folder.write("polls/models.py", "class Question(:\n")
    #expect(
      try await live(Self.ids + ",source-syntax").lines == ["error source-syntax polls/models.py polls/models.py:1"])
    try folder.write("polls/models.py", Self.models)
    try folder.write("site_/settings.py", Self.settings + "CACHES = {'defalut': {}}\n")
    #expect(
      try await live("django-check,cache-default").lines == ["error cache-default default site_/settings.py:6"])
  }
}
