import Foundation
import PythonSource
import Testing
import TestSupport

/// The line of the first error against CPython's `compile`, for every token of a file left out or doubled, and every line
/// left out, moved or shortened.
@Suite struct SyntaxOracleTests {
  static let oracle = """
    import io, json, sys, tokenize, warnings
    warnings.simplefilter("ignore")
    source = '''
    \"""Routers.\"""
    from .models import (
        StoredFile,
        Folder,
    )

    MAPPING = {
        "polls": "default",
        "storage": ["soda", "\\\\x41"],
    }


    class AppsRouter(object):
        labels = {"storage", "polls"}

        def db_for_read(self, model, *names, **hints):
            global MAPPING
            if model._meta.app_label in self.labels:
                return MAPPING.get(model._meta.app_label, default="default")
            elif hints.get("instance") and not model:
                return f"{model.ALIAS!r:>{len(names)}}_ro"
            else:
                return None

        @staticmethod
        async def allow_relation(obj1, obj2=None):
            dbs = [d async for d in ("default", "soda") if d != obj1]
            try:
                return await dbs[0] == 'default'
            except (IndexError, KeyError) as error:
                raise ValueError("x %s" % error)
            finally:
                pass
            for key, value in MAPPING.items():
                with open("/dev/null") as f, key:
                    print(key, *value, file=f)
            while True:
                break
            return lambda x: x + 1
    '''.lstrip()
    lines = source.split("\\n")
    starts = [0]
    for line in lines: starts.append(starts[-1] + len(line) + 1)
    sources = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if not token.string.strip() or token.string.startswith("f"): continue
        start, end = (starts[row - 1] + column for row, column in (token.start, token.end))
        sources += [source[:start] + source[end:], source[:end] + " " + token.string + source[end:]]
    for i, line in enumerate(lines):
        for changed in ([], [" " + line], [line[1:]], [line[:-1]], [line.lstrip()]):
            sources.append("\\n".join(lines[:i] + changed + lines[i + 1:]))
    results = []
    for text in sources:
        try: compile(text, "x", "exec"); results.append([text, None])
        except SyntaxError as error: results.append([text, error.lineno])
    print(json.dumps([list(sys.version_info[:2]), results]))
    """

  @Test func sameLineAsPython() async throws {
    let output = try await Python.output(of: Self.oracle)
    let parsed = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [Any])
    let version = try #require(parsed[0] as? [Int])
    let results = try #require(parsed[1] as? [[Any]])
    #expect(results.count > 500)
    for result in results {
      let source = try #require(result[0] as? String)
      let error = PythonTree(Array(source.utf8)).firstError(inPython: (version[0], version[1]))
      #expect(error?.line == result[1] as? Int, "\(error?.message ?? "none"): \(source)")
    }
  }
}
