import ConfigFormats
import Testing
import TestSupport

/// Both readers against Python's on text that is put together by chance: what is accepted, and as what.
@Suite struct OracleTests {
  /// Prints a JSON array of `[text, tagged value]`, null for what Python refuses.
  static let oracle = #"""
    import datetime, json, random, sys
    random.seed(int(sys.argv[2]))
    def tag(v):
        if v is None: return None
        if isinstance(v, dict): return {k: tag(w) for k, w in v.items()}
        if isinstance(v, list): return [tag(w) for w in v]
        kind = {bool: "bool", int: "integer", float: "float", str: "string", datetime.date: "date-local",
                datetime.time: "time-local"}.get(type(v)) or ("datetime" if v.tzinfo else "datetime-local")
        text = str(v).lower() if isinstance(v, bool) else v.isoformat() if hasattr(v, "isoformat") else str(v)
        return {"type": kind, "value": text}
    def toml():
        keys = ["a", "b", "a.b", "a.b.c", "b.a", '"a"', "a.'b'", "a . b", "c", "é"]
        values = ["1", "{}", "{a=1}", "{a.b=1,a.c=2}", "{a={b=1},a.c=2}", "[]", "[1,\n2]", "[{a=1},{b=2}]", '"x"',
            "1.5", "{a=1,\n}", "1979-05-27 07:32:00Z", "1979-05-27T07:32", "0001-01-01", "1_0", "1__0", "-0", "+0x1",
            "1e5", "1.e5", ".5", "01", '"""a\\\n  b"""', "'''\na'''", '""""a"""""', r'"\x41"', r'"\e"', "[1,]",
            "24:00:00", "2021-02-29", "12:30:60", r'"\ud800"', "1979-05-27 7", "0xg", "0b12", "nan", "+nan", "infx",
            "True", "00:00:00.125", "'a' 'b'", "1 # é", "[# \n1]", "1\r\n", "1\r"]
        lines = []
        for _ in range(random.randrange(1, 7)):
            form = random.random()
            key = random.choice(keys)
            lines.append(f"[{key}]" if form < .25 else f"[[{key}]]" if form < .45 else f"{key} = {random.choice(values)}")
        return "\n".join(lines)
    def jsontext():
        text = '{"a": [1, -0.5e3, "é\\n", {"b": null, "c": true}], "a": {"d": []}}'
        for _ in range(random.randrange(4)):
            at = random.randrange(len(text) + 1)
            piece = random.choice(['"', "[", "]", "{", "}", ":", ",", "\n", "\\", "0", "-", "e", ".", " ", "\t", "\x1f", ""])
            text = text[:at] + piece + text[at + random.randrange(3):]
        return text
    def refuse(text): raise ValueError(text)
    if sys.argv[1] == "toml":
        import tomllib
        make, load = toml, tomllib.loads
    else:
        make, load = jsontext, lambda text: json.loads(text, parse_constant=refuse)
    cases = []
    for _ in range(int(sys.argv[3])):
        text = make()
        try: cases.append([text, True, tag(load(text))])
        except ValueError: cases.append([text, False, None])
    print(json.dumps(cases))
    """#

  @Test func likeTomllib() async throws {
    if try await Python.output(of: "import sys; print(sys.version_info >= (3, 11))") != "True\n" {
      try Test.cancel("python3 is older than 3.11 and has no tomllib")
    }
    try await compare("toml") { bytes throws(ConfigError) in try TOMLReader.read(bytes) }
  }

  @Test func likePythonsJSON() async throws {
    try await compare("json") { bytes throws(ConfigError) in try JSONReader.read(bytes) }
  }

  private func compare(_ format: String, _ read: ([UInt8]) throws(ConfigError) -> ConfigNode) async throws {
    let output = try await Python.output(of: Self.oracle, [format, "7", "4000"])
    let cases = try #require(try JSONReader.read(Array(output.utf8)).array)
    #expect(cases.count == 4000)
    for parts in cases.compactMap(\.array) {
      let text = try #require(parts[0].string)
      do {
        let node = try read(Array(text.utf8))
        #expect(parts[1].boolean == true, "accepted: \(text)")
        #expect(parts[1].boolean == false || agrees(node, parts[2]), "\(text)")
      } catch {
        #expect(parts[1].boolean == false, "\(error): \(text)")
      }
    }
  }

  /// JSON's null is null in tagged JSON too, and nowhere in TOML.
  private func agrees(_ node: ConfigNode, _ expected: ConfigNode) -> Bool {
    switch (node.value, expected.value) {
    case (.null, .null): true
    case (.array(let nodes), .array(let others)):
      nodes.count == others.count && zip(nodes, others).allSatisfy { agrees($0, $1) }
    case (.table(let table), .table(let other)):
      table.entries.map(\.key) == other.entries.map(\.key)
        && zip(table.entries, other.entries).allSatisfy { agrees($0.value, $1.value) }
    default: TaggedJSON.agrees(node, expected)
    }
  }
}
