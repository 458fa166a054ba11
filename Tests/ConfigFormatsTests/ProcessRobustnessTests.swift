import ConfigFormats
import Testing

/// Every reader of process files with input that nobody meant to write.
@Suite struct ProcessRobustnessTests {
  static let readers: [(name: String, reader: ProcessFileTests.Reader)] = [
    ("script", ScriptReader.commands),
    ("procfile", ProcfileReader.commands),
    ("docker", DockerfileReader.commands),
    ("compose", ComposeReader.commands),
    ("pipeline", { PipelineReader.commands(in: $0, keys: PipelineReader.pipelineKeys, .pipeline) }),
    ("unit", UnitReader.commands),
    ("supervisor", { SupervisorReader.read($0).commands }),
    ("make", { RecipeReader.commands(in: $0, .make) }),
    ("just", { RecipeReader.commands(in: $0, .just) }),
    ("tox", ToxReader.commands),
    ("crontab", CrontabReader.commands),
  ]

  static let samples = [
    "\u{FEFF}é=\"$(a `b` ${c:-d})\" && case $x in y) sudo sh -c 'z';; esac <<E\nq\nE\n[[ a ]] {{ b }} f() { g; }",
    "services:\n  a: &x\n    command: [\"sh\", '-c', b]\n    entrypoint: >-\n      é\n\n      f\n  - {run: |\n   q\n  - run: \"x\\n\"\n",
    "RUN --mount=x <<E \\\n  # c\n a\nE\nCMD [\"é\", \"b\"]\nHEALTHCHECK --x CMD y\nENV A=b C\n",
    "A := b\nX = $(A) ${X}\nt: u ; v\n\t@$(A) $(shell x) \\\n\t y {{a}}\n#!sh\n",
    "[program:a]\ncommand=b é ; c\n  d\n[testenv]\ncommands = a\n  b \\\n  c\nExecStart=-a \\\n b\n*/5 * * * * root /a\n@daily b\n",
  ]

  @Test(arguments: readers) func truncatedAnywhere(_ reader: (name: String, reader: ProcessFileTests.Reader)) {
    for sample in Self.samples {
      let bytes = Array(sample.utf8)
      for end in 0...bytes.count { _ = reader.reader(Array(bytes[..<end])) }
      for start in 0..<bytes.count { _ = reader.reader(Array(bytes[start...])) }
    }
  }

  @Test(arguments: readers) func everyByteEverywhere(_ reader: (name: String, reader: ProcessFileTests.Reader)) {
    let odd = Array("\n\"$(`".utf8) + [0xFF]
    for sample in Self.samples {
      var bytes = Array(sample.utf8)
      for index in bytes.indices {
        let kept = bytes[index]
        for byte in odd {
          bytes[index] = byte
          _ = reader.reader(bytes)
        }
        bytes[index] = kept
      }
    }
    for byte in UInt8.min...UInt8.max { #expect(reader.reader([byte]).count <= 1) }
  }

  @Test(arguments: readers) func deepNesting(_ reader: (name: String, reader: ProcessFileTests.Reader)) {
    for (start, opening) in [
      ("", "$("), ("", "("), ("", "\"$("), ("", "`"), ("", "{"), ("", "case a in "), ("", "if "), ("", "- "),
      ("a: ", "["), ("a: ", "{a: "),
      ("RUN ", "$("), ("a: ", "sudo "), ("a:\n\t", "$("), ("", "sh -c \"'"), ("", "a:\n "), ("", "$(("), ("", "${"),
      ("", "<<a "),
    ] {
      _ = reader.reader(Array((start + String(repeating: opening, count: 5_000)).utf8))
    }
    let steps = (0..<300).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    _ = reader.reader(Array(steps.utf8))
  }

  @Test(arguments: readers) func largeFiles(_ reader: (name: String, reader: ProcessFileTests.Reader)) {
    for unit in ["a b; ", "a\n", "é", "a: b\n", "\\\n", "\t$(A) x\n", "'", " ", "RUN a\n", "[program:a]\ncommand=b\n"] {
      _ = reader.reader(Array(String(repeating: unit, count: 100_000 / unit.utf8.count).utf8))
    }
    _ = reader.reader([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
  }

  /// Variables that name variables end.
  @Test func expansionsAreBounded() {
    let doubling = "X0=aaaaaaaa\n" + (1..<64).map { "X\($0)=$X\($0 - 1)$X\($0 - 1)\n" }.joined() + "$X63 b"
    _ = ScriptReader.commands(in: Array(doubling.utf8))
    let many = "X=\(String(repeating: "a ", count: 2_000))\n" + String(repeating: "$X ", count: 10_000)
    _ = ScriptReader.commands(in: Array(many.utf8))
    let recipes = "A = $(B) $(B)\nB = $(A) $(A)\nt:\n" + String(repeating: "\t$(A) $(B)\n", count: 1_000)
    #expect(!RecipeReader.commands(in: Array(recipes.utf8), .make).isEmpty)
  }

  @Test func endlessHereDocuments() {
    let text = String(repeating: "RUN a <<E\n", count: 20_000)
    #expect(DockerfileReader.commands(in: Array(text.utf8)).count == 20_000)
  }
}
