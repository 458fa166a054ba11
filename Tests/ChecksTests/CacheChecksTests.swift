import Testing

@Suite struct CacheDefaultTests {
  @Test(arguments: [
    ("CACHES = {\n  'defalut': {'BACKEND': 'x'},\n}\n", ["error mysite/settings.py:2 default"]),
    ("CACHES = {}\n", ["error mysite/settings.py:1 default"]),
    ("CACHES = {'default': {'BACKEND': 'x'}}\n", []),
    ("CACHES = dict(default={'BACKEND': 'x'}, other={})\n", []),
    ("INSTALLED_APPS = []\n", []),
    ("import somewhere\nCACHES = somewhere.caches()\n", ["unknown mysite/settings.py:2 CACHES"]),
    ("import somewhere\nCACHES = {'a': {}, **somewhere.more}\n", ["unknown mysite/settings.py:2 CACHES"]),
  ])
  func aliases(_ settings: String, _ expected: [String]) async throws {
    #expect(try await CheckRun("cache-default", ["mysite/settings.py": settings]).findings == expected)
  }
}
